// SPDX-License-Identifier: Apache-2.0

/// Everything measured about how faithful a synthetic table is.
///
/// These are figures of confidential data: they belong to the owner until they are rounded.
public struct FidelityReport: Hashable, Sendable, Codable {
  /// Rows of the real table.
  public var realRowCount: Int
  /// Rows of the synthetic table.
  public var syntheticRowCount: Int
  /// What stands in for fresh real rows.
  public var referenceKind: ReferenceKind
  /// One result a variable that can be compared, in the order of the table.
  public var columns: [ColumnFidelity]
  /// One result a pair of `columns`.
  public var pairs: [PairFidelity]
  /// The mean distance of `columns`, in per cent.
  public var shapeError: Score
  /// The mean error of `pairs`, in per cent.
  public var trendError: Score
  /// Total variation distance between the patterns of which cells are missing, 0...1.
  public var missingPatterns: Score
  /// What was not compared, and why.
  public var skipped: [Skipped]
  /// Tables of two and three variables; `nil` unless the depth is full.
  public var margins: MarginFidelity?
  /// How well models tell the tables apart; `nil` unless the depth is full.
  public var distinguishability: Distinguishability?
  /// How the rows lie in space; `nil` unless the depth is full.
  public var geometry: GeometryFidelity?
  /// Outliers in both directions; `nil` unless the depth is full.
  public var outliers: OutlierFidelity?
  /// How well models that learned from synthetic rows predict; `nil` without a holdout or below full depth.
  public var prediction: PredictiveFidelity?
  /// Rules of who is not asked; `nil` where none holds, or below full depth.
  public var skipRules: SkipRuleFidelity?
  /// Order in time; `nil` where no column says when, or below full depth.
  public var order: OrderFidelity?
  /// What another library's quality report would say; `nil` below full depth.
  public var libraryScores: LibraryScores?
  /// The analyses that were asked for; `nil` if none was.
  public var analyses: [AnalysisFidelity]?

  /// Something that was not measured.
  public struct Skipped: Hashable, Sendable, Codable {
    /// The variable or measure.
    public var name: String
    /// Why.
    public var reason: String
    /// Creates an entry.
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// Creates a report.
  public init(
    realRowCount: Int, syntheticRowCount: Int, referenceKind: ReferenceKind,
    columns: [ColumnFidelity], pairs: [PairFidelity], shapeError: Score, trendError: Score,
    missingPatterns: Score, skipped: [Skipped], margins: MarginFidelity? = nil,
    distinguishability: Distinguishability? = nil,
    geometry: GeometryFidelity? = nil, outliers: OutlierFidelity? = nil
  ) {
    self.realRowCount = realRowCount
    self.syntheticRowCount = syntheticRowCount
    self.referenceKind = referenceKind
    self.columns = columns
    self.pairs = pairs
    self.shapeError = shapeError
    self.trendError = trendError
    self.missingPatterns = missingPatterns
    self.skipped = skipped
    self.margins = margins
    self.distinguishability = distinguishability
    self.geometry = geometry
    self.outliers = outliers
  }
}
