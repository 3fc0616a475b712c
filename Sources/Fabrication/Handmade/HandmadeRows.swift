// SPDX-License-Identifier: Apache-2.0
import Formulas

/// Which rows of a table are made by hand, and how: typed ones first, then scenarios, then variations
/// of the typed ones, then those of a design.
struct HandmadeRows: Sendable {
  /// Rows that were written together, with what is said of them.
  struct Block: Sendable {
    var rows: Range<Int>
    /// The name of the scenario; nil for typed rows.
    var scenario: String?
    /// Where each row stands; where the scenario does, for all of its rows.
    var places: [SourcePlace]
    var notes: String?
    /// Whether the rows are said to be like real ones, if anything is said.
    var isRepresentative: Bool?
    /// The rules that the rows break on purpose.
    var breaks: [String] = []
    /// The file in which the first of the rows lie, and how many do, where there is one.
    var source: (name: String, place: SourcePlace, rowCount: Int)?

    func place(of row: Int) -> SourcePlace {
      places[min(row - rows.lowerBound, places.count - 1)]
    }
  }

  /// The typed rows, then those of the scenarios.
  var blocks: [Block] = []
  /// The cells of the typed rows as they are written.
  var typed: [TypedRow] = []
  /// The rows that vary around the typed ones.
  var variations: Range<Int> = 0..<0
  /// How likely a variation keeps a typed cell.
  var likeness = 0.8
  /// The rows of a covering design.
  var design: Range<Int> = 0..<0

  /// How many rows are typed.
  var typedCount: Int { blocks.last { $0.scenario == nil }?.rows.upperBound ?? 0 }

  /// The rows of each scenario by its name.
  var scenarios: [(name: String, rows: Range<Int>)] {
    blocks.compactMap { block in block.scenario.map { ($0, block.rows) } }
  }

  /// How many rows are made by hand.
  var count: Int { max(fixedCount, variations.upperBound, design.upperBound) }

  /// The rows from which `missing:` takes nothing: they are as they were asked for.
  var fixedCount: Int { blocks.last?.rows.upperBound ?? 0 }

  /// The block of a row that was typed or belongs to a scenario.
  func block(of row: Int) -> Block? {
    row < fixedCount ? blocks.first { $0.rows.contains(row) } : nil
  }
}
