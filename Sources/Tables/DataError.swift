// SPDX-License-Identifier: Apache-2.0

/// Input that cannot be used: what is wrong, where, and how to fix it.
///
/// The command exits with 65. No part of it ever quotes a cell.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, as a clause: "the file is empty".
  public var message: String
  /// The file, if one is meant.
  public var file: String?
  /// The line of the file, counted from 1.
  public var line: Int?
  /// The place in the line, counted from 1 (characters or fields, as the message says).
  public var position: Int?
  /// The column's name.
  public var column: String?
  /// How to fix it, as an imperative sentence.
  public var remedy: String

  /// Creates an error.
  public init(
    _ message: String, file: String? = nil, line: Int? = nil, position: Int? = nil,
    column: String? = nil, remedy: String
  ) {
    self.message = message
    self.file = file
    self.line = line
    self.position = position
    self.column = column
    self.remedy = remedy
  }

  /// The printed form, on up to three lines: `error`, `at`, `fix`.
  public var description: String {
    var place = file ?? ""
    if let line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
    if let line, line > 0, let position { place += ":\(position)" }
    if let column { place += place.isEmpty ? "column \"\(column)\"" : " (column \"\(column)\")" }
    return "error: \(message)" + (place.isEmpty ? "" : "\n  at \(place)") + "\n  fix: \(remedy)"
  }
}
