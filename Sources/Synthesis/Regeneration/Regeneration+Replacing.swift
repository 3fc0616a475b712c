// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Regeneration {
  /// Creates a replacement: values of the column's kind of storage, made up; nothing of its cells is
  /// looked at.
  public init(replacing column: Column) {
    let pattern: RegenerationPattern
    switch column.values {
    case .texts: pattern = .placeholderLevels(count: 9)
    case .booleans: pattern = .placeholderTruth
    case .numbers:
      pattern = .placeholderScale(lower: 0, upper: 100, gridScale: 100, storage: .numbers)
    case .wholeNumbers:
      pattern = .placeholderScale(lower: 0, upper: 100, gridScale: 1, storage: .wholeNumbers)
    case .dates:
      // The years 2000 to 2019, in days since 1970.
      pattern = .placeholderScale(lower: 10_957, upper: 18_262, gridScale: 1, storage: .dates)
    case .times:
      pattern = .placeholderScale(
        lower: 0, upper: 86_400_000_000, gridScale: 1e-6, storage: .times)
    case .dateTimes:
      pattern = .placeholderScale(
        lower: 10_957 * 86_400_000_000, upper: 18_262 * 86_400_000_000, gridScale: 1e-6,
        storage: .dateTimes)
    }
    self.init(name: column.name, pattern: pattern, missing: [])
  }
}
