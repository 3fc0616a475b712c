// SPDX-License-Identifier: Apache-2.0

/// What of a partially synthetic table is real.
///
/// ## Source
/// Little, "Statistical analysis of masked data", *Journal of Official Statistics* 9 (1993); Reiter, "Inference
/// for partially synthetic, public use microdata sets", *Survey Methodology* 29 (2003).
public struct PartialExtent: Hashable, Sendable, Codable {
  /// The columns that are real in every row.
  public var kept: [String]
  /// The columns in which cells are generated.
  public var replaced: [String]
  /// In which rows their cells are generated, in the language of formulas; `nil` for all rows.
  public var condition: String?
  /// Those of them that identify records, which are made anew in every row.
  public var identifying: [String]

  /// Creates an extent.
  public init(
    kept: [String], replaced: [String], condition: String? = nil, identifying: [String] = []
  ) {
    self.kept = kept
    self.replaced = replaced
    self.condition = condition
    self.identifying = identifying
  }

  /// What is real and what is not, in a sentence.
  public var words: String {
    func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    guard let condition else {
      return "Generated are the columns \(list(replaced)); REAL, in every row, are \(list(kept))."
    }
    let anew = identifying.isEmpty ? "" : ", but \(list(identifying)), made anew in every row"
    guard !kept.isEmpty else {
      return "Generated are the rows in which \(condition); all other rows are REAL\(anew)."
    }
    return
      "Generated are the columns \(list(replaced)), in the rows in which \(condition); everything "
      + "else is REAL\(anew)."
  }
}
