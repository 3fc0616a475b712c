// SPDX-License-Identifier: Apache-2.0
import Tables

/// The names of the columns: those of the header, made distinct, or V1, V2 … where there is none.
struct ColumnNames {
  /// The names, all distinct, none empty, and none with spaces around it.
  private(set) var names: [String] = []
  /// The names as the header spells them.
  private(set) var original: [String] = []
  /// What was changed.
  private(set) var diagnostics: [Diagnostic] = []

  /// The longest name, in bytes.
  private static let lengthLimit = 65_536

  init(_ cells: FieldText, hasHeader: Bool, hasRowNames: Bool, file: String) throws(DataError) {
    guard hasHeader else {
      names = (0..<cells.width).map { "V\($0 + 1)" }
      original = names
      diagnostics.append(
        Diagnostic(
          .note, "the first line holds values, so the columns are named V1 to V\(cells.width)"))
      return
    }
    let count = cells.width - (hasRowNames ? 1 : 0)
    for column in 0..<count {
      guard cells.bytes(row: 0, column: column).count <= Self.lengthLimit else {
        throw DataError(
          "the name of column \(column + 1) is longer than \(Self.lengthLimit) bytes", file: file,
          line: 1, position: column + 1,
          remedy: "Check that the file is a table with one record a line and a header.")
      }
      original.append(cells.string(row: 0, column: column))
    }
    makeDistinct((hasRowNames ? [""] : []) + original)
  }

  private mutating func makeDistinct(_ given: [String]) {
    let distinct = DistinctNames(given)
    names = distinct.names
    if distinct.changedCount > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          "\(distinct.changedCount) column name(s) were empty or stood twice; they got a name of "
            + "their own", line: 1))
    }
  }
}
