// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Regeneration {
  /// Finds the pattern of a column; nothing but the pattern is kept.
  ///
  /// - Parameter minimumCount: The fewest rows that must share a shape for it to be kept.
  public init(fitting column: Column, minimumCount: Int) {
    let missing = column.missing.reasons.enumerated().compactMap { index, reason -> MissingShare? in
      let count = column.missing.codes.count { Int($0) == index + 1 }
      guard count > 0 else { return nil }
      let share = (Double(count) / Double(column.count) * 1000).rounded() / 1000
      return MissingShare(reason: reason, share: share)
    }
    self.init(
      name: column.name, pattern: Self.pattern(of: column, minimumCount: minimumCount),
      missing: missing)
  }

  private static func pattern(of column: Column, minimumCount: Int) -> RegenerationPattern {
    let present = (0..<column.count).filter { !column.missing.isMissing(at: $0) }
    switch column.values {
    case .wholeNumbers(let values):
      let list = present.map { values[$0] }
      if let sequence = sequence(list) { return sequence }
      let digits = list.map { String($0.magnitude).count }.max() ?? 1
      return .digits(count: max(digits, String(column.count).count))
    case .texts(let codes, let pool):
      var shapes: [[TextTemplate.Part]: Double] = [:]
      let sample = present.prefix(20_000)
      for row in sample { shapes[Shape.parts(of: pool[Int(codes[row])]), default: 0] += 1 }
      let common = shapes.filter { $0.value >= Double(minimumCount) && Shape.isCode($0.key) }
      let covered = common.values.reduce(0, +)
      if covered >= 0.5 * Double(sample.count), covered > 0 {
        let templates = common.map { TextTemplate(parts: $0.key, weight: $0.value) }
          .sorted { ($1.weight, $0.description) < ($0.weight, $1.description) }
        return .templates(Array(templates.prefix(20)))
      }
      return words(sample.map { pool[Int(codes[$0])] }, minimumCount: minimumCount)
    case .numbers, .dates, .times, .dateTimes, .booleans:
      return .sequence(start: 1, step: 1)
    }
  }

  /// A sequence, if nearly all steps between neighbours are the same; it starts at 0 or 1 or the step.
  private static func sequence(_ list: [Int64]) -> RegenerationPattern? {
    guard let first = list.first, list.count > 1 else { return .sequence(start: 1, step: 1) }
    let step = list[1] &- first
    guard step != 0, zip(list, list.dropFirst()).allSatisfy({ $1 &- $0 == step }) else {
      return nil
    }
    return .sequence(start: first == 0 ? 0 : (abs(first) <= 1 ? first : step), step: step)
  }

  /// How many words the middle ninety per cent of texts have.
  private static func words(_ texts: [String], minimumCount: Int) -> RegenerationPattern {
    let counts = texts.map { $0.split(separator: " ").count }.sorted()
    guard counts.count >= 2 * minimumCount else { return .words(shortest: 1, longest: 3) }
    let low = counts[counts.count / 20]
    let high = counts[counts.count - 1 - counts.count / 20]
    return .words(shortest: max(1, low), longest: max(1, min(high, 60)))
  }
}

/// The shape of one text.
private enum Shape {
  static func parts(of text: String) -> [TextTemplate.Part] {
    var digits = 0
    var letters = 0
    var isHexadecimal = text.utf8.count >= 16
    for byte in text.utf8 {
      switch byte {
      case 48...57: digits += 1
      case 97...102: letters += 1
      default: isHexadecimal = false
      }
    }
    if isHexadecimal, digits > 0, letters > 0 { return [.hexadecimal(text.utf8.count)] }
    var parts: [TextTemplate.Part] = []
    for sign in text.unicodeScalars {
      switch sign.value {
      case 48...57: extend(&parts, .digits(1))
      case 65...90: extend(&parts, .capitals(1))
      case 97...122: extend(&parts, .smalls(1))
      default: extend(&parts, .literal(String(sign)))
      }
    }
    return parts
  }

  private static func extend(_ parts: inout [TextTemplate.Part], _ next: TextTemplate.Part) {
    switch (parts.last, next) {
    case (.digits(let count), .digits): parts[parts.count - 1] = .digits(count + 1)
    case (.capitals(let count), .capitals): parts[parts.count - 1] = .capitals(count + 1)
    case (.smalls(let count), .smalls): parts[parts.count - 1] = .smalls(count + 1)
    default: parts.append(next)
    }
  }

  /// Whether a shape is that of a code, and not of words: it has digits, or no run of small letters.
  static func isCode(_ parts: [TextTemplate.Part]) -> Bool {
    var hasDigits = false
    var smallRuns = 0
    for part in parts {
      switch part {
      case .digits, .hexadecimal: hasDigits = true
      case .smalls(let count) where count > 2: smallRuns += 1
      default: break
      }
    }
    return hasDigits && smallRuns == 0 && parts.count <= 12
  }
}
