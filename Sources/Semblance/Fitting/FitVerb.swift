// SPDX-License-Identifier: Apache-2.0
import Contracts
public import Tables
import TreeSynthesis

/// Fits a generator to a real table, under a contract and within a time if either is stated.
///
/// What a generator can keep of a contract is what its plan says: relationships, transforms, balance and
/// what is replaced. Rules, remedies and marks concern a finished table; `synthesize` sees to them.
public struct FitVerb: Sendable {
  /// What was fitted.
  public struct Result: Sendable {
    /// The generator.
    public var generator: Generator
    /// The real table's rows and columns.
    public var size: (rows: Int, columns: Int)
    /// What was given up to keep the time, in words.
    public var givenUp: [String]
    /// What was noticed while reading.
    public var diagnostics: [Diagnostic]
  }

  /// The least seconds in which methods can be chosen.
  private static let leastChoiceSeconds = 2.0
  /// The share of a time that choosing and fitting are promised; the rest is for reading and writing.
  private static let choiceShare = 0.9

  private let request: FitRequest

  /// Creates a run.
  public init(_ request: FitRequest) { self.request = request }

  /// Reads, plans and fits.
  ///
  /// - Throws: `DataError` if the input cannot be used, the contract contradicts itself or does not suit the
  ///   table, or a plan does not.
  public func run(progress: ProgressHandler = .silent) throws(DataError) -> Result {
    let stopwatch = Stopwatch()
    var input = try RealInput(
      path: request.input, schemaPath: request.schema, threads: request.options.threads,
      progress: progress)
    var options = request.options
    if let contract = request.contract {
      input.schema = contract.applied(to: input.schema)
      options.contract = try contract.checked(for: input.schema)
      try contract.refuseUnknownProviders(for: input.table)
    }
    var givenUp: [String] = []
    if let budget = request.budget, request.plan == nil, options.method == MethodCatalogue.automatic
    {
      let left = Self.choiceShare * (budget - stopwatch.elapsed)
      if left >= Self.leastChoiceSeconds {
        options.choiceSeconds = left
      } else {
        options.method = TreeSynthesizer.method
        givenUp.append("a choice of methods: all variables are learned by trees")
      }
    }
    let fit = try Fit(
      input.table, schema: input.schema, plan: request.plan, options: options, progress: progress)
    return Result(
      generator: Generator(model: fit.model, file: input.file),
      size: (input.table.rowCount, input.table.columnCount), givenUp: givenUp,
      diagnostics: input.diagnostics)
  }
}
