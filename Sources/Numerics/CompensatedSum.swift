// SPDX-License-Identifier: Apache-2.0

/// A sum that carries its rounding error along: accurate however many terms cancel.
///
/// ## Source
/// Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54
/// (1974) 39–51.
public struct CompensatedSum: Sendable {
  private var sum = 0.0
  private var error = 0.0

  /// Creates a sum of nothing.
  public init() {}

  /// Creates the sum of these terms.
  public init(_ terms: some Sequence<Double>) {
    for term in terms { add(term) }
  }

  /// Adds a term.
  public mutating func add(_ term: Double) {
    let next = sum + term
    error += sum.magnitude >= term.magnitude ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum so far.
  public var value: Double {
    sum.isFinite ? sum + error : sum
  }
}
