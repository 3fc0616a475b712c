// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Synthesis
import Tables

extension SimulationCheck {
  /// The results of a clause on one variable.
  func results(of clause: VariableClause) -> [ClauseResult] {
    let line = clause.place.line
    func open(_ what: String, _ reason: String) -> ClauseResult {
      ClauseResult("\(clause.name): \(what)", line: line, notComputable: reason)
    }
    guard let place = known([clause.name]).first else { return [] }
    if clause.isReplaced { return [replaced(clause)] }
    var results: [ClauseResult] = []
    let features = clause.faithful ?? []
    if features.contains(.structure) { results.append(structure(clause, place)) }
    for feature in features where feature != .structure {
      results.append(open(feature.rawValue, Self.noRealTable))
    }
    for limit in clause.limits {
      results.append(open(limit.measure.rawValue, Self.noRealTable))
    }
    for transform in clause.transforms {
      switch transform {
      case .topCodeAt(let value): results.append(beyond(clause, place, value, isUpper: true))
      case .bottomCodeAt(let value): results.append(beyond(clause, place, value, isUpper: false))
      case .topCode, .bottomCode, .round, .group, .shiftDates:
        results.append(
          open(
            "transforms",
            "they change real values before they are learned, and a model has none; write them into "
              + "its formulas"))
      }
    }
    return results
  }

  private func replaced(_ clause: VariableClause) -> ClauseResult {
    let name = "\(clause.name): replaced, nothing of it learned"
    if clause.provider != nil {
      return ClauseResult(
        name, line: clause.place.line,
        notComputable: "the model gives the values, and no provider is asked")
    }
    guard truth.populationFiles.isEmpty else {
      return ClauseResult(
        name, line: clause.place.line,
        notComputable: "the model takes rows from a file, and its values with them")
    }
    return ClauseResult(
      name, line: clause.place.line, measure: "statistics learned from it", figure: 0, limit: 0,
      note: "the model is written down, and learns from no table")
  }

  /// Whether the column is as the dictionary says.
  private func structure(
    _ clause: VariableClause, _ place: SimulatedTables.Place
  ) -> ClauseResult {
    let name = "\(clause.name): structure"
    guard tables.described.contains(place), let column = tables.column(place),
      let variable = tables.schemas[place.table].variable(named: place.column)
    else {
      return ClauseResult(
        name, line: clause.place.line,
        notComputable:
          "no dictionary says how it should be; give one with --schema, as `describe` writes it")
    }
    var departures = 0
    let declared = Set(variable.valueLabels.map(\.code))
    let levels = LevelCounts(tables, place)
    if !declared.isEmpty {
      departures += (levels?.counts ?? [:]).keys.count { !declared.contains($0) }
    }
    if column.values.isScale {
      let (low, high) = (variable.minimum ?? -.infinity, variable.maximum ?? .infinity)
      departures += column.values.scaleValues.enumerated().count { row, value in
        !column.missing.isMissing(at: row) && !(low...high).contains(value)
      }
    }
    let codes = Set(variable.missingCodes.map(\.code))
    for reason in Set(column.missing.codes.filter { $0 != 0 }) {
      let code = column.missing.reasons[Int(reason) - 1].code
      if !code.isEmpty, !codes.contains(code) { departures += 1 }
    }
    return ClauseResult(
      name, line: clause.place.line,
      measure: "levels and codes that are not declared, values beyond the range",
      figure: Double(departures), limit: 0, note: "against the dictionary")
  }

  private func beyond(
    _ clause: VariableClause, _ place: SimulatedTables.Place, _ limit: Double, isUpper: Bool
  ) -> ClauseResult {
    let name = "\(clause.name): nothing \(isUpper ? "above" : "below") the limit of its extremes"
    guard let column = tables.column(place), column.values.isScale else {
      return ClauseResult(
        name, line: clause.place.line, notComputable: "it has no values on a scale")
    }
    let count = column.values.scaleValues.enumerated().count { row, value in
      !column.missing.isMissing(at: row) && (isUpper ? value > limit : value < limit)
    }
    return ClauseResult(
      name, line: clause.place.line, measure: "values beyond", figure: Double(count), limit: 0)
  }
}
