// SPDX-License-Identifier: Apache-2.0
import Tables

/// Solves a stiff differential equation by a Rosenbrock method of order 4 that chooses its steps.
///
/// Each step solves four linear systems with one matrix, so that fast processes that have died down do
/// not force small steps. The matrix of slopes is found by differences.
///
/// ## Source
/// Shampine, "Implementation of Rosenbrock methods", ACM Transactions on Mathematical Software 8 (1982)
/// 93–113: the method with γ = ½; Kaps and Rentrop, Numerische Mathematik 33 (1979) 55–68, for its form.
struct StiffSolver {
  /// The relative error of a step, and the least size that it is relative to.
  var tolerance = 1e-8
  var floor = 1e-10
  /// The step to try next.
  private var length: Double
  private var matrix: [Double] = []
  private var order: [Int] = []

  private static let stepLimit = 10_000_000

  init(firstStep: Double) { length = firstStep }

  /// Carries values from one time to another.
  ///
  /// - Parameters:
  ///   - slope: The slopes at some values and a time.
  ///   - isOver: Called after each step; whether to stop there.
  /// - Returns: The time reached.
  /// - Throws: `DataError` if a slope is no number, however short the step.
  mutating func advance(
    _ values: inout [Double], from start: Double, to end: Double,
    slope: ([Double], Double) throws(DataError) -> [Double],
    isOver: (inout [Double]) throws(DataError) -> Bool
  ) throws(DataError) -> Double {
    var time = start
    var steps = 0
    while time < end {
      steps += 1
      guard steps <= Self.stepLimit else {
        throw DataError(
          "the equation takes more than \(Self.stepLimit) steps between two rows",
          remedy: "Look for a rate that jumps, or record more often.")
      }
      let base = try slope(values, time)
      let (jacobian, drift) = try slopes(values, time, base, slope)
      while true {
        // A step that would leave a sliver behind goes to the end.
        let isLast = time + length * 1.000_001 >= end
        let tried = isLast ? end - time : length
        var failure: DataError?
        var made: (values: [Double], error: Double)?
        do throws(DataError) {
          made = try step(values, time, tried, base, jacobian, drift, slope)
        } catch { failure = error }
        if let made, made.error <= 1 {
          values = made.values
          for index in values.indices where values[index] < 0 && values[index] > -1e-9 {
            values[index] = 0
          }
          time = isLast ? end : time + tried
          let growth = made.error > 2e-4 ? 0.9 / fourthRoot(made.error) : 5
          // A step that was cut short by the end says little of the next.
          length = isLast && tried < length ? max(length, tried * growth) : tried * growth
          break
        }
        length = tried * (made.map { max(0.2, 0.9 / cubeRoot($0.error)) } ?? 0.2)
        guard length > 1e-14 * max(1, time.magnitude) else {
          throw failure
            ?? DataError(
              "the equation cannot be followed beyond time \(time)",
              remedy: "Look for a rate that jumps or grows without bound.")
        }
      }
      if try isOver(&values) { return time }
    }
    return time
  }

  private func fourthRoot(_ value: Double) -> Double { value.squareRoot().squareRoot() }

  private func cubeRoot(_ value: Double) -> Double {
    guard value.isFinite else { return 5 }
    return RateProgram.power(value, 1.0 / 3)
  }

  /// How the slopes change with each value (row by row), and with the time.
  private func slopes(
    _ values: [Double], _ time: Double, _ base: [Double],
    _ slope: ([Double], Double) throws(DataError) -> [Double]
  ) throws(DataError) -> ([Double], [Double]) {
    let count = values.count
    var jacobian = [Double](repeating: 0, count: count * count)
    var moved = values
    for column in 0..<count {
      let gap = 1.5e-8 * max(values[column].magnitude, 1e-5)
      moved[column] = values[column] + gap
      let exact = moved[column] - values[column]
      let other = try slope(moved, time)
      for row in 0..<count { jacobian[row * count + column] = (other[row] - base[row]) / exact }
      moved[column] = values[column]
    }
    let gap = 1e-8 * max(1, time.magnitude)
    let later = try slope(values, time + gap)
    return (jacobian, later.indices.map { (later[$0] - base[$0]) / gap })
  }

  private mutating func step(
    _ values: [Double], _ time: Double, _ h: Double, _ base: [Double], _ jacobian: [Double],
    _ drift: [Double], _ slope: ([Double], Double) throws(DataError) -> [Double]
  ) throws(DataError) -> (values: [Double], error: Double) {
    let count = values.count
    matrix = jacobian.map { -$0 }
    for index in 0..<count { matrix[index * count + index] += 2 / h }
    guard decompose(count) else { return (values, .infinity) }
    func sum(_ parts: [(Double, [Double])]) -> [Double] {
      (0..<count).map { row in parts.reduce(0) { $0 + $1.0 * $1.1[row] } }
    }
    let one = solve(sum([(1, base), (h / 2, drift)]))
    let second = try slope(sum([(1, values), (2, one)]), time + h)
    let two = solve(sum([(1, second), (-3 * h / 2, drift), (-8 / h, one)]))
    let third = try slope(
      sum([(1, values), (48.0 / 25, one), (6.0 / 25, two)]), time + 3 * h / 5)
    let three = solve(
      sum([(1, third), (121 * h / 50, drift), (372 / (25 * h), one), (12 / (5 * h), two)]))
    let four = solve(
      sum([
        (1, third), (29 * h / 250, drift), (-112 / (125 * h), one), (-54 / (125 * h), two),
        (-2 / (5 * h), three),
      ]))
    let made = sum([
      (1, values), (19.0 / 9, one), (0.5, two), (25.0 / 108, three), (125.0 / 108, four),
    ])
    let gap = sum([(17.0 / 54, one), (7.0 / 36, two), (125.0 / 108, four)])
    var error = 0.0
    for row in 0..<count {
      guard made[row].isFinite else { return (values, .infinity) }
      let scale = max(made[row].magnitude, values[row].magnitude)
      error = max(error, gap[row].magnitude / (floor + tolerance * scale))
    }
    return (made, error)
  }

  // MARK: Linear systems

  /// Gaussian elimination with the largest pivot of each column; false if the matrix has no inverse.
  private mutating func decompose(_ count: Int) -> Bool {
    order = Array(0..<count)
    for column in 0..<count {
      var best = column
      for row in column..<count
      where matrix[row * count + column].magnitude > matrix[best * count + column].magnitude {
        best = row
      }
      let pivot = matrix[best * count + column]
      guard pivot != 0, pivot.isFinite else { return false }
      if best != column {
        for place in 0..<count { matrix.swapAt(best * count + place, column * count + place) }
        order.swapAt(best, column)
      }
      for row in column + 1..<max(column + 1, count) {
        let factor = matrix[row * count + column] / pivot
        matrix[row * count + column] = factor
        guard factor != 0 else { continue }
        for place in column + 1..<max(column + 1, count) {
          matrix[row * count + place] -= factor * matrix[column * count + place]
        }
      }
    }
    return true
  }

  private func solve(_ right: [Double]) -> [Double] {
    let count = right.count
    var result = order.map { right[$0] }
    for row in 0..<count {
      for place in 0..<row { result[row] -= matrix[row * count + place] * result[place] }
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for place in row + 1..<max(row + 1, count) {
        result[row] -= matrix[row * count + place] * result[place]
      }
      result[row] /= matrix[row * count + row]
    }
    return result
  }
}
