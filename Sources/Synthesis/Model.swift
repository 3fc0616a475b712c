// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Schemas
public import Tables

/// A fitted generator: immutable, holding statistics, and rows only where its inventory says so.
public protocol Model: Sendable {
  /// The variables of the rows it makes.
  var schema: Schema { get }
  /// What was done to fit it.
  var plan: Plan { get }
  /// The rows it was fitted on.
  var fittedRowCount: Int { get }

  /// Returns rows `rows.lowerBound ..< rows.upperBound` of the run named by a key.
  ///
  /// Row *i* is one function of model, key and *i*: slices, threads and the number of rows asked for
  /// change nothing in it.
  func sample(rows: Range<Int>, key: RandomKey, threads: Int) -> Table

  /// Says what the model holds, variable by variable, in the order of the schema.
  func inventory() -> [ModelHolding]

  /// Says what gives the values of a variable: rules, coefficients or groups, a line each; none where
  /// there is nothing to say.
  func explanation(of variable: String) -> [String]
}

extension Model {
  /// Nothing, where a model does not explain itself.
  public func explanation(of variable: String) -> [String] { [] }
}
