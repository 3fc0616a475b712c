// SPDX-License-Identifier: Apache-2.0
import Formulas

/// A row as somebody typed it, before its cells are compared with their columns.
struct TypedRow: Sendable {
  struct Cell: Sendable {
    var text: String
    /// Whether quotes stand around it, so that `null` is the word.
    var isQuoted: Bool
    var place: SourcePlace
  }

  /// The cells by column; one that is left out is made as in other rows.
  var cells: [String: Cell] = [:]
  var place: SourcePlace
}

/// Rows that lie in a file of their own: a first row of column names, then the cells as texts.
public struct TypedRows: Sendable {
  /// The names of the columns.
  public var names: [String]
  /// The cells, row by row; an empty one is missing, `*` is to be made.
  public var rows: [[String]]

  /// Creates rows.
  public init(names: [String], rows: [[String]]) {
    self.names = names
    self.rows = rows
  }
}
