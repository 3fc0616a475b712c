// SPDX-License-Identifier: Apache-2.0
public import Evaluation

/// What `evaluate` is asked for.
public struct EvaluateRequest: Hashable, Sendable {
  /// The real table's file.
  public var real: String
  /// The synthetic table's file, whoever made it.
  public var synthetic: String
  /// Real rows that the generator never saw.
  public var holdout: String?
  /// The folder to write; `nil` is `NAME.evaluation` in the working folder.
  public var output: String?
  /// A dictionary that takes the place of guesses.
  public var schema: String?
  /// The fewest rows that must share a value for it not to be rare; `nil` chooses by table size.
  public var minimumCount: Int?
  /// How many people the population has from which the real rows come; `nil` where nobody says.
  public var populationSize: Double?
  /// Analyses to fit to both tables, as `linear: income ~ age + sex`.
  public var analyses: [String]
  /// Further synthetic tables of the same source, which analyses combine with the first.
  public var copies: [String]
  /// How standard errors of analyses are combined for the population.
  public var combining = CombiningRule.simple
  /// The column of survey weights, by which analyses weigh rows.
  public var weights: String?
  /// The column of the strata that the sample was drawn in.
  public var strata: String?
  /// The column of the clusters that rows were drawn with.
  public var clusters: String?
  /// Whether only the first measures are made, without models, attacks and tables of three variables.
  public var isQuick: Bool
  /// How many threads may work; they change no figure.
  public var threads: Int
  /// Whether an existing folder may be replaced.
  public var replacesExisting: Bool

  /// Creates a request.
  public init(
    real: String, synthetic: String, holdout: String? = nil, output: String? = nil,
    schema: String? = nil, minimumCount: Int? = nil, analyses: [String] = [],
    copies: [String] = [], isQuick: Bool = false, threads: Int = 1,
    replacesExisting: Bool = false
  ) {
    self.real = real
    self.synthetic = synthetic
    self.holdout = holdout
    self.output = output
    self.schema = schema
    self.minimumCount = minimumCount
    self.analyses = analyses
    self.copies = copies
    self.isQuick = isQuick
    self.threads = threads
    self.replacesExisting = replacesExisting
  }
}
