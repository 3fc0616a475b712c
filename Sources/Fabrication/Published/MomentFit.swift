// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Weights nearest to given ones that meet several controls at once, by Newton's method.
///
/// Means, deviations, quantiles and correlations of one number hang together, so that meeting one after
/// another converges slowly. The weights are wᵢ·exp(Σₖ λₖaₖᵢ), and the λ are where the convex function
/// Σᵢ wᵢ·exp(Σₖ λₖaₖᵢ) − Σₖ λₖbₖ is least.
///
/// ## Source
/// Agmon, Alhassid and Levine, "An algorithm for finding the distribution of maximal entropy", Journal
/// of Computational Physics 30 (1979) 250–258.
struct MomentFit {
  private let controls: [EntropyFit.Control]
  /// The coefficients of each control, by cell.
  private let coefficients: [[Double]]
  private let count: Int

  /// Whether so many controls of so many weights can be met together at a bearable cost.
  static func holds(_ controls: Int, count: Int) -> Bool {
    controls <= 80 && controls * count <= 4_000_000
  }

  /// Creates a fit of some controls to so many weights.
  init(_ controls: [EntropyFit.Control], count: Int) {
    self.controls = controls
    self.count = count
    coefficients = controls.map { control in
      var dense = [Double](repeating: 0, count: count)
      for (place, member) in control.members.enumerated() {
        dense[Int(member)] = control.coefficients.isEmpty ? 1 : control.coefficients[place]
      }
      return dense
    }
  }

  /// Moves the weights towards meeting the controls, by at most so many steps.
  func meet(_ weights: inout [Double], steps: Int = 4) {
    guard !controls.isEmpty else { return }
    for _ in 0..<steps {
      let gradient = coefficients.indices.map { row in
        dot(coefficients[row], weights) - controls[row].target
      }
      let isMet = zip(controls, gradient).allSatisfy {
        abs($1) <= 1e-13 * max(1, max(abs($0.target), $0.scale))
      }
      if isMet { return }
      guard let step = direction(gradient, weights) else { return }
      var exponents = [Double](repeating: 0, count: count)
      for (row, factor) in step.enumerated() where factor != 0 {
        for cell in exponents.indices { exponents[cell] += factor * coefficients[row][cell] }
      }
      // A step goes over no more than e³, and is halved until the function falls.
      let most = exponents.reduce(0) { max($0, abs($1)) }
      var scale = most > 3 ? 3 / most : 1
      let slope = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard slope < 0 else { return }
      let targets = zip(step, controls).reduce(0) { $0 + $1.0 * $1.1.target }
      let before = weights.reduce(0, +)
      var moved = weights
      for _ in 0..<30 {
        var after = CompensatedSum()
        for cell in moved.indices {
          moved[cell] = weights[cell] * ElementaryFunctions.exp(scale * exponents[cell])
          after.add(moved[cell])
        }
        if after.value - scale * targets <= before + 1e-4 * scale * slope + 1e-13 * before { break }
        scale /= 2
      }
      weights = moved
    }
  }

  private func dot(_ row: [Double], _ weights: [Double]) -> Double {
    var sum = CompensatedSum()
    for cell in row.indices where row[cell] != 0 { sum.add(row[cell] * weights[cell]) }
    return sum.value
  }

  /// Newton's direction: the solution of H·step = −gradient, by Cholesky's method.
  private func direction(_ gradient: [Double], _ weights: [Double]) -> [Double]? {
    let size = gradient.count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for row in 0..<size {
      let weighted = coefficients[row].indices.map { coefficients[row][$0] * weights[$0] }
      for column in 0...row {
        var sum = 0.0
        let other = coefficients[column]
        for cell in weighted.indices { sum += weighted[cell] * other[cell] }
        matrix[row][column] = sum
      }
    }
    let most = (0..<size).reduce(0) { max($0, matrix[$1][$1]) }
    guard most > 0 else { return nil }
    // Controls that follow from others make the matrix singular; a little is added.
    for row in 0..<size { matrix[row][row] += 1e-12 * most }
    for row in 0..<size {
      for column in 0...row {
        var sum = matrix[row][column]
        for inner in 0..<column { sum -= matrix[row][inner] * matrix[column][inner] }
        if row == column {
          guard sum > 0 else { return nil }
          matrix[row][row] = ElementaryFunctions.sqrt(sum)
        } else {
          matrix[row][column] = sum / matrix[column][column]
        }
      }
    }
    var solution = gradient.map { -$0 }
    for row in 0..<size {
      for inner in 0..<row { solution[row] -= matrix[row][inner] * solution[inner] }
      solution[row] /= matrix[row][row]
    }
    for row in (0..<size).reversed() {
      for inner in row + 1..<size { solution[row] -= matrix[inner][row] * solution[inner] }
      solution[row] /= matrix[row][row]
    }
    return solution
  }
}
