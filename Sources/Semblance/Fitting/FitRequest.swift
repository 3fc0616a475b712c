// SPDX-License-Identifier: Apache-2.0
public import Contracts
public import Synthesis

/// What `fit` is asked for; everything but the input has a default.
public struct FitRequest: Sendable {
  /// The real table's file.
  public var input: String
  /// A dictionary that takes the place of guesses.
  public var schema: String?
  /// The contract whose plan the generator follows; `nil` restricts nothing.
  public var contract: Contract?
  /// A plan to follow in place of one made for the table.
  public var plan: Plan?
  /// The seconds within which methods are chosen and fitted; `nil` for as long as it takes.
  public var budget: Double?
  /// How the generator is fitted.
  public var options: FitOptions

  /// Creates a request.
  public init(
    input: String, schema: String? = nil, contract: Contract? = nil, plan: Plan? = nil,
    budget: Double? = nil, options: FitOptions = FitOptions()
  ) {
    self.input = input
    self.schema = schema
    self.contract = contract
    self.plan = plan
    self.budget = budget
    self.options = options
  }
}
