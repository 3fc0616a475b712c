// SPDX-License-Identifier: Apache-2.0

/// The pattern in which values are made anew.
public enum RegenerationPattern: Hashable, Sendable, Codable {
  /// Whole numbers at equal steps.
  case sequence(start: Int64, step: Int64)
  /// Distinct whole numbers of some digits.
  case digits(count: Int)
  /// Texts of some shapes.
  case templates([TextTemplate])
  /// Made-up words, as many as the originals have, between two counts.
  case words(shortest: Int, longest: Int)

  /// The pattern in words.
  public var description: String {
    switch self {
    case .sequence(let start, let step): "numbers from \(start) in steps of \(step)"
    case .digits(let count): "distinct numbers of \(count) digits"
    case .templates(let templates):
      "texts shaped like " + templates.prefix(3).map(\.description).joined(separator: ", ")
    case .words(let shortest, let longest): "\(shortest) to \(longest) made-up words"
    }
  }
}
