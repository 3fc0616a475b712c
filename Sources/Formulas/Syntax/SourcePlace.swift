// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Where a formula stands: the place of its first character.
public struct SourcePlace: Hashable, Sendable {
  /// The file, if it stands in one.
  public var file: String?
  /// The line of the first character, counted from 1.
  public var line: Int
  /// The place of the first character in its line, counted from 1.
  public var column: Int

  /// Creates a place; with no arguments, that of a text of its own.
  public init(file: String? = nil, line: Int = 1, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// An error at this place.
  public func error(_ message: String, remedy: String) -> DataError {
    DataError(message, file: file, line: line, position: column, remedy: remedy)
  }
}
