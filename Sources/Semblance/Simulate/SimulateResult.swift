// SPDX-License-Identifier: Apache-2.0
public import Evaluation

/// What a run of a model came to.
public struct SimulateResult: Sendable {
  /// How many rows were handed out.
  public var rows: Int
  /// What whoever reads them should know.
  public var notes: String
  /// How the contract was kept; nil without one.
  public var contract: ContractReport?
}
