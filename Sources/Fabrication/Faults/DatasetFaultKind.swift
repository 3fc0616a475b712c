// SPDX-License-Identifier: Apache-2.0

/// A way in which keys, columns or a whole file can be wrong on purpose.
public enum DatasetFaultKind: String, CaseIterable, Hashable, Sendable {
  /// A row points to a parent that is not there.
  case orphan
  /// A further row has the key of another.
  case duplicateKey = "duplicate-key"
  /// The rows that belong to a row are gone.
  case emptyGroup = "empty-group"
  /// A column has another name.
  case columnRenamed = "column-renamed"
  /// The columns stand in another order.
  case columnsReordered = "columns-reordered"
  /// A column is not there.
  case columnMissing = "column-missing"
  /// The file ends in the middle of a row.
  case truncatedFile = "truncated-file"
  /// The file is written in another encoding.
  case wrongEncoding = "wrong-encoding"
  /// The file begins with a byte order mark.
  case byteOrderMark = "byte-order-mark"

  /// The assumption that it breaks.
  public var assumption: String {
    switch self {
    case .orphan: "each row's parent exists"
    case .duplicateKey: "no two rows have one key"
    case .emptyGroup: "each row has rows that belong to it"
    case .columnRenamed: "columns have the documented names"
    case .columnsReordered: "columns stand in the documented order"
    case .columnMissing: "all documented columns are there"
    case .truncatedFile: "the file is whole"
    case .wrongEncoding: "the file is UTF-8"
    case .byteOrderMark: "the first bytes are those of the header"
    }
  }

  /// What a program should do with it.
  public var handling: String {
    switch self {
    case .orphan: "refuse, or set the row aside; never join it to nothing in silence"
    case .duplicateKey: "refuse, or report which row is kept"
    case .emptyGroup: "keep the parent, with a count of 0"
    case .columnRenamed: "refuse with the name that is missing"
    case .columnsReordered: "find columns by name, or refuse"
    case .columnMissing: "refuse with the name that is missing"
    case .truncatedFile: "refuse: fewer rows than promised, or an unfinished last one"
    case .wrongEncoding: "refuse, or read by the declared encoding only"
    case .byteOrderMark: "pass over the mark"
    }
  }

  /// Whether it is of the bytes of a file, which a database does not have.
  public var isOfFile: Bool {
    self == .truncatedFile || self == .wrongEncoding || self == .byteOrderMark
  }

  /// Whether it is of the columns of a table.
  public var isOfColumns: Bool {
    self == .columnRenamed || self == .columnsReordered || self == .columnMissing
  }
}
