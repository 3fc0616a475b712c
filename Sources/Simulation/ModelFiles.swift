// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// The data files that a model names, and how they are read.
///
/// A model reads no file but those it names, and none outside its own folder.
public struct ModelFiles: Sendable {
  private let read: @Sendable (String) throws(DataError) -> (table: Table, schema: Schema)

  /// Creates a way to read files, whose names are relative to the model's folder.
  public init(
    _ read: @escaping @Sendable (String) throws(DataError) -> (table: Table, schema: Schema)
  ) {
    self.read = read
  }

  /// No files at all.
  public static let none = ModelFiles { (name) throws(DataError) in
    throw DataError(
      "the model names a file, and none can be read here", file: name,
      remedy: "Run the model from its file, with `semblance simulate`.")
  }

  /// A file's table, with what its columns mean.
  ///
  /// - Throws: `DataError` if the name leads out of the folder, or the file cannot be read.
  func file(named name: String) throws(DataError) -> (table: Table, schema: Schema) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.hasPrefix("/"), !name.contains("\\"), !name.contains(":"),
      !parts.contains("..")
    else {
      throw DataError(
        "a model reads only files of its own folder", file: name,
        remedy: "Put the file beside the model, and write its name alone.")
    }
    return try read(name)
  }
}
