// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The log-likelihood of a multinomial logit, with its derivatives.
///
/// Coefficients lie column after column here, one a class but the first, so that a row's entry meets all
/// classes side by side.
struct MultinomialLikelihood {
  private let rows: MultinomialRows
  private let classCount: Int
  private let penalties: RidgePenalties?
  private let width: Int
  /// The root mean square of each column, by which gradients are made comparable.
  private let scales: [Double]
  /// The share of each class, that of a class without rows a little above 0.
  private let shares: [Double]

  private static let blockRows = 64

  struct State {
    var likelihood: Double
    var gradient: [Double]
  }

  init(_ design: SparseDesign, classes: [Int], classCount: Int, ridge: [Double]?) {
    self.classCount = classCount
    width = design.columnCount
    precondition(ridge.map { $0.count == design.columnCount } ?? true, "one penalty a column")
    penalties = ridge.map { ridge in
      RidgePenalties(
        weights: ridge.flatMap { [Double](repeating: $0, count: max(0, classCount - 1)) })
    }
    rows = MultinomialRows(design, classes: classes)
    var counts = [Double](repeating: 0.5, count: classCount)
    for place in classes { counts[place] += 1 }
    let total = counts.reduce(0, +)
    shares = counts.map { $0 / total }
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

  // MARK: Start

  /// The coefficients of the model with nothing but the column that is 1 in each row, if there is one: the
  /// log-odds of the classes' shares.
  func start() -> [Double] {
    let free = classCount - 1
    var beta = [Double](repeating: 0, count: width * free)
    var ones = [Int](repeating: 0, count: width)
    for (column, value) in zip(rows.design.columns, rows.design.values) where value == 1 {
      ones[Int(column)] += 1
    }
    guard let constant = ones.firstIndex(of: rows.design.rowCount) else { return beta }
    let logarithms = shares.map(ElementaryFunctions.log)
    for index in 0..<free {
      beta[constant * free + index] = logarithms[index + 1] - logarithms[0]
    }
    return beta
  }

  // MARK: Likelihood

  func state(_ beta: [Double]) -> State {
    var state = State(likelihood: 0, gradient: [Double](repeating: 0, count: beta.count))
    let free = classCount - 1
    state.gradient.withUnsafeMutableBufferPointer { gradient in
      state.likelihood = eachRow(beta) { row, own, columns, values in
        // What is left of each class is written over its share.
        let weight = rows.weights[row]
        for index in 1..<classCount { own[index] *= -weight }
        for place in rows.starts[row]..<rows.starts[row + 1] {
          own[Int(rows.classes[place])] += rows.counts[place]
        }
        for entry in rows.design.starts[row]..<rows.design.starts[row + 1] {
          let first = Int(columns[entry]) &* free
          let value = values[entry]
          for index in 0..<free { gradient[first &+ index] += value * own[index &+ 1] }
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

  private typealias RowBody = (
    _ row: Int, _ shares: UnsafeMutablePointer<Double>, _ columns: UnsafeBufferPointer<Int32>,
    _ values: UnsafeBufferPointer<Double>
  ) -> Void

  /// Hands each row's shares of the classes on, which may be written over, with the design's columns and
  /// values.
  ///
  /// - Returns: The log-likelihood of the classes that were seen.
  private func eachRow(_ beta: [Double], _ body: RowBody) -> Double {
    let design = rows.design
    let most = Self.blockRows
    let size = most * classCount
    var likelihood = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size + most) { room in
      guard let odds = room.baseAddress else { return }
      beta.withUnsafeBufferPointer { beta in
        design.columns.withUnsafeBufferPointer { columns in
          design.values.withUnsafeBufferPointer { values in
            for first in stride(from: 0, to: design.rowCount, by: most) {
              let block = first..<min(first + most, design.rowCount)
              for row in block {
                let own = odds + (row - first) * classCount
                likelihood += combine(row, columns, values, beta, into: own)
              }
              ElementaryFunctions.exp(
                each: UnsafeMutableBufferPointer(start: odds, count: block.count * classCount))
              let totals = UnsafeMutableBufferPointer(start: odds + size, count: block.count)
              for place in totals.indices { totals[place] = scale(odds + place * classCount) }
              ElementaryFunctions.log(each: totals)
              for row in block {
                likelihood -= rows.weights[row] * totals[row - first]
                body(row, odds + (row - first) * classCount, columns, values)
              }
            }
          }
        }
      }
    }
    return likelihood
  }

  /// Writes the log-odds of a row less the greatest, and returns the sum of those that were seen.
  private func combine(
    _ row: Int, _ columns: UnsafeBufferPointer<Int32>, _ values: UnsafeBufferPointer<Double>,
    _ beta: UnsafeBufferPointer<Double>, into odds: UnsafeMutablePointer<Double>
  ) -> Double {
    let free = classCount &- 1
    for index in 0..<classCount { odds[index] = 0 }
    for entry in rows.design.starts[row]..<rows.design.starts[row + 1] {
      let first = Int(columns[entry]) &* free
      let value = values[entry]
      for index in 0..<free { odds[index &+ 1] += value * beta[first &+ index] }
    }
    var greatest = 0.0
    for index in 1..<classCount where odds[index] > greatest { greatest = odds[index] }
    var seen = 0.0
    for place in rows.starts[row]..<rows.starts[row + 1] {
      seen += rows.counts[place] * (odds[Int(rows.classes[place])] - greatest)
    }
    // Below, a share is 0 to all digits.
    for index in 0..<classCount { odds[index] = max(odds[index] - greatest, -700) }
    return seen
  }

  /// Makes numbers shares of their sum, which it returns.
  private func scale(_ own: UnsafeMutablePointer<Double>) -> Double {
    var total = 0.0
    for index in 0..<classCount { total += own[index] }
    let factor = 1 / total
    for index in 0..<classCount { own[index] *= factor }
    return total
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

  // MARK: Curvature

  /// What stands for the information at some coefficients.
  ///
  /// - Parameter mostEntries: Where factors for each class would have more, all share one.
  func curvature(
    _ beta: [Double], mostEntries: Int = MultinomialCurvature.mostEntries
  ) -> MultinomialCurvature {
    let isPair = classCount == 2
    let area = width * width
    let count = isPair ? 1 : classCount
    guard count * area <= mostEntries else { return sharedCurvature() }
    var matrices = [Double](repeating: 0, count: count * area)
    matrices.withUnsafeMutableBufferPointer { matrices in
      _ = eachRow(beta) { row, shares, columns, values in
        let entries = rows.design.starts[row]..<rows.design.starts[row + 1]
        let weight = rows.weights[row] * (isPair ? shares[1] : 1)
        for index in 0..<count {
          let own = weight * shares[index]
          guard own > 1e-12 else { continue }
          for i in entries {
            let first = index * area + Int(columns[i]) * width
            let scaled = own * values[i]
            for j in entries where columns[j] <= columns[i] {
              matrices[first &+ Int(columns[j])] += scaled * values[j]
            }
          }
        }
      }
    }
    let free = classCount - 1
    return MultinomialCurvature(
      factors: (0..<count).map { index in
        var matrix = Array(matrices[index * area..<(index + 1) * area])
        if let penalties {
          for column in 0..<width {
            matrix[column * width + column] += penalties.weights[column * free]
          }
        }
        return CholeskyFactor(matrix, size: width)
      }, width: width, classCount: classCount)
  }

  private func sharedCurvature() -> MultinomialCurvature {
    var matrix = [Double](repeating: 0, count: width * width)
    for row in 0..<rows.design.rowCount {
      let entries = rows.design.starts[row]..<rows.design.starts[row + 1]
      for i in entries {
        let own = Int(rows.design.columns[i]) * width
        let scaled = rows.weights[row] * rows.design.values[i]
        for j in entries where rows.design.columns[j] <= rows.design.columns[i] {
          matrix[own + Int(rows.design.columns[j])] += scaled * rows.design.values[j]
        }
      }
    }
    if let penalties {
      for column in 0..<width {
        matrix[column * width + column] +=
          Double(classCount) * penalties.weights[column * (classCount - 1)]
      }
    }
    return MultinomialCurvature(
      factor: CholeskyFactor(matrix, size: width), shares: shares, width: width)
  }

  // MARK: Information

  /// The information, row by row, with coefficients class after class; its lower triangle is filled.
  func information(_ beta: [Double]) -> [Double] {
    let free = classCount - 1
    let size = beta.count
    var matrix = [Double](repeating: 0, count: size * size)
    matrix.withUnsafeMutableBufferPointer { matrix in
      _ = eachRow(beta) { row, shares, columns, values in
        let entries = rows.design.starts[row]..<rows.design.starts[row + 1]
        for a in 0..<free {
          for b in 0...a {
            let weight =
              rows.weights[row] * shares[a + 1] * ((a == b ? 1 : 0) - shares[b + 1])
            for i in entries {
              let own = (a * width + Int(columns[i])) * size + b * width
              let scaled = weight * values[i]
              for j in entries where a > b || columns[j] <= columns[i] {
                matrix[own + Int(columns[j])] += scaled * values[j]
              }
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
