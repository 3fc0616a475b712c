// SPDX-License-Identifier: Apache-2.0
public import Evaluation
import Formulas
import Learners
public import Schemas
public import Tables

/// Fits named analyses to real and synthetic rows and says how far their coefficients agree.
///
/// ## Source
/// `compare.fit.synds` of synthpop 1.9-3 for the standardised differences and the lack of fit;
/// Raab, Nowok and Dibben (2017) for the combination of several tables; Karr et al. (2006) for the
/// overlap, with the synthetic interval of the width that the real file would have.
public struct AnalysisMeasure: Sendable {
  private let analyses: [NamedAnalysis]
  private let rule: CombiningRule
  private let survey: SurveyDesign

  /// Creates a measure.
  ///
  /// - Parameters:
  ///   - rule: How standard errors for the population are reckoned.
  ///   - survey: How the sample was drawn, if not simply at random; rows are weighted then, and standard
  ///     errors linearised.
  public init(
    _ analyses: [NamedAnalysis], combiningBy rule: CombiningRule = .simple,
    survey: SurveyDesign = SurveyDesign()
  ) {
    self.analyses = analyses
    self.rule = rule
    self.survey = survey
  }

  /// Fits and compares.
  ///
  /// - Parameters:
  ///   - real: The real table.
  ///   - synthetic: One or more synthetic tables of the same source.
  ///   - schema: What the columns mean.
  /// - Throws: `DataError` if an analysis names a column that is not there or uses one wrongly.
  public func results(
    real: Table, synthetic: [Table], schema: Schema
  ) throws(DataError) -> [AnalysisFidelity] {
    let tables = AnalysisTables(
      try TableAlignment([real] + synthetic, schema: schema), schema: schema)
    var results: [AnalysisFidelity] = []
    for analysis in analyses { results.append(try result(analysis, tables)) }
    return results
  }

  private func result(
    _ analysis: NamedAnalysis, _ tables: AnalysisTables
  ) throws(DataError) -> AnalysisFidelity {
    let response = try AnalysisResponse(analysis, tables)
    let sample = survey.isSimple ? nil : try SurveySample(survey, tables)
    if sample != nil, !analysis.model.takesWeights {
      throw DataError(
        "the design of a survey is not for models \"\(analysis.model.rawValue)\"",
        remedy: "Leave out weights, strata and clusters, or use linear, logistic or poisson.")
    }
    let design = try AnalysisDesign(
      analysis.formula, tables, hasConstant: AnalysisResponse.hasConstant(analysis.model))
    let fits = tables.rowCounts.enumerated().map { table, count in
      response.fit(design, table: table, rowCount: count, sample: sample)
    }
    var result = AnalysisFidelity(
      formula: analysis.formula.text, model: analysis.model.rawValue, copyCount: fits.count - 1,
      notComputable: "the model cannot be fitted: too few complete rows, or a level has none")
    guard let real = fits[0] else { return result }
    let copies = fits.dropFirst().compactMap { $0 }
    guard copies.count == fits.count - 1, !copies.isEmpty else { return result }
    result.realRowCount = real.rowCount
    result.syntheticRowCount =
      copies.reduce(0) { $0 + Double($1.rowCount) } / Double(copies.count)
    let comparison = CoefficientComparison(
      real: CoefficientEstimates(real.fit), copies: copies.map { CoefficientEstimates($0.fit) },
      realRows: Double(real.rowCount),
      syntheticRows: result.syntheticRowCount, rule: rule)
    result.coefficients = comparison.coefficients(named: design.names + response.furtherNames)
    result.overlap = comparison.overlap(isFloored: false)
    result.flooredOverlap = comparison.overlap(isFloored: true)
    result.difference = comparison.difference
    result.lackOfFit = comparison.lackOfFit(covariance: real.fit.covariance)
    var notes: [String] = []
    if !survey.isSimple { notes.append("a survey by its \(survey.words)") }
    switch rule {
    case .simple: break
    case .proper: notes.append("standard errors for the population are those of proper synthesis")
    case .partial:
      notes.append(
        "standard errors for the population are those of partial synthesis"
          + (copies.count == 1 ? ", too small, as one table cannot tell what tables differ by" : "")
      )
    }
    if result.coefficients.contains(where: { $0.difference == nil }) {
      notes.append("a coefficient that one table does not determine is not compared")
    }
    if !([real.fit] + copies.map(\.fit)).allSatisfy(\.hasConverged) {
      notes.append("a fit did not converge: a column may tell the levels of the response apart")
    }
    result.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    return result
  }
}
