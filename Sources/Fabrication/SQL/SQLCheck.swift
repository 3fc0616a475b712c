// SPDX-License-Identifier: Apache-2.0

/// Reads from a `CHECK` what a column may be: a list of values, or bounds.
enum SQLCheck {
  /// Applies a condition to the columns that it bounds; false if it says more than that.
  static func apply(_ tokens: [SQLToken], to table: inout SQLTable) -> Bool {
    var isWhole = true
    for part in parts(tokens) where !bound(part, &table) { isWhole = false }
    return isWhole
  }

  /// The conditions between `AND`, except the one of `BETWEEN`.
  private static func parts(_ tokens: [SQLToken]) -> [[SQLToken]] {
    var parts: [[SQLToken]] = [[]]
    var isBetween = false
    var depth = 0
    for token in tokens {
      if token.isSign("(") { depth += 1 }
      if token.isSign(")") { depth -= 1 }
      if token.isWord("BETWEEN") { isBetween = true }
      if token.isWord("AND"), depth == 0 {
        guard isBetween else {
          parts.append([])
          continue
        }
        isBetween = false
      }
      parts[parts.count - 1].append(token)
    }
    return parts
  }

  private static func bound(_ part: [SQLToken], _ table: inout SQLTable) -> Bool {
    var tokens = part
    if tokens.first?.isSign("(") == true, tokens.last?.isSign(")") == true {
      tokens = Array(tokens.dropFirst().dropLast())
    }
    guard let first = tokens.first, first.isName,
      let index = table.columns.firstIndex(where: {
        $0.name.lowercased() == first.text.lowercased()
      }), tokens.count >= 3
    else { return false }
    let rest = Array(tokens.dropFirst())
    if rest[0].isWord("IN"), rest[1].isSign("(") {
      let values = rest.dropFirst(2).dropLast().filter { !$0.isSign(",") }
      guard !values.isEmpty, values.allSatisfy({ $0.kind == .text || $0.kind == .number }) else {
        return false
      }
      table.columns[index].levels = values.map(\.text)
      return true
    }
    if rest[0].isWord("BETWEEN"), let (low, next) = number(rest, 1), next < rest.count,
      rest[next].isWord("AND"), let (high, end) = number(rest, next + 1), end == rest.count
    {
      table.columns[index].least = low
      table.columns[index].greatest = high
      return true
    }
    guard rest[0].kind == .sign, let (value, end) = number(rest, 1), end == rest.count else {
      return false
    }
    let isWhole = SQLTypes.isWhole(table.columns[index])
    // The next number that the column can hold.
    var step = isWhole ? 1.0 : 1.0
    if !isWhole, table.columns[index].sizes.count == 2 {
      for _ in 0..<table.columns[index].sizes[1] { step /= 10 }
    }
    switch rest[0].text {
    case ">=": table.columns[index].least = value
    case ">": table.columns[index].least = value + step
    case "<=": table.columns[index].greatest = value
    case "<": table.columns[index].greatest = value - step
    default: return false
    }
    return true
  }

  /// A number with its sign, and the place after it.
  private static func number(_ tokens: [SQLToken], _ start: Int) -> (Double, Int)? {
    var place = start
    var sign = 1.0
    if place < tokens.count, tokens[place].isSign("-") {
      sign = -1
      place += 1
    }
    guard place < tokens.count, tokens[place].kind == .number,
      let value = Double(tokens[place].text)
    else { return nil }
    return (sign * value, place + 1)
  }
}
