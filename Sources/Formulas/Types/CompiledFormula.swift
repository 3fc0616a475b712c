// SPDX-License-Identifier: Apache-2.0
public import Tables

/// An expression whose names and types are known to fit a scope.
public struct CompiledFormula: Sendable {
  /// The expression.
  public let expression: Expression
  /// What its values are.
  public let type: FormulaType
  let scope: FormulaScope
  let part: CompiledPart
  /// The columns it names.
  public let references: Set<ColumnReference>

  /// Checks an expression.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(_ expression: Expression, in scope: FormulaScope) throws(DataError) {
    let notes = ReferenceNotes()
    part = try FormulaCompiler(scope: scope, table: scope.current, notes: notes).compile(expression)
    references = notes.references
    self.expression = expression
    self.scope = scope
    type = part.type
  }

  /// Checks an expression that must be true or false: a rule, a condition, a filter.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(condition expression: Expression, in scope: FormulaScope) throws(DataError) {
    try self.init(expression, in: scope)
    guard type == .boolean || type == .missing else {
      throw expression.error(
        "the condition is \(type.words), not true or false",
        remedy: "Compare it with something, as `x > 0`.")
    }
  }

  /// The values for the rows of the current table, as a column.
  public func column(named name: String, _ data: FormulaData) -> Column {
    let frame = Frame(data: data, scope: scope, table: scope.current)
    return part.evaluate(frame).column(named: name, type: type, rowCount: frame.rowCount)
  }

  /// Whether the condition holds for each row of the current table; `nil` where it is missing.
  public func truths(_ data: FormulaData) -> [Bool?] {
    let frame = Frame(data: data, scope: scope, table: scope.current)
    let vector = part.evaluate(frame)
    let flags = vector.booleans
    return (0..<frame.rowCount).map { vector.isMissing(at: $0) ? nil : flags[$0 & vector.mask] }
  }

  /// The numbers for the rows of the current table; `nil` where missing.
  ///
  /// - Precondition: the type is numeric.
  public func numbers(_ data: FormulaData) -> [Double?] {
    precondition(type.isNumeric || type == .missing, "the formula is no number")
    let frame = Frame(data: data, scope: scope, table: scope.current)
    let vector = part.evaluate(frame)
    let list = vector.numbers
    return (0..<frame.rowCount).map { vector.isMissing(at: $0) ? nil : list[$0 & vector.mask] }
  }
}
