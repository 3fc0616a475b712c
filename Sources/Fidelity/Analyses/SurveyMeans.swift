// SPDX-License-Identifier: Apache-2.0
public import Evaluation
import Learners
public import Schemas
public import Tables

/// What a table says of its population: weighted means of numbers, weighted shares of levels and the number of
/// people, with linearised standard errors, in the real and in synthetic tables.
///
/// ## Source
/// Särndal, Swensson and Wretman, Model assisted survey sampling (1992), section 5.7 (a ratio of totals,
/// linearised); as `svymean` and `svytotal` of R's survey package.
public struct SurveyMeans: Sendable {
  /// How an entry of fidelity names them, in place of a formula.
  public static let title = "means and shares of the population"
  /// The fewest real rows of a level whose share is shown.
  static let leastLevelCount = 10
  /// The most levels of a variable whose shares are shown.
  static let mostLevels = 30

  private let survey: SurveyDesign
  private let rule: CombiningRule

  /// Creates a measure.
  ///
  /// - Parameters:
  ///   - survey: How the sample was drawn.
  ///   - rule: How standard errors for the population are reckoned.
  public init(_ survey: SurveyDesign, combiningBy rule: CombiningRule = .simple) {
    self.survey = survey
    self.rule = rule
  }

  /// Estimates and compares.
  ///
  /// - Parameters:
  ///   - real: The real table.
  ///   - synthetic: One or more synthetic tables of the same source.
  ///   - schema: What the columns mean.
  /// - Throws: `DataError` if a table lacks a column of the design, or weights are no numbers or below 0.
  public func result(
    real: Table, synthetic: [Table], schema: Schema
  ) throws(DataError) -> AnalysisFidelity {
    let alignment = try TableAlignment([real] + synthetic, schema: schema)
    let sample = try SurveySample(survey, AnalysisTables(alignment, schema: schema))
    let design = [survey.weights, survey.strata, survey.clusters]
    return result(
      sample, alignment.columns.filter { !design.contains($0.name) },
      rowCounts: alignment.rowCounts)
  }

  /// A mean or a share.
  private struct Estimate {
    var value: Double
    var variance: Double
  }

  private func result(
    _ sample: SurveySample, _ columns: [AlignedColumn], rowCounts: [Int]
  ) -> AnalysisFidelity {
    var names: [String] = []
    var estimates: [[Estimate?]] = rowCounts.map { _ in [] }
    func add(_ name: String, _ estimate: (Int) -> Estimate?) {
      names.append(name)
      for table in rowCounts.indices { estimates[table].append(estimate(table)) }
    }
    if survey.weights != nil {
      // Of as many rows as the real table has, so that a longer table has no more people.
      add("people (sum of weights)") {
        Self.total(
          sample.weights[$0], sample.units[$0],
          times: Double(rowCounts[0]) / Double(rowCounts[$0]))
      }
    }
    for column in columns {
      if column.isContinuous {
        add(column.name) { table in
          let side = column.sides[table]
          return Self.mean(sample.weights[table], sample.units[table]) {
            side.codes[$0] == 0 ? nil : side.values[$0]
          }
        }
      } else {
        for level in Self.shown(column) {
          add("\(column.name)[\(column.levels[level - 1])]") { table in
            let side = column.sides[table]
            return Self.mean(sample.weights[table], sample.units[table]) {
              side.codes[$0] == 0 ? nil : Int(side.codes[$0]) == level ? 1 : 0
            }
          }
        }
      }
    }
    var result = AnalysisFidelity(
      formula: Self.title, model: "survey", copyCount: rowCounts.count - 1,
      notComputable: "no variable can be compared")
    guard !names.isEmpty else { return result }
    let copies = rowCounts.indices.dropFirst()
    let synthetic = copies.reduce(0.0) { $0 + Double(rowCounts[$1]) } / Double(copies.count)
    let comparison = CoefficientComparison(
      real: Self.coefficients(estimates[0]),
      copies: copies.map { Self.coefficients(estimates[$0]) },
      realRows: Double(rowCounts[0]), syntheticRows: synthetic, rule: rule)
    result.realRowCount = rowCounts[0]
    result.syntheticRowCount = synthetic
    result.coefficients = comparison.coefficients(named: names)
    result.overlap = comparison.overlap(isFloored: false)
    result.flooredOverlap = comparison.overlap(isFloored: true)
    result.difference = comparison.difference
    result.lackOfFit = Score(notComputable: "shares of one variable depend on each other")
    result.note =
      "a survey by its \(survey.words); each estimate by the rows that have a value"
      + (survey.weights == nil
        ? "" : "; people are those of as many rows as the real table has")
    return result
  }

  /// The commonest levels that enough real rows have, from 1, in the order of the levels.
  private static func shown(_ column: AlignedColumn) -> [Int] {
    var counts = [Int](repeating: 0, count: column.levels.count + 1)
    for code in column.sides[0].codes { counts[Int(code)] += 1 }
    return (1..<counts.count).filter { counts[$0] >= leastLevelCount }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(mostLevels).sorted()
  }

  /// The sum of weights.
  private static func total(
    _ weights: [Double?], _ units: SamplingUnits, times scale: Double
  ) -> Estimate? {
    var sums = [Double](repeating: 0, count: units.strata.count)
    for row in weights.indices { sums[units.ofRow[row]] += (weights[row] ?? 0) * scale }
    return Estimate(
      value: sums.reduce(0, +), variance: SurveyCovariance.variance(ofSums: sums, units: units))
  }

  /// The weighted mean of a number over the rows that have one; `nil` if none has.
  private static func mean(
    _ weights: [Double?], _ units: SamplingUnits, of number: (Int) -> Double?
  ) -> Estimate? {
    var (sum, people) = (0.0, 0.0)
    for row in weights.indices {
      guard let weight = weights[row], let value = number(row) else { continue }
      sum += weight * value
      people += weight
    }
    guard people > 0 else { return nil }
    let mean = sum / people
    var sums = [Double](repeating: 0, count: units.strata.count)
    for row in weights.indices {
      guard let weight = weights[row], let value = number(row) else { continue }
      sums[units.ofRow[row]] += weight * (value - mean) / people
    }
    return Estimate(
      value: mean, variance: SurveyCovariance.variance(ofSums: sums, units: units))
  }

  private static func coefficients(_ estimates: [Estimate?]) -> CoefficientEstimates {
    CoefficientEstimates(
      values: estimates.map { $0?.value }, errors: estimates.map { $0?.variance.squareRoot() })
  }
}
