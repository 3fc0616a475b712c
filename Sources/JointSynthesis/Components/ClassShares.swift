// SPDX-License-Identifier: Apache-2.0

/// The probabilities of a variable's classes, given scores on components.
struct ClassShares: Sendable {
  private let shares: [Double]
  private let roots: [Double]
  /// The loadings on each component, one a class.
  private let loadings: [Double]
  private let factors: [Double]
  private let count: Int

  init(_ part: ComponentLaw.Part) {
    let margin = part.classMargin
    let total = margin.reduce(0, +)
    shares = margin.map { $0 / total }
    roots = shares.map { $0.squareRoot() }
    factors = part.factors
    let count = part.factors.isEmpty ? 0 : part.loadings.count / part.factors.count
    self.count = count
    loadings = (0..<count).flatMap { component in
      part.factors.indices.map { part.loadings[$0 * count + component] }
    }
  }

  /// Writes the probability of each class.
  ///
  /// - Parameter score: The row's score on a component.
  @inline(__always)
  func fill(_ list: inout [Double], _ score: (Int) -> Double) {
    guard !factors.isEmpty else {
      for own in shares.indices { list[own] = shares[own] }
      return
    }
    let classCount = factors.count
    list.withUnsafeMutableBufferPointer { list in
      loadings.withUnsafeBufferPointer { loadings in
        for own in 0..<classCount { list[own] = 0 }
        for component in 0..<count {
          let value = score(component)
          let start = component &* classCount
          for own in 0..<classCount { list[own] += loadings[start &+ own] * value }
        }
      }
      var total = 0.0
      for own in 0..<classCount {
        list[own] =
          factors[own]
          * max(shares[own] + roots[own] * list[own], ComponentLaw.floor * shares[own])
        total += list[own]
      }
      guard total > 0 else {
        for own in 0..<classCount { list[own] = shares[own] }
        return
      }
      for own in 0..<classCount { list[own] /= total }
    }
  }

  /// The factors by which each class is as common over nodes of scores as in the table.
  ///
  /// - Parameter nodes: The scores, a stretch a component.
  static func factors(_ part: ComponentLaw.Part, nodes: [Double]) -> [Double] {
    let size = ComponentLaw.nodeCount
    var part = part
    part.factors = [Double](repeating: 1, count: part.classes.count)
    let shares = ClassShares(part)
    var list = part.factors
    // What each node says, before factors.
    var weights: [Double] = []
    for node in 0..<size {
      shares.fill(&list) { nodes[$0 * size + node] }
      weights += list
    }
    let count = list.count
    var factors = part.factors
    for _ in 0..<200 {
      var sums = [Double](repeating: 0, count: count)
      for node in 0..<size {
        var total = 0.0
        for own in 0..<count { total += factors[own] * weights[node * count + own] }
        guard total > 0 else { continue }
        for own in 0..<count { sums[own] += factors[own] * weights[node * count + own] / total }
      }
      var change = 0.0
      for own in 0..<count where shares.shares[own] > 0 && sums[own] > 0 {
        let ratio = shares.shares[own] * Double(size) / sums[own]
        change = max(change, (ratio - 1).magnitude)
        factors[own] *= ratio
      }
      if change < 1e-9 { break }
    }
    return factors
  }
}
