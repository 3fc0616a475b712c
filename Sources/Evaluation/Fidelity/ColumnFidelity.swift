// SPDX-License-Identifier: Apache-2.0

/// How faithful one variable is on its own.
public struct ColumnFidelity: Hashable, Sendable, Codable {
  /// The variable's name.
  public var name: String
  /// What kind of distance `distance` is: `"ks"` for continuous variables, `"tv"` for levels.
  public var measure: String
  /// Kolmogorov–Smirnov or total variation distance of the present values, 0...1, 0 is best.
  public var distance: Score
  /// The absolute difference of the shares of missing cells, 0...1.
  public var missingness: Score
  /// The shares drawn in the chart.
  public var chart: ColumnChart
  /// Summary figures, real beside synthetic: `mean`, `sd`, quantiles `q01` … `q99`, `levels`.
  public var summaries: [Summary]
  /// Further distances by name: `wasserstein` (in interquartile ranges), `hellinger`, `jensenShannon`
  /// (bits); `nil` unless the depth is full.
  public var further: [String: Score]?

  /// A summary figure of both tables.
  public struct Summary: Hashable, Sendable, Codable {
    /// The figure's name.
    public var name: String
    /// In the real table; `nil` where not computable.
    public var real: Double?
    /// In the synthetic table; `nil` where not computable.
    public var synthetic: Double?
    /// Creates a summary.
    public init(name: String, real: Double?, synthetic: Double?) {
      self.name = name
      self.real = real
      self.synthetic = synthetic
    }
  }

  /// Creates a result.
  public init(
    name: String, measure: String, distance: Score, missingness: Score, chart: ColumnChart,
    summaries: [Summary]
  ) {
    self.name = name
    self.measure = measure
    self.distance = distance
    self.missingness = missingness
    self.chart = chart
    self.summaries = summaries
  }
}

/// The shares of a variable over bins or levels, real beside synthetic, for drawing.
///
/// Levels with fewer than ten real rows are pooled into one last entry named "other levels".
public struct ColumnChart: Hashable, Sendable, Codable {
  /// Names of the levels or bins, in order; the last may be "missing".
  public var labels: [String]
  /// Shares of the real table, one a label; together 1 at most.
  public var real: [Double]
  /// Shares of the synthetic table.
  public var synthetic: [Double]
  /// Whether the labels are intervals of a scale, to be drawn as a histogram.
  public var isHistogram: Bool

  /// Creates a chart.
  public init(labels: [String], real: [Double], synthetic: [Double], isHistogram: Bool) {
    self.labels = labels
    self.real = real
    self.synthetic = synthetic
    self.isHistogram = isHistogram
  }
}
