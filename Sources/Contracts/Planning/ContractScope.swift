// SPDX-License-Identifier: Apache-2.0
import Dictionaries
public import Formulas
public import Schemas
public import Tables

extension Contract {
  /// Returns the contract for a table: names checked, and what contradicts itself refused.
  ///
  /// - Throws: `DataError` naming the clause, or the two clauses that cannot both hold, with their lines.
  public func checked(for schema: Schema) throws(DataError) -> Contract {
    let names = schema.variables.map(\.name)
    for clause in variables { try require(clause.name, names, clause.place) }
    for clause in relationships {
      for name in clause.variables { try require(name, names, clause.place) }
    }
    for clause in analyses {
      for name in [clause.response] + clause.terms { try require(name, names, clause.place) }
    }
    for clause in balance { try require(clause.variable, names, clause.place) }
    for clause in extrapolated {
      for change in clause.changes { try require(change.variable, names, change.place) }
      guard !names.contains(ExtrapolationClause.column) else {
        throw DataError(
          "the table has a column of the name that marks extrapolated rows", file: file,
          line: clause.place.line, position: clause.place.column,
          column: ExtrapolationClause.column, remedy: "Rename the column before.")
      }
    }
    for name in disclosure.keys { try require(name, names, disclosure.place) }
    if let column = marking?.column, names.contains(column) {
      throw DataError(
        "the marking column has the name of a column of the table", file: file,
        line: marking?.place.line, position: marking?.place.column, column: column,
        remedy: "Give `marking` another name, such as `is_synthetic`.")
    }
    try Contradictions(contract: self).refuse()
    return self
  }

  /// Reads the rules for a table.
  ///
  /// - Throws: `DataError` with the rule's line where a rule is not understood.
  public func compiledRules(for table: Table, schema: Schema) throws(DataError) -> [Rule] {
    let scope = FormulaScope(table, schema: schema)
    var compiled: [Rule] = []
    for rule in rules {
      compiled.append(
        try Rule(
          rule.text, in: scope,
          at: SourcePlace(file: file, line: rule.place.line ?? 1, column: rule.place.column ?? 1)))
    }
    return compiled
  }

  /// Returns a schema with the roles that the contract states.
  public func applied(to schema: Schema) -> Schema {
    var schema = schema
    for clause in variables {
      guard let role = clause.role,
        let place = schema.variables.firstIndex(where: { $0.name == clause.name })
      else { continue }
      guard schema.variables[place].role != role else { continue }
      schema.variables[place].role = role
      schema.variables[place].reasons.append("the contract states the role")
    }
    for place in schema.variables.indices
    where disclosure.keys.contains(schema.variables[place].name)
      && schema.variables[place].role == nil
    {
      schema.variables[place].role = .quasiIdentifier
      schema.variables[place].reasons.append("the contract names it as a key")
    }
    return schema
  }

  private func require(
    _ name: String, _ names: [String], _ place: ClausePlace
  ) throws(DataError) {
    guard !names.contains(name) else { return }
    throw DataError(
      "the contract names \"\(name)\", which the table does not have", file: file, line: place.line,
      position: place.column, remedy: NearMiss.remedy(for: name, among: names))
  }
}
