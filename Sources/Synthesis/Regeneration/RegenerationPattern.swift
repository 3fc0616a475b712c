// SPDX-License-Identifier: Apache-2.0

/// The pattern in which values are made anew.
public enum RegenerationPattern: Hashable, Sendable, Codable {
  /// Values at equal steps.
  case sequence(start: Int64, step: Int64, storage: ScaleStorage)
  /// Distinct whole numbers of some digits.
  case digits(count: Int, storage: ScaleStorage)
  /// Distinct whole numbers dealt at random from a range; beyond it from the next of the same length.
  case numbering(start: Int64, range: Int64, storage: ScaleStorage)
  /// Texts of some shapes; with `isDistinct` no two rows share one, as long as the shapes allow it.
  case templates([TextTemplate], isDistinct: Bool)
  /// Made-up words, as many as the originals have, between two counts.
  case words(shortest: Int, longest: Int)
  /// Made-up level names, where too few rows hold a level to show any.
  case placeholderLevels(count: Int)
  /// Made-up values on a scale, where too few rows have one to learn from.
  case placeholderScale(lower: Double, upper: Double, gridScale: Double, storage: ScaleStorage)
  /// Truth values, each as often as the other.
  case placeholderTruth

  /// The pattern in words.
  public var description: String {
    switch self {
    case .sequence(let start, let step, let storage):
      switch storage {
      case .numbers, .wholeNumbers: "numbers from \(start) in steps of \(step)"
      case .dates, .times, .dateTimes: "values at equal steps from a made-up start"
      }
    case .digits(let count, _): "distinct numbers of \(count) digits"
    case .numbering(let start, let range, _):
      "distinct numbers from \(start) to about \(start &+ range &- 1), dealt at random"
    case .templates(let templates, let isDistinct):
      (isDistinct ? "distinct texts shaped like " : "texts shaped like ")
        + templates.prefix(3).map(\.description).joined(separator: ", ")
    case .words(let shortest, let longest): "\(shortest) to \(longest) made-up words"
    case .placeholderLevels(let count): "\(count) made-up level(s)"
    case .placeholderScale: "made-up values, none of them learned"
    case .placeholderTruth: "true or false at random, not learned"
    }
  }
}
