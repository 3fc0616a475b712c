// SPDX-License-Identifier: Apache-2.0
public import Contracts
public import Evaluation
import Schemas
public import Synthesis
public import Tables

/// Says what would be done with a table, before anything is learned.
public struct PlanVerb: Sendable {
  /// What was planned.
  public struct Result: Sendable {
    /// The plan.
    public var plan: Plan
    /// The contract in force, written out.
    public var contract: Contract
    /// The level on the ONS spectrum.
    public var level: FidelityLevel
    /// What a run by it will take.
    public var forecast: Forecast
    /// What was noticed while reading.
    public var diagnostics: [Diagnostic]
  }

  private let request: SynthesizeRequest

  /// Creates a run; of the request, what concerns drawing and writing is not used.
  public init(_ request: SynthesizeRequest) { self.request = request }

  /// Reads and plans.
  ///
  /// - Throws: `DataError` if the input cannot be used, or the contract contradicts itself.
  public func run(progress: ProgressHandler = .silent) throws(DataError) -> Result {
    let input = try RealInput(
      path: request.input, schemaPath: request.schema, threads: request.fit.threads,
      progress: progress)
    let run = try ContractedRun(request, input: input, progress: progress)
    let (plan, contract) = try run.planned()
    return Result(
      plan: plan, contract: contract, level: FidelityLevels.level(of: plan),
      forecast: try run.forecast(), diagnostics: input.diagnostics)
  }
}
