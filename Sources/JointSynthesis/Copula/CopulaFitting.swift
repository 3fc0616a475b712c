// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis
import Tables

/// Finds the margins and the correlations of a copula.
///
/// The correlation of two normals is the one at which the normal scores of their bins have the mean product
/// that they have in the table: for two scales of many bins all but the correlation of normal scores, for
/// two of two bins the tetrachoric correlation.
struct CopulaFitting {
  /// How often the levels of categories are put in order.
  private static let roundCount = 3

  let binned: [BinnedVariable]
  let steps: [PlanStep]
  let ties: PlannedTies
  /// The fewest rows that a correlation rests on.
  let minimumCount: Int
  let threads: Int

  /// A normal as rows show it.
  private struct Seen {
    let variable: Int
    var scores: HermiteScores
    /// The score of each of the variable's bins; 0 where the normal is not seen.
    var table: [Double]
    /// Whether the normal is seen behind a bin.
    var isSeen: [Bool]
    var isSeenAlways: Bool { isSeen.allSatisfy { $0 } }
  }

  /// Returns the copula.
  func fit(progress: ProgressHandler) -> GaussianCopula {
    var margins = binned.indices.map { margin($0) }
    orderLevels(&margins)
    let seen = normals(margins)
    let rows = ChunkedWork(count: seen.count, threads: threads, chunkSize: 1)
      .map(progress: progress, phase: "fitting") { [seen] list in
        list.map { self.correlations(of: $0, seen) }
      }
    let size = seen.count
    var matrix = [Double](repeating: 0, count: size * size)
    var isZero = [Bool](repeating: false, count: size * size)
    var supports = [Double](repeating: Double(binned.first?.codes.count ?? 0), count: size)
    for (row, entries) in rows.enumerated() {
      matrix[row * size + row] = 1
      for (column, entry) in entries.enumerated() {
        matrix[row * size + column] = entry?.correlation ?? 0
        matrix[column * size + row] = matrix[row * size + column]
        isZero[row * size + column] = entry == nil
        isZero[column * size + row] = entry == nil
        guard let entry else { continue }
        supports[row] = min(supports[row], entry.count)
        supports[column] = min(supports[column], entry.count)
      }
    }
    let repaired = NearestCorrelation.positive(matrix, size: size, isZero: isZero)
    let correlations = (0..<size).flatMap { row in (0..<row).map { repaired[row * size + $0] } }
    guard
      let copula = GaussianCopula(
        margins: margins, correlations: correlations, supports: supports,
        isRepaired: repaired != matrix)
    else { preconditionFailure("a repaired matrix has a factor") }
    return copula
  }

  // MARK: Margins

  private func margin(_ place: Int) -> GaussianCopula.Margin {
    let variable = binned[place]
    let missingCount = variable.layout.missingReasons.count
    let whole = variable.margin
    var margin = GaussianCopula.Margin(
      missing: Array(whole.prefix(missingCount)),
      present: Array(whole.dropFirst(missingCount).prefix(variable.layout.presentBinCount)))
    // Where another variable decides what is missing, nothing else does.
    let isRouted = steps[place].constraints.contains {
      if case .missingFollows = $0 { true } else { false }
    }
    if isRouted, margin.presentWeight > 0 { margin.missing = margin.missing.map { _ in 0 } }
    if !steps[place].balance.isEmpty {
      margin.aims =
        BalancedMargin(whole, of: variable.layout, shares: steps[place].balance).margin
    }
    return margin
  }

  private func normals(_ margins: [GaussianCopula.Margin]) -> [Seen] {
    var seen: [Seen] = []
    for (variable, margin) in margins.enumerated() {
      let missingCount = margin.missing.count
      if let bins = margin.missingBins {
        let scores = HermiteScores(weights: bins.weights)
        let table =
          margin.missing.indices.map { scores.scores[$0 + 1] }
          + margin.present.map { _ in scores.scores[0] }
        seen.append(
          Seen(
            variable: variable, scores: scores, table: table, isSeen: table.map { _ in true }))
      }
      if let bins = margin.presentBins {
        let scores = HermiteScores(weights: bins.weights)
        var table = [Double](repeating: 0, count: missingCount + margin.present.count)
        for position in bins.weights.indices {
          let bin = margin.order.isEmpty ? position : Int(margin.order[position])
          table[missingCount + bin] = scores.scores[position]
        }
        let hides = binned[variable].margin.prefix(missingCount).contains { $0 > 0 }
        seen.append(
          Seen(
            variable: variable, scores: scores, table: table,
            isSeen: table.indices.map { !hides || $0 >= missingCount }))
      }
    }
    return seen
  }

  // MARK: Order of levels

