// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Formats
public import Tables

/// A dictionary with the text it was read from.
public struct DictionaryFile: Sendable {
  /// What it says.
  let overrides: SchemaOverrides
  /// The text.
  public let text: String

  /// Reads a dictionary as `describe` writes it.
  ///
  /// - Throws: `DataError` with file, line and position where it is none.
  public init(path: String) throws(DataError) {
    try self.init(text: String(decoding: try FileBytes.read(path), as: UTF8.self), file: path)
  }

  init(text: String, file: String) throws(DataError) {
    self.text = text
    overrides = try SchemaOverrides(yaml: text, file: file)
  }
}
