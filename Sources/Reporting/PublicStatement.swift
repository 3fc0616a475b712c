// SPDX-License-Identifier: Apache-2.0
public import Evaluation
import Schemas
import Synthesis

/// What may be said in public of a synthetic table: what it is, and rounded figures of it.
///
/// Figures of single variables and pairs are rounded to whole per cent (to a tenth from ten thousand
/// real rows on), those of the table to a tenth.
/// Nothing else of the real table is in it: no value, no extreme, no rare level, no row, no row number.
public struct PublicStatement: Hashable, Sendable, Codable {
  /// The figures of one variable.
  public struct Column: Hashable, Sendable, Codable {
    /// The variable.
    public var name: String
    /// The kind of distance.
    public var measure: String
    /// Distance of the distributions, 0...1.
    public var distance: Score
    /// Difference of the shares of missing cells, 0...1.
    public var missingness: Score
  }

  /// The figures of fidelity.
  public struct Fidelity: Hashable, Sendable, Codable {
    /// What stands in for fresh real rows.
    public var referenceKind: ReferenceKind
    /// The mean distance of the variables, in per cent.
    public var shapeErrorPercent: Score
    /// The mean error of the pairs, in per cent.
    public var trendErrorPercent: Score
    /// The distance between patterns of missing cells, 0...1.
    public var missingPatterns: Score
    /// Variable by variable.
    public var columns: [Column]
    /// What was not compared; the owner's report says why.
    public var notCompared: [String]
  }

  /// The figures of risk.
  public struct Disclosure: Hashable, Sendable, Codable {
    /// How the control was made.
    public var controlKind: ReferenceKind
    /// Rows that equal a real row, as a share.
    public var exactMatches: Score
    /// Rows that equal a real row which occurs once, as a share.
    public var uniqueMatches: Score
    /// Rows closer to rows that were learned from than to others, as a share; 0.5 is best.
    public var closerToTraining: Score
    /// Real outliers with a strangely near synthetic row, as a share.
    public var nearMatches: Score
    /// Cells that equal a rare real value, as a share.
    public var valueIndications: Score
    /// Columns whose extremes are reproduced, as a share.
    public var extremeIndications: Score
    /// Rare combinations that occur.
    public var combinationIndications: Score
    /// What was not measured; the owner's report says why.
    public var notMeasured: [String]
  }

  /// Always true.
  public var isSynthetic = true
  /// What the data is, in a sentence.
  public var statement: String
  /// The data set's name.
  public var name: String
  /// The synthetic rows.
  public var rows: Int
  /// The columns.
  public var columns: Int
  /// The real rows, rounded to two digits; `nil` if not stated.
  public var realRowsAbout: Int?
  /// The method; `nil` if not known.
  public var method: String?
  /// The seed; `nil` if not known.
  public var seed: String?
  /// The level on the scale of fidelity that the method aims at.
  public var aimedFidelity: String?
  /// The fewest rows behind any level or value shown; `nil` if not known.
  public var minimumLevelCount: Int?
  /// The fewest rows behind any conditional distribution; `nil` if not known.
  public var minimumLeafCount: Int?
  /// Fidelity; `nil` if not measured.
  public var fidelity: Fidelity?
  /// Risk; `nil` if not measured.
  public var disclosure: Disclosure?
  /// What the figures cannot say.
  public var remains: [String]

  /// Rounds the figures of a run.
  public init(
    _ subject: ReportSubject, fidelity: FidelityReport?, disclosure: DisclosureReport?
  ) {
    statement = SyntheticMark(subject.making?.plan).statement
    name = subject.name
    rows = subject.rowCount
    columns = subject.schema.variables.count
    method = subject.making?.plan.method
    seed = subject.making?.seed
    aimedFidelity = subject.making.map { FidelityScale.aim(of: $0.plan) }
    minimumLevelCount = subject.making?.plan.minimumLevelCount
    minimumLeafCount = subject.making?.plan.minimumLeafCount
    realRowsAbout = (subject.making?.fittedRowCount).map(PublicRounding.count)
    remains = Words.remains
    self.fidelity = fidelity.map { PublicFigures.of($0, charts: [:]) }.map { report in
      Fidelity(
        referenceKind: report.referenceKind, shapeErrorPercent: report.shapeError,
        trendErrorPercent: report.trendError, missingPatterns: report.missingPatterns,
        columns: report.columns.map {
          Column(
            name: $0.name, measure: $0.measure, distance: $0.distance, missingness: $0.missingness)
        },
        notCompared: report.skipped.map(\.name))
    }
    self.disclosure = disclosure.map(PublicFigures.of).map { report in
      Disclosure(
        controlKind: report.controlKind, exactMatches: report.exactMatches,
        uniqueMatches: report.uniqueMatches, closerToTraining: report.closerToTraining,
        nearMatches: report.nearMatches, valueIndications: report.valueIndications,
        extremeIndications: report.extremeIndications,
        combinationIndications: report.combinationIndications,
        notMeasured: report.skipped.map(\.name))
    }
  }
}
