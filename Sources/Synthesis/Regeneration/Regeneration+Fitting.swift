// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Regeneration {
  /// The rows whose texts are looked at.
  private static let sampleSize = 20_000

  /// Finds the pattern of a column; nothing but the pattern is kept.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - minimumCount: The fewest rows that must share a shape or a word for it to be kept.
  ///   - isIdentifier: Whether values identify rows or are free text; otherwise they stand for a
  ///     column of which too few rows have a value, or share one.
  public init(fitting column: Column, minimumCount: Int, isIdentifier: Bool = true) {
    let present = (0..<column.count).filter { !column.missing.isMissing(at: $0) }
    self.init(
      name: column.name,
      pattern: isIdentifier
        ? Self.pattern(of: column, present: present, minimumCount: minimumCount)
        : Self.placeholder(of: column, present: present, minimumCount: minimumCount),
      missing: Self.missing(of: column, presentCount: present.count, minimumCount: minimumCount))
  }

  private static func missing(
    of column: Column, presentCount: Int, minimumCount: Int
  ) -> [MissingShare] {
    var counts = [Int](repeating: 0, count: 256)
    for code in column.missing.codes { counts[Int(code)] += 1 }
    let isTiny = column.count < minimumCount
    let used = column.missing.reasons.indices.filter { counts[$0 + 1] > 0 }
    return used.map { index in
      let share = Double(counts[index + 1]) / Double(max(column.count, 1))
      // Of a few rows not even the number of missing cells is kept.
      let coarse = (presentCount == 0 ? 1 : 0.5) / Double(used.count)
      return MissingShare(
        reason: column.missing.reasons[index],
        share: isTiny ? coarse : (share * 1000).rounded() / 1000)
    }
  }

  // MARK: Identifiers and texts

  private static func pattern(
    of column: Column, present: [Int], minimumCount: Int
  ) -> RegenerationPattern {
    switch column.values {
    case .wholeNumbers(let values):
      let list = present.map { values[$0] }
      if let sequence = sequence(list) ?? numbering(list, minimumCount: minimumCount) {
        return sequence
      }
      let digits = list.map { String($0.magnitude).count }.sorted()
      let most = digits.isEmpty ? 1 : digits[digits.count - 1 - digits.count / 20]
      return .digits(count: max(most, String(column.count).count), storage: .wholeNumbers)
    case .texts(let codes, let pool):
      let sample = present.prefix(sampleSize)
      let isDistinct = Set(sample.map { codes[$0] }).count == sample.count
      let texts = sample.map { pool[Int(codes[$0])] }
      if let templates = TextTemplate.templates(
        of: texts, minimumCount: minimumCount, isDistinct: isDistinct)
      {
        return .templates(templates, isDistinct: isDistinct)
      }
      return words(texts, minimumCount: minimumCount)
    case .numbers: return .digits(count: String(column.count).count + 1, storage: .numbers)
    case .dates: return .sequence(start: 10_957, step: 1, storage: .dates)
    case .times: return .sequence(start: 0, step: 1_000_000, storage: .times)
    case .dateTimes:
      return .sequence(start: 946_684_800_000_000, step: 60_000_000, storage: .dateTimes)
    case .booleans: return .placeholderTruth
    }
  }

  /// A sequence, if all steps between neighbours are the same; it starts at 0, at 1, or at a power of
  /// ten with as many digits as the original's start.
  private static func sequence(_ list: [Int64]) -> RegenerationPattern? {
    guard let first = list.first, list.count > 2 else { return nil }
    let step = list[1] &- first
    guard step != 0, zip(list, list.dropFirst()).allSatisfy({ $1 &- $0 == step }) else {
      return nil
    }
    return .sequence(start: madeUpStart(first), step: step, storage: .wholeNumbers)
  }

  /// 0, 1, or a power of ten with as many digits as a number.
  private static func madeUpStart(_ first: Int64) -> Int64 {
    guard first > 1 || first < 0 else { return first }
    var start: Int64 = 1
    while start <= first / 10 { start *= 10 }
    return start
  }

  /// Numbers of records of which some are left out, or that lie in another order.
  ///
  /// They are distinct and fill half of their range or more. Of the range two digits are kept, so that no
  /// record's number is held.
  private static func numbering(_ list: [Int64], minimumCount: Int) -> RegenerationPattern? {
    guard list.count >= 2 * minimumCount, let first = list.min(), let last = list.max(),
      case let (span, overflow) = last.subtractingReportingOverflow(first), !overflow,
      span < 2 * Int64(list.count), Set(list).count == list.count
    else { return nil }
    var unit: Int64 = 1
    while span / unit >= 100 { unit *= 10 }
    return .numbering(
      start: madeUpStart(first), range: (span / unit + 1) * unit, storage: .wholeNumbers)
  }

  /// How many words the middle ninety per cent of texts have.
  private static func words(_ texts: [String], minimumCount: Int) -> RegenerationPattern {
    let counts = texts.map { $0.split(separator: " ").count }.sorted()
    guard counts.count >= 2 * minimumCount else { return .words(shortest: 1, longest: 3) }
    let low = counts[counts.count / 20]
    let high = counts[counts.count - 1 - counts.count / 20]
    return .words(shortest: max(1, low), longest: max(1, min(high, 60)))
  }

  // MARK: Too few rows

  private static func placeholder(
    of column: Column, present: [Int], minimumCount: Int
  ) -> RegenerationPattern {
    switch column.values {
    case .texts(let codes, let pool):
      let distinct = Set(present.map { codes[$0] }).count
      let texts = present.prefix(sampleSize).map { pool[Int(codes[$0])] }
      // Codes and names still have a shape that enough rows share.
      if distinct > minimumCount,
        let templates = TextTemplate.templates(
          of: texts, minimumCount: minimumCount, isDistinct: false)
      {
        return .templates(templates, isDistinct: false)
      }
      return .placeholderLevels(count: min(max(distinct, 1), 5))
    case .booleans: return .placeholderTruth
    case .numbers, .wholeNumbers:
      return .placeholderScale(
        lower: 0, upper: 100, gridScale: column.gridScale,
        storage: ScaleStorage(column.values) ?? .numbers)
    case .dates:
      return .placeholderScale(lower: 10_957, upper: 18_262, gridScale: 1, storage: .dates)
    case .times:
      return .placeholderScale(lower: 0, upper: 86_400_000_000, gridScale: 1e-6, storage: .times)
    case .dateTimes:
      return .placeholderScale(
        lower: 946_684_800_000_000, upper: 1_577_836_800_000_000, gridScale: 1e-6,
        storage: .dateTimes)
    }
  }
}
