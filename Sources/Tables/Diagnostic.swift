// SPDX-License-Identifier: Apache-2.0

/// Something worth saying that is not a failure.
///
/// A diagnostic names columns, counts and places; it never quotes a cell.
public struct Diagnostic: Hashable, Sendable, Codable {
  /// How much it matters.
  public enum Severity: String, Hashable, Sendable, Codable { case note, warning }

  /// How much it matters.
  public var severity: Severity
  /// What was seen and what was done about it, as a sentence.
  public var message: String
  /// The column it is about, if one.
  public var column: String?
  /// The line of the file it is about, counted from 1, if one.
  public var line: Int?

  /// Creates a diagnostic.
  public init(
    _ severity: Severity, _ message: String, column: String? = nil, line: Int? = nil
  ) {
    self.severity = severity
    self.message = message
    self.column = column
    self.line = line
  }
}
