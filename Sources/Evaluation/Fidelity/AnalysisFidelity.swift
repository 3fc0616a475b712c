// SPDX-License-Identifier: Apache-2.0

/// One analysis, fitted to the real and to the synthetic rows.
///
/// The synthetic figures estimate what the real file would give, if the synthesis is right. With
/// several synthetic tables they are combined.
///
/// ## Source
/// Raab, Nowok and Dibben, "Practical data synthesis for large samples", Journal of Privacy and
/// Confidentiality 7(3) (2017); Karr et al., The American Statistician 60 (2006) for the overlap.
public struct AnalysisFidelity: Hashable, Sendable, Codable {
  /// The formula as it was given.
  public var formula: String
  /// The model: `linear`, `logistic`, `poisson`, `ordered` or `cox`.
  public var model: String
  /// How many synthetic tables were combined.
  public var copyCount: Int
  /// The real rows without a missing cell among the model's columns.
  public var realRowCount: Int
  /// The mean number of such rows in the synthetic tables.
  public var syntheticRowCount: Double
  /// One result a coefficient.
  public var coefficients: [Coefficient]
  /// The mean overlap of the 95 % intervals, 1 at best, below 0 where they lie apart.
  public var overlap: Score
  /// The same with overlaps below 0 counted as 0.
  public var flooredOverlap: Score
  /// The mean absolute standardised difference of the coefficients.
  public var difference: Score
  /// The lack of fit of all coefficients together over their number; 1 is expected.
  public var lackOfFit: Score
  /// What a reader must know: levels that one table lacks, or that a fit did not converge.
  public var note: String?

  /// A coefficient in both tables.
  public struct Coefficient: Hashable, Sendable, Codable {
    /// What it belongs to, as `age` or `sex[female]:age`.
    public var name: String
    /// In the real table; `nil` where it is not determined.
    public var real: Double?
    /// Its standard error.
    public var realError: Double?
    /// In the synthetic table, or the mean over several.
    public var synthetic: Double?
    /// The standard error that the synthetic tables say the real file would give.
    public var syntheticError: Double?
    /// The standard error for the population, by the rule that was asked for: of simple synthesis, if none was.
    public var populationError: Double?
    /// The standardised difference, (synthetic − real) / real standard error.
    public var difference: Double?
    /// The overlap of the 95 % intervals.
    public var overlap: Double?

    /// Creates an entry.
    public init(name: String) { self.name = name }
  }

  /// Creates a result of an analysis that could not be compared.
  public init(formula: String, model: String, copyCount: Int, notComputable reason: String) {
    self.formula = formula
    self.model = model
    self.copyCount = copyCount
    realRowCount = 0
    syntheticRowCount = 0
    coefficients = []
    overlap = Score(notComputable: reason)
    flooredOverlap = overlap
    difference = overlap
    lackOfFit = overlap
  }
}
