// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A delimited file as it was read.
public struct CSVDocument: Sendable {
  /// The values.
  public var table: Table
  /// How the file was written.
  public var dialect: CSVDialect
  /// What was noticed and done on the way.
  public var diagnostics: [Diagnostic]

  /// Creates a document.
  public init(table: Table, dialect: CSVDialect, diagnostics: [Diagnostic]) {
    self.table = table
    self.dialect = dialect
    self.diagnostics = diagnostics
  }
}
