// SPDX-License-Identifier: Apache-2.0
import Formulas
import Learners
import Tables

/// The response of a model, for each table.
struct AnalysisResponse {
  enum Values {
    case numbers([[Double?]])
    case levels([[Int?]], count: Int)
    case times([[Double?]], events: [[Double?]])
  }

  private let values: Values
  private let model: NamedAnalysis.Model

  init(_ analysis: NamedAnalysis, _ tables: AnalysisTables) throws(DataError) {
    model = analysis.model
    let response = analysis.formula.response
    switch model {
    case .linear: values = .numbers(try Self.numbers(response, tables))
    case .poisson:
      let numbers = try Self.numbers(response, tables)
      guard numbers.allSatisfy({ $0.allSatisfy { ($0 ?? 0) >= 0 } }) else {
        throw DataError(
          "a Poisson response is below 0", column: response.columns.first,
          remedy: "Use a count, or another model.")
      }
      values = .numbers(numbers)
    case .logistic: values = .numbers(try Self.flags(response, tables))
    case .ordered:
      guard case .levels(let names, let codes) = try Self.levels(response, tables) else {
        throw DataError(
          "an ordered response takes a column with levels", column: response.columns.first,
          remedy: "Name a column, not an expression.")
      }
      values = .levels(codes, count: names.count)
    case .cox:
      guard case .expression(let expression) = response,
        case .call("Surv", let arguments) = expression.kind, arguments.count == 2,
        case .name(let event) = arguments[1].value.kind
      else {
        throw DataError(
          "a Cox model takes `Surv(time, event)` as its response",
          remedy: "Write \"cox: Surv(time, event) ~ age + sex\".")
      }
      values = .times(
        try tables.numbers(arguments[0].value),
        events: try Self.flags(.column(event.joined(separator: ".")), tables))
    }
  }

  private static func numbers(
    _ factor: ModelFormula.Factor, _ tables: AnalysisTables
  ) throws(DataError) -> [[Double?]] {
    guard case .numbers(let numbers) = try AnalysisFactor(factor, tables).values else {
      throw DataError(
        "the response is no number", column: factor.columns.first,
        remedy: "Name a column of numbers, or another model.")
    }
    return numbers
  }

  private static func levels(
    _ factor: ModelFormula.Factor, _ tables: AnalysisTables
  ) throws(DataError) -> AnalysisFactor.Values {
    guard case .column(let name) = factor else { return try AnalysisFactor(factor, tables).values }
    return try AnalysisFactor(.levels(name), tables).values
  }

  /// A response of two levels, of which the last counts as one, or of the numbers 0 and 1.
  private static func flags(
    _ factor: ModelFormula.Factor, _ tables: AnalysisTables
  ) throws(DataError) -> [[Double?]] {
    switch try levels(factor, tables) {
    case .levels(let names, let codes) where names.count == 2:
      return codes.map { $0.map { $0.map(Double.init) } }
    case .numbers(let numbers)
    where numbers.allSatisfy({ $0.allSatisfy { $0 == nil || $0 == 0 || $0 == 1 } }):
      return numbers
    default:
      throw DataError(
        "the response has not two levels", column: factor.columns.first,
        remedy: "Name a column of two levels, or another model.")
    }
  }

  private func isPresent(_ table: Int, _ row: Int) -> Bool {
    switch values {
    case .numbers(let sides): sides[table][row] != nil
    case .levels(let sides, _): sides[table][row] != nil
    case .times(let times, let events): times[table][row] != nil && events[table][row] != nil
    }
  }

  /// Fits the model to the complete rows of a table; `nil` if it cannot be fitted.
  func fit(
    _ design: AnalysisDesign, table: Int, rowCount: Int, sample: SurveySample? = nil
  ) -> (fit: RegressionFit, rowCount: Int)? {
    var rows: [Int] = []
    var matrix = SparseDesign(columnCount: design.names.count)
    for row in 0..<rowCount
    where isPresent(table, row) && sample?.weights[table][row] ?? 1 > 0
      && design.append(table, row, to: &matrix)
    {
      matrix.endRow()
      rows.append(row)
    }
    return fit(matrix, rows, table, sample).map { ($0, rows.count) }
  }

  private func fit(
    _ matrix: SparseDesign, _ rows: [Int], _ table: Int, _ sample: SurveySample?
  ) -> RegressionFit? {
    switch values {
    case .numbers(let sides):
      let family: GeneralizedLinearModel.Family =
        model == .linear ? .gaussian : model == .poisson ? .poisson : .binomial
      let response = rows.map { sides[table][$0] ?? 0 }
      guard let sample else {
        return GeneralizedLinearModel(matrix, response: response, family: family)?.fit
      }
      let weights = rows.map { sample.weights[table][$0] ?? 0 }
      return GeneralizedLinearModel(
        matrix, response: response, family: family, weights: weights
      ).map {
        SurveyCovariance.fit(
          $0.fit, matrix, response: response, family: family, weights: weights, rows: rows,
          units: sample.units[table])
      }
    case .levels(let sides, let count):
      return OrderedRegression(
        matrix, levels: rows.map { sides[table][$0] ?? 0 }, levelCount: count)?.fit
    case .times(let times, let events):
      return ProportionalHazards(
        matrix, times: rows.map { times[table][$0] ?? 0 },
        hasEvent: rows.map { events[table][$0] == 1 })?.fit
    }
  }

  /// The names of what a fit holds beyond the columns of the design.
  var furtherNames: [String] {
    guard case .levels(_, let count) = values, count > 1 else { return [] }
    return (1..<count).map { "threshold \($0)|\($0 + 1)" }
  }

  /// Whether the model's constant is a column of the design.
  static func hasConstant(_ model: NamedAnalysis.Model) -> Bool {
    model != .ordered && model != .cox
  }
}
