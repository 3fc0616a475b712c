// SPDX-License-Identifier: Apache-2.0

/// Which rows of a table are made by hand, and how: typed ones first, then scenarios, then variations
/// of the typed ones, then those of a design.
struct HandmadeRows: Sendable {
  /// How many rows are typed.
  var typedCount = 0
  /// The rows of each scenario by its name.
  var scenarios: [(name: String, rows: Range<Int>)] = []
  /// The rows that vary around the typed ones.
  var variations: Range<Int> = 0..<0
  /// How likely a variation keeps a typed cell.
  var likeness = 0.8
  /// The rows of a covering design.
  var design: Range<Int> = 0..<0

  /// How many rows are made by hand.
  var count: Int {
    max(typedCount, scenarios.last?.rows.upperBound ?? 0, variations.upperBound, design.upperBound)
  }

  /// The rows from which `missing:` takes nothing: they are as they were asked for.
  var fixedCount: Int { max(typedCount, scenarios.last?.rows.upperBound ?? 0) }
}