  /// Puts the levels of each category in the order in which its normal has most to say of the others: that
  /// of the first singular vector of the means of their scores, level by level.
  ///
  /// ## Source
  /// Gifi, "Nonlinear Multivariate Analysis" (1990), chapter 4: optimal scaling by alternating least squares.
  private func orderLevels(_ margins: inout [GaussianCopula.Margin]) {
    let nominal = binned.indices.filter {
      !binned[$0].layout.isScale && margins[$0].present.count { $0 > 0 } > 2
    }
    guard binned.count > 1 else { return }
    for _ in 0..<(nominal.isEmpty ? 0 : Self.roundCount) {
      let seen = normals(margins)
      // All by the scores of the last round, so that threads change nothing.
      let orders = ChunkedWork(count: nominal.count, threads: threads, chunkSize: 1).map {
        [margins] places in
        places.map { order(of: nominal[$0], margins[nominal[$0]], seen) }
      }
      for (place, order) in zip(nominal, orders) { margins[place].order = order }
    }
  }

  private func order(
    of place: Int, _ margin: GaussianCopula.Margin, _ seen: [Seen]
  ) -> [UInt8] {
    let missingCount = margin.missing.count
    let others = seen.filter { $0.variable != place && ties.ties(place, $0.variable) }
    let codes = binned[place].codes
    let count = margin.present.count
    // One row a level: the mean score of each other normal, times the root of the level's weight.
    var columns: [[Double]] = []
    for other in others {
      var sums = [Double](repeating: 0, count: 256)
      binned[other.variable].codes.withUnsafeBufferPointer { theirs in
        codes.withUnsafeBufferPointer { codes in
          other.table.withUnsafeBufferPointer { table in
            for row in codes.indices { sums[Int(codes[row])] += table[Int(theirs[row])] }
          }
        }
      }
      columns.append(
        (0..<count).map {
          let weight = margin.present[$0]
          return weight > 0 ? sums[missingCount + $0] / weight.squareRoot() : 0
        })
    }
    let vector = Self.leading(columns, count)
    let scores = (0..<count).map { bin in
      margin.present[bin] > 0 ? vector[bin] / margin.present[bin].squareRoot() : 0
    }
    return (0..<count).sorted { (scores[$0], $0) < (scores[$1], $1) }.map { UInt8($0) }
  }

  /// The first left singular vector of a matrix, by its columns.
  private static func leading(_ columns: [[Double]], _ count: Int) -> [Double] {
    func size(_ column: [Double]) -> Double { column.reduce(0) { $0 + $1 * $1 } }
    guard var vector = columns.max(by: { size($0) < size($1) }), size(vector) > 0 else {
      return [Double](repeating: 0, count: count)
    }
    for _ in 0..<100 {
      var next = [Double](repeating: 0, count: count)
      for column in columns {
        var product = 0.0
        for row in 0..<count { product += column[row] * vector[row] }
        for row in 0..<count { next[row] += product * column[row] }
      }
      let length = size(next).squareRoot()
      guard length > 0 else { break }
      var change = 0.0
      for row in 0..<count {
        change = max(change, (next[row] / length - vector[row]).magnitude)
        vector[row] = next[row] / length
      }
      if change < 1e-10 { break }
    }
    return vector
  }

  // MARK: Correlations

  /// The correlations of a normal with those before it; `nil` where there must be none.
  private func correlations(
    of place: Int, _ seen: [Seen]
  ) -> [(correlation: Double, count: Double)?] {
    let own = seen[place]
    let codes = binned[own.variable].codes
    var scores: [Double] = []
    var isSeen: [Bool] = []
    guard place > 0 else { return [] }
    scores = codes.map { own.table[Int($0)] }
    if !own.isSeenAlways { isSeen = codes.map { own.isSeen[Int($0)] } }
    return (0..<place).map { before -> (correlation: Double, count: Double)? in
      let other = seen[before]
      guard other.variable != own.variable, ties.ties(other.variable, own.variable) else {
        return nil
      }
      let theirs = binned[other.variable].codes
      var product = 0.0
      theirs.withUnsafeBufferPointer { theirs in
        scores.withUnsafeBufferPointer { scores in
          other.table.withUnsafeBufferPointer { table in
            for row in scores.indices { product += scores[row] * table[Int(theirs[row])] }
          }
        }
      }
      var count = Double(codes.count)
      if !isSeen.isEmpty || !other.isSeenAlways {
        count = 0
        for row in codes.indices
        where (isSeen.isEmpty || isSeen[row]) && other.isSeen[Int(theirs[row])] { count += 1 }
      }
      guard count >= Double(max(minimumCount, 2)) else { return nil }
      return (own.scores.correlation(with: other.scores, meanProduct: product / count), count)
    }
  }
}
