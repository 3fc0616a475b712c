// SPDX-License-Identifier: Apache-2.0

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
  /// The rows to make.
  public var rows: RowRequest
  /// The seed.
  public var seed: String
  /// How the generator is fitted.
  public var fit: FitOptions
  /// Real rows kept from the generator.
  public var holdout: HoldoutRequest?
  /// Whether fidelity and risk are measured.
  public var isEvaluated: Bool
  /// Whether existing folders may be replaced.
  public var replacesExisting: Bool

  /// Creates a request.
  public init(
    input: String, output: String? = nil, schema: String? = nil, format: String? = nil,
    rows: RowRequest = .times(1),
    seed: String, fit: FitOptions = FitOptions(), holdout: HoldoutRequest? = nil,
    isEvaluated: Bool = true, replacesExisting: Bool = false
  ) {
    self.input = input
    self.output = output
    self.schema = schema
    self.format = format
    self.rows = rows
    self.seed = seed
    self.fit = fit
    self.holdout = holdout
    self.isEvaluated = isEvaluated
    self.replacesExisting = replacesExisting
  }
}
