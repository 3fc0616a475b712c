// SPDX-License-Identifier: Apache-2.0
public import Randomness

/// Linear support vector machines with squared losses, solved in the dual one row at a time.
///
/// The constant is a column like any other, and is drawn towards 0 like any other.
///
/// ## Source
/// Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent method for large-scale linear
/// SVM", ICML 2008, algorithm 1; Ho and Lin, "Large-scale linear support vector regression", Journal of
/// Machine Learning Research 13 (2012) 3323–3348, algorithm 4.
public struct LinearSupportVectors: Hashable, Sendable {
  /// One coefficient a column of the design.
  public private(set) var coefficients: [Double]
  /// Whether the steps came to an end.
  public private(set) var hasConverged = false

  /// Tells two classes apart: ½ wᵀw + C Σ max(0, 1 − t wᵀx)², where t is 1 or −1.
  ///
  /// - Parameters:
  ///   - design: The rows.
  ///   - isPositive: The class of each row.
  ///   - cost: C.
  ///   - tolerance: The difference of the greatest and the least projected gradient at which steps end.
  ///   - stream: Draws the order of rows.
  public init(
    _ design: SparseDesign, isPositive: [Bool], cost: Double = 1, tolerance: Double = 0.1,
    maximumRoundCount: Int = 1000, using stream: StreamKey
  ) {
    precondition(isPositive.count == design.rowCount, "one class a row")
    coefficients = [Double](repeating: 0, count: design.columnCount)
    let ridge = 1 / (2 * cost)
    let squares = Self.squares(design)
    var alpha = [Double](repeating: 0, count: design.rowCount)
    // Rows that lie far on the right side are passed over until the others are settled.
    var active = Array(0..<design.rowCount)
    var limit = Double.infinity
    for round in 0..<maximumRoundCount {
      var draws = stream.stream(entity: UInt64(round))
      Draws.shuffle(&active, using: &draws)
      var (greatest, least) = (-Double.infinity, Double.infinity)
      var kept = 0
      for place in active.indices {
        let row = active[place]
        let sign = isPositive[row] ? 1.0 : -1
        let gradient =
          sign * design.product(row, coefficients) - 1 + alpha[row] * ridge
        if alpha[row] == 0, gradient > limit { continue }
        active[kept] = row
        kept += 1
        let projected = alpha[row] > 0 ? gradient : min(gradient, 0)
        greatest = max(greatest, projected)
        least = min(least, projected)
        guard projected != 0 else { continue }
        let next = max(alpha[row] - gradient / (squares[row] + ridge), 0)
        add((next - alpha[row]) * sign, design, row)
        alpha[row] = next
      }
      active.removeSubrange(kept...)
      if greatest - least <= tolerance || active.isEmpty {
        if active.count == design.rowCount {
          hasConverged = true
          break
        }
        active = Array(0..<design.rowCount)
        limit = .infinity
      } else {
        limit = greatest > 0 ? greatest : .infinity
      }
    }
  }

  /// Follows numbers: ½ wᵀw + C Σ max(0, |y − wᵀx| − ε)².
  ///
  /// - Parameters:
  ///   - design: The rows.
  ///   - response: The number of each row.
  ///   - insensitivity: ε, below which a difference costs nothing.
  public init(
    _ design: SparseDesign, response: [Double], insensitivity: Double = 0.1, cost: Double = 1,
    tolerance: Double = 0.001, maximumRoundCount: Int = 1000, using stream: StreamKey
  ) {
    precondition(response.count == design.rowCount, "one response a row")
    coefficients = [Double](repeating: 0, count: design.columnCount)
    let ridge = 1 / (2 * cost)
    let squares = Self.squares(design)
    var beta = [Double](repeating: 0, count: design.rowCount)
    var order = Array(0..<design.rowCount)
    var first = -1.0
    for round in 0..<maximumRoundCount {
      var draws = stream.stream(entity: UInt64(round))
      Draws.shuffle(&order, using: &draws)
      var violation = 0.0
      for row in order {
        let gradient =
          design.product(row, coefficients) - response[row] + ridge * beta[row]
        let curvature = squares[row] + ridge
        let (above, below) = (gradient + insensitivity, gradient - insensitivity)
        violation +=
          beta[row] > 0
          ? above.magnitude
          : beta[row] < 0 ? below.magnitude : max(0, -above, below)
        let step =
          above < curvature * beta[row]
          ? -above / curvature
          : below > curvature * beta[row] ? -below / curvature : -beta[row]
        guard step != 0 else { continue }
        beta[row] += step
        add(step, design, row)
      }
      if first < 0 { first = violation }
      if violation <= tolerance * first {
        hasConverged = true
        break
      }
    }
  }

  private mutating func add(_ scale: Double, _ design: SparseDesign, _ row: Int) {
    for entry in design.starts[row]..<design.starts[row + 1] {
      coefficients[Int(design.columns[entry])] += scale * design.values[entry]
    }
  }

  private static func squares(_ design: SparseDesign) -> [Double] {
    (0..<design.rowCount).map { row in
      (design.starts[row]..<design.starts[row + 1]).reduce(0) {
        $0 + design.values[$1] * design.values[$1]
      }
    }
  }
}
