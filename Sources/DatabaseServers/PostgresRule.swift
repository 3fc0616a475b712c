// SPDX-License-Identifier: Apache-2.0

/// Rules of a table that bound a column by numbers, as the server spells them.
enum PostgresRule {
  /// A bound of a column.
  struct Bound: Hashable {
    var isLower: Bool
    var value: Double
  }

  /// The bounds in `CHECK (((age >= 0) AND (age <= 120)))`; none if the rule says anything else.
  static func bounds(_ definition: String, column: String) -> [Bound] {
    guard definition.hasPrefix("CHECK ") else { return [] }
    var tokens = tokens(String(definition.dropFirst(6)))
    tokens.removeAll { $0 == "(" || $0 == ")" }
    var bounds: [Bound] = []
    for part in tokens.split(separator: "AND", omittingEmptySubsequences: false) {
      let part = Array(part)
      // (age)::double precision >= '0'::double precision
      let plain = withoutCasts(part)
      guard plain.count == 3, plain[0] == column || plain[0] == PostgresLocation.quoted(column),
        let value = Double(plain[2].filter { $0 != "'" }),
        plain[1] == ">=" || plain[1] == "<="
      else { return [] }
      bounds.append(Bound(isLower: plain[1] == ">=", value: value))
    }
    return bounds
  }

  private static func withoutCasts(_ tokens: [String]) -> [String] {
    var result: [String] = []
    var isCast = false
    for token in tokens {
      if token == "::" {
        isCast = true
      } else if isCast, token.allSatisfy({ $0.isLetter }) {
        continue
      } else {
        isCast = false
        result.append(token)
      }
    }
    return result
  }

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var rest = text[...]
    while let first = rest.first {
      var end = rest.index(after: rest.startIndex)
      switch first {
      case " ":
        rest = rest[end...]
        continue
      case "(", ")": break
      case "\"", "'":
        while end < rest.endIndex, rest[end] != first { end = rest.index(after: end) }
        if end < rest.endIndex { end = rest.index(after: end) }
      case ">", "<", "=", ":":
        while end < rest.endIndex, "<>=:".contains(rest[end]) { end = rest.index(after: end) }
      default:
        while end < rest.endIndex, !" ()<>=:".contains(rest[end]) { end = rest.index(after: end) }
      }
      tokens.append(String(rest[..<end]))
      rest = rest[end...]
    }
    return tokens
  }
}
