// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The log-likelihood of a multinomial logit, with its derivatives.
///
/// Coefficients lie column after column here, one a class but the first, so that a row's entry meets all
/// classes side by side.
struct MultinomialLikelihood {
  private let design: SparseDesign
  private let classes: [Int]
  private let classCount: Int
  private let penalties: RidgePenalties?
  private let width: Int
  /// The root mean square of each column, by which gradients are made comparable.
  private let scales: [Double]

  struct State {
    var likelihood: Double
    var gradient: [Double]
  }

  init(_ design: SparseDesign, classes: [Int], classCount: Int, ridge: [Double]?) {
    self.design = design
    self.classes = classes
    self.classCount = classCount
    width = design.columnCount
    precondition(ridge.map { $0.count == design.columnCount } ?? true, "one penalty a column")
    penalties = ridge.map { ridge in
      RidgePenalties(
        weights: ridge.flatMap { [Double](repeating: $0, count: max(0, classCount - 1)) })
    }
    var squares = [Double](repeating: 0, count: design.columnCount)
    for (column, value) in zip(design.columns, design.values) {
      squares[Int(column)] += value * value
    }
    scales = squares.map {
      $0 > 0 ? ($0 / Double(max(design.rowCount, 1))).squareRoot() : 1
    }
  }

  /// The largest entry of a gradient in units of the columns' size.
  func size(of gradient: [Double]) -> Double {
    gradient.enumerated().reduce(0) {
      max($0, $1.element.magnitude / scales[$1.offset / (classCount - 1)])
    }
  }

  // MARK: Likelihood

  func state(_ beta: [Double]) -> State {
    var state = State(likelihood: 0, gradient: [Double](repeating: 0, count: beta.count))
    let free = classCount - 1
    var odds = [Double](repeating: 0, count: classCount)
    state.gradient.withUnsafeMutableBufferPointer { gradient in
      beta.withUnsafeBufferPointer { beta in
        design.columns.withUnsafeBufferPointer { columns in
          design.values.withUnsafeBufferPointer { values in
            odds.withUnsafeMutableBufferPointer { odds in
              for row in 0..<design.rowCount {
                let entries = design.starts[row]..<design.starts[row + 1]
                state.likelihood += Self.shares(
                  entries, columns, values, beta, odds, observed: classes[row])
                // What is left of each class is written over its share.
                for index in 1..<odds.count { odds[index] = -odds[index] }
                if classes[row] > 0 { odds[classes[row]] += 1 }
                for entry in entries {
                  let first = Int(columns[entry]) &* free
                  let value = values[entry]
                  for index in 0..<free {
                    gradient[first &+ index] += value * odds[index &+ 1]
                  }
                }
              }
            }
          }
        }
      }
    }
    if let penalties {
      state.likelihood -= penalties.loss(beta)
      for (place, weight) in penalties.weights.enumerated() {
        state.gradient[place] -= weight * beta[place]
      }
    }
    return state
  }

  /// Turns the log-odds of a row into shares, and returns the logarithm of the observed one.
  private static func shares(
    _ entries: Range<Int>, _ columns: UnsafeBufferPointer<Int32>,
    _ values: UnsafeBufferPointer<Double>, _ beta: UnsafeBufferPointer<Double>,
    _ odds: UnsafeMutableBufferPointer<Double>, observed: Int
  ) -> Double {
    let free = odds.count &- 1
    for index in 0..<odds.count { odds[index] = 0 }
    for entry in entries {
      let first = Int(columns[entry]) &* free
      let value = values[entry]
      for index in 0..<free { odds[index &+ 1] += value * beta[first &+ index] }
    }
    var greatest = 0.0
    for index in 1..<odds.count where odds[index] > greatest { greatest = odds[index] }
    let own = odds[observed] - greatest
    var total = 0.0
    for index in 0..<odds.count {
      odds[index] = ElementaryFunctions.exp(odds[index] - greatest)
      total += odds[index]
    }
    for index in 0..<odds.count { odds[index] /= total }
    return own - ElementaryFunctions.log(total)
  }

  /// A step along a direction that raises the likelihood enough; `nil` where none does.
  func search(
    from beta: [Double], _ state: State, along direction: [Double]
  ) -> (coefficients: [Double], state: State)? {
    let slope = zip(direction, state.gradient).reduce(0) { $0 + $1.0 * $1.1 }
    guard slope > 0, slope.isFinite else { return nil }
    var length = 1.0
    for _ in 0..<40 {
      let next = zip(beta, direction).map { $0 + length * $1 }
      let reached = self.state(next)
      // Near the top the likelihood's last digits are noise; the gradient then decides.
      let noise = 1e-13 * state.likelihood.magnitude
      if reached.likelihood >= state.likelihood + 1e-4 * length * slope - noise {
        return (next, reached)
      }
      length /= 2
    }
    return nil
  }

  // MARK: Bound

  /// The factor of XᵀX and twice the ridge, which bounds the information together with the classes' part.
  func bound() -> CholeskyFactor {
    var matrix = [Double](repeating: 0, count: width * width)
    for row in 0..<design.rowCount {
      let entries = design.starts[row]..<design.starts[row + 1]
      for i in entries {
        let own = Int(design.columns[i]) * width
        for j in entries where design.columns[j] <= design.columns[i] {
          matrix[own + Int(design.columns[j])] += design.values[i] * design.values[j]
        }
      }
    }
    if let penalties {
      for column in 0..<width {
        matrix[column * width + column] += 2 * penalties.weights[column]
      }
    }
    return CholeskyFactor(matrix, size: width)
  }

  /// Applies the inverse of the bound ½ (I − 11ᵀ/K) ⊗ XᵀX: 2 (I + 11ᵀ) ⊗ (XᵀX)⁻¹.
  func solve(_ bound: CholeskyFactor, _ gradient: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: gradient.count)
    var sums = [Double](repeating: 0, count: width)
    let free = classCount - 1
    for index in 0..<free {
      let own = bound.solve((0..<width).map { gradient[$0 * free + index] })
      for column in 0..<width {
        result[column * free + index] = 2 * own[column]
        sums[column] += 2 * own[column]
      }
    }
    for place in result.indices { result[place] += sums[place / free] }
    return result
  }

  // MARK: Information

  /// The information, row by row, with coefficients class after class; its lower triangle is filled.
  func information(_ beta: [Double]) -> [Double] {
    let free = classCount - 1
    let size = beta.count
    var matrix = [Double](repeating: 0, count: size * size)
    var odds = [Double](repeating: 0, count: classCount)
    for row in 0..<design.rowCount {
      let entries = design.starts[row]..<design.starts[row + 1]
      odds.withUnsafeMutableBufferPointer { odds in
        beta.withUnsafeBufferPointer { beta in
          design.columns.withUnsafeBufferPointer { columns in
            design.values.withUnsafeBufferPointer { values in
              _ = Self.shares(entries, columns, values, beta, odds, observed: 0)
            }
          }
        }
      }
      for a in 0..<free {
        for b in 0...a {
          let weight = odds[a + 1] * ((a == b ? 1 : 0) - odds[b + 1])
          for i in entries {
            let own = (a * width + Int(design.columns[i])) * size + b * width
            let scaled = weight * design.values[i]
            for j in entries where a > b || design.columns[j] <= design.columns[i] {
              matrix[own + Int(design.columns[j])] += scaled * design.values[j]
            }
          }
        }
      }
    }
    for (place, weight) in (penalties?.weights ?? []).enumerated() {
      let own = place % free * width + place / free
      matrix[own * size + own] += weight
    }
    return matrix
  }
}
