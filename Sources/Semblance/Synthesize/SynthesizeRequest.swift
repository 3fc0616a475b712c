// SPDX-License-Identifier: Apache-2.0
public import Contracts
public import Schemas
public import Synthesis

/// What `synthesize` is asked for; everything but the input has a default.
public struct SynthesizeRequest: Hashable, Sendable {
  /// The real table's file.
  public var input: String
  /// The release folder; `nil` is `NAME.release` in the working folder.
  public var output: String?
  /// A dictionary that takes the place of guesses.
  public var schema: String?
  /// The format of the data file; `nil` is the input's.
  public var format: String?
  /// What the columns mean, in place of finding out; a manifest's schema.
  public var meaning: Schema?
  /// Whether `meaning` was a dictionary's once.
  public var isSchemaStated = false
  /// The purpose, where no contract says it.
  public var purpose: Purpose
  /// The contract; `nil` is the default contract of the purpose.
  public var contract: Contract?
  /// The text of the contract's file, which the manifest keeps; `nil` without a file.
  public var contractText: String?
  /// A plan to follow in place of one made for the table.
  public var plan: Plan?
  /// The rows to make; `nil` leaves that to contract and purpose.
  public var rows: RowRequest?
  /// What each row must satisfy, in the language of formulas; `nil` for all rows.
  public var condition: String?
  /// What is replaced where the rest stays real; `nil` generates all.
  public var replacement: ReplacementRequest?
  /// A partial table whose rows are filled in; `nil` makes rows of the generator's own.
  public var given: GivenRequest?
  /// The seconds within which the run is to end; `nil` for as long as it takes.
  public var budget: Double?
  /// The rows that are measured; `nil` for all, 0 for none.
  public var measuredRowCount: Int?
  /// The real rows that are fitted, drawn at random; `nil` for all.
  public var fittedRowCount: Int?
  /// The most further attempts at a broken contract; `nil` for as many as usual.
  public var repairLimit: Int?
  /// What a run that is made again had given up.
  var keptGivenUp: [String] = []
  /// The most predictors that a run that is made again was left with.
  var keptPredictorCount: Int?
  /// A script to run on rows to develop code with; for the purpose `code-development` only.
  public var script: String?
  /// The seed.
  public var seed: String
  /// How the generator is fitted.
  public var fit: FitOptions
  /// Real rows kept from the generator.
  public var holdout: HoldoutRequest?
  /// Whether fidelity and risk are measured.
  public var isEvaluated: Bool
  /// How many shadow models attack the generator; 0 for none.
  public var shadowRunCount = 0
  /// What is done about rows that indicate a real record; `nil` leaves that to the contract.
  public var nearMatches: NearMatchPolicy?
  /// Whether existing folders may be replaced.
  public var replacesExisting: Bool

  /// Creates a request.
  public init(
    input: String, output: String? = nil, schema: String? = nil, format: String? = nil,
    meaning: Schema? = nil,
    purpose: Purpose = .remoteWork, contract: Contract? = nil, contractText: String? = nil,
    plan: Plan? = nil, rows: RowRequest? = nil, seed: String, fit: FitOptions = FitOptions(),
    holdout: HoldoutRequest? = nil,
    isEvaluated: Bool = true, replacesExisting: Bool = false
  ) {
    self.input = input
    self.output = output
    self.schema = schema
    self.format = format
    self.meaning = meaning
    self.purpose = contract?.purpose ?? purpose
    self.contract = contract
    self.contractText = contractText
    self.plan = plan
    self.rows = rows
    self.seed = seed
    self.fit = fit
    self.holdout = holdout
    self.isEvaluated = isEvaluated
    self.replacesExisting = replacesExisting
  }
}
