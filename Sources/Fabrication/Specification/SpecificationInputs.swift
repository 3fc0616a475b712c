// SPDX-License-Identifier: Apache-2.0
public import Tables

/// How the files are read that a specification names.
///
/// A specification itself reads nothing: without these, a file that it names is refused.
public struct SpecificationInputs {
  /// A published table.
  public var published: (String) throws(DataError) -> Table
  /// Rows of texts: those made by hand, or a column to learn texts from.
  public var rows: (String) throws(DataError) -> TypedRows
  /// A text.
  public var text: (String) throws(DataError) -> String

  /// Refuses every file.
  public init() {
    published = { (name: String) throws(DataError) in
      throw DataError(
        "published tables in files are not read here", file: name,
        remedy: "Write the counts into the specification.")
    }
    rows = { (name: String) throws(DataError) in
      throw DataError(
        "rows in files are not read here", file: name,
        remedy: "Write the rows into the specification.")
    }
    text = { (name: String) throws(DataError) in
      throw DataError(
        "texts in files are not read here", file: name,
        remedy: "Write the texts into the specification.")
    }
  }
}
