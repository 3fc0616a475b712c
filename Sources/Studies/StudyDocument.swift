// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// A table with all that its file says of it: the unit that formats read and write.
public struct StudyDocument: Sendable {
  /// The values; cells that the file declares as missing are missing here.
  public var table: Table
  /// What the columns mean, one variable a column.
  public var schema: Schema
  /// What the file says of itself.
  public var file: FileFacts
  /// What was noticed and done on the way.
  public var diagnostics: [Diagnostic]

  /// Creates a document.
  public init(
    table: Table, schema: Schema, file: FileFacts, diagnostics: [Diagnostic] = []
  ) {
    self.table = table
    self.schema = schema
    self.file = file
    self.diagnostics = diagnostics
  }

  /// The variable of a column, or a plain one where the schema says nothing of it.
  public func variable(of column: Column) -> Variable {
    schema.variable(named: column.name)
      ?? Variable(name: column.name, kind: .text, measure: .nominal, form: column.form)
  }
}
