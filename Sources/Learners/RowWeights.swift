// SPDX-License-Identifier: Apache-2.0
import Numerics

/// What one row counts in a histogram, and the entropy arithmetic that goes with it.
///
/// The function g(c) = c·log c carries all of a split's log-likelihood; searching a split asks only by
/// how much g grows when a count does.
protocol RowWeights {
  associatedtype Count: SignedNumeric & Comparable
  /// Whether the weight of a row is the same for all, so that nobody needs to know the row.
  static var areEqual: Bool { get }
  /// The weight of a row of the table.
  func weight(ofRow row: Int32) -> Count
  /// g(count).
  func entropyTerm(_ count: Count) -> Double
  /// g(count + weight) − g(count).
  func growth(of count: Count, by weight: Count) -> Double
  /// The count as a number.
  func number(_ count: Count) -> Double
}

/// Every row counts once; g comes from a table.
struct UnitWeights: RowWeights, Sendable {
  @inline(__always) static var areEqual: Bool { true }
  private let terms: [Double]
  private let steps: [Double]

  /// The greatest count there is an entry for.
  var rowCount: Int { steps.count - 1 }

  init(rowCount: Int) {
    let terms = (0...rowCount + 1).map {
      $0 < 2 ? 0 : Double($0) * ElementaryFunctions.log(Double($0))
    }
    steps = (0...rowCount).map { terms[$0 + 1] - terms[$0] }
    self.terms = terms
  }

  @inline(__always) func weight(ofRow row: Int32) -> Int32 { 1 }
  @inline(__always) func entropyTerm(_ count: Int32) -> Double { terms[Int(count)] }
  @inline(__always) func growth(of count: Int32, by weight: Int32) -> Double {
    weight == 1 ? steps[Int(count)] : terms[Int(count + weight)] - terms[Int(count)]
  }
  @inline(__always) func number(_ count: Int32) -> Double { Double(count) }
}

/// Every row has a weight of its own.
struct RealWeights: RowWeights {
  @inline(__always) static var areEqual: Bool { false }
  let weights: [Double]

  @inline(__always) func weight(ofRow row: Int32) -> Double { weights[Int(row)] }
  @inline(__always) func entropyTerm(_ count: Double) -> Double {
    count > 0 ? count * ElementaryFunctions.log(count) : 0
  }
  @inline(__always) func growth(of count: Double, by weight: Double) -> Double {
    entropyTerm(count + weight) - entropyTerm(count)
  }
  @inline(__always) func number(_ count: Double) -> Double { count }
}
