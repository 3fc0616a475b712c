// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Synthesis
import Tables

/// Finds the components behind variables, and what each says of them.
///
/// Scales are normal scores; levels and missing reasons are indicators over the root of their shares, as in
/// multiple correspondence analysis, so that both kinds weigh alike (factor analysis of mixed data).
///
/// ## Source
/// Pagès, "Analyse factorielle de données mixtes", Revue de statistique appliquée 52 (2004) 93–111, for the
/// scores; Tipping and Bishop (1999), JRSS B 61, for what is drawn from them.
struct ComponentFitting {
  /// The most rows that components are learned from.
  static let mostRows = 50_000
  /// The most components.
  static let mostComponents = 50
  /// The most classes of the bins of a variable that is no scale.
  static let mostClasses = 32
  /// The most of a normal's variance that components may say.
  static let greatestShare = 0.9998

  let binned: [BinnedVariable]
  let steps: [PlanStep]
  let groups: [[Int]]
  let minimumCount: Int
  let threads: Int

  /// A variable as rows show it.
  private struct Seen {
    /// Where its scores start: its normal's, then its classes'.
    var start = 0
    var scores: HermiteScores?
    /// The normal score of each bin; 0 where it is missing.
    var table: [Double] = []
    /// Whether each bin shows the normal.
    var isSeen: [Bool] = []
    var seenCount = 0.0
    /// The share of each class; empty where there is one only.
    var shares: [Double] = []
    var size: Int { (scores == nil ? 0 : 1) + shares.count }
    var classStart: Int { start + (scores == nil ? 0 : 1) }
  }

  /// Returns the law.
  func fit(progress: ProgressHandler) -> ComponentLaw {
    var parts: [ComponentLaw.Part] = []
    for place in binned.indices {
      let isNormal = isNormal(place)
      parts.append(
        ComponentLaw.Part(
          group: 0, normal: isNormal ? [] : nil,
          classes: BinClasses(
            binned[place], most: isNormal ? 1 : Self.mostClasses,
            minimumWeight: Double(minimumCount)),
          weights: binned[place].margin, loadings: [], factors: []))
    }
    var counts: [Int] = []
    for (number, places) in groups.enumerated() {
      progress.report("fitting", number, of: groups.count)
      counts.append(learn(places, group: number, &parts))
    }
    var aims: [Double] = []
    if let shares = steps.first?.balance, !shares.isEmpty {
      aims = BalancedMargin(binned[0].margin, of: binned[0].layout, shares: shares).margin
    }
    guard
      let law = ComponentLaw(
        counts: counts, parts: parts,
        missingCounts: binned.map { $0.layout.missingReasons.count }, aims: aims)
    else { preconditionFailure("fitted components add up") }
    return law
  }

  private func isNormal(_ place: Int) -> Bool {
    let layout = binned[place].layout
    guard layout.isScale, steps[place].balance.isEmpty else { return false }
    let present = binned[place].margin.dropFirst(layout.missingReasons.count)
    return present.count { $0 > 0 } > 1 && present.reduce(0, +) >= Double(max(minimumCount, 2))
  }

  /// Learns the components of a group, and gives its variables their loadings; the number of components.
  private func learn(
    _ places: [Int], group: Int, _ parts: inout [ComponentLaw.Part]
  ) -> Int {
    let whole = binned.first?.codes.count ?? 0
    let rowCount = min(whole, Self.mostRows)
    let rows = (0..<rowCount).map { $0 * whole / rowCount }
    let codes = places.map { place in rows.map { binned[place].codes[$0] } }
    var seen: [Seen] = []
    var size = 0
    for (index, place) in places.enumerated() {
      var own = Seen(start: size)
      let part = parts[place]
      let missingCount = binned[place].layout.missingReasons.count
      if part.normal != nil {
        let scores = HermiteScores(weights: Array(part.weights.dropFirst(missingCount)))
        own.scores = scores
        own.table = [Double](repeating: 0, count: missingCount) + scores.scores
        own.isSeen = own.table.indices.map { $0 >= missingCount }
        own.seenCount = Double(codes[index].count { Int($0) >= missingCount })
      }
      if part.classes.count > 1 {
        var margin = [Double](repeating: 0, count: part.classes.count)
        for code in codes[index] { margin[Int(part.classes.classOfBin[Int(code)])] += 1 }
        own.shares = margin.map { $0 / Double(rowCount) }
      }
      size += own.size
      seen.append(own)
    }
    let covariances = covariances(places, parts, seen, codes, size: size)
    // Indicators of one variable add up to a constant, and classes that no row has vary in no direction.
    let rank = seen.reduce(0) {
      $0 + ($1.scores == nil ? 0 : 1) + max(0, $1.shares.count { $0 > 0 } - 1)
    }
    let found = PrincipalComponents.chosen(
      covariances, size: size, rowCount: rowCount,
      most: places.count > 1 ? min(Self.mostComponents, max(0, rank - 1)) : 0, rank: max(rank, 1))
    let nodes = ComponentLaw.nodes(found.count)
    for (own, place) in zip(seen, places) {
      parts[place].group = group
      if own.scores != nil {
        var loadings = (0..<found.count).map { found.loading(own.start, $0) }
        let square = loadings.reduce(0) { $0 + $1 * $1 }
        if square > Self.greatestShare {
          let scale = (Self.greatestShare / square).squareRoot()
          loadings = loadings.map { $0 * scale }
        }
        parts[place].normal = loadings
      }
      if !own.shares.isEmpty {
        parts[place].loadings = own.shares.indices.flatMap { entry in
          (0..<found.count).map { found.loading(own.classStart + entry, $0) }
        }
        parts[place].factors = ClassShares.factors(parts[place], nodes: nodes)
      }
    }
    return found.count
  }

  // MARK: Covariances

  private func covariances(
    _ places: [Int], _ parts: [ComponentLaw.Part], _ seen: [Seen], _ codes: [[UInt8]], size: Int
  ) -> [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    let lists = ChunkedWork(count: places.count, threads: threads, chunkSize: 1).map { chunk in
      chunk.map { second in
        (0..<second).map { first in
          cross(
            (seen[first], parts[places[first]].classes, codes[first]),
            (seen[second], parts[places[second]].classes, codes[second]))
        }
      }
    }
    func write(_ i: Int, _ j: Int, _ value: Double) {
      matrix[i * size + j] = value
      matrix[j * size + i] = value
    }
    for (second, list) in lists.enumerated() {
      let own = seen[second]
      if own.scores != nil { write(own.start, own.start, 1) }
      for (l, p) in own.shares.enumerated() {
        for (m, q) in own.shares.enumerated() {
          write(own.classStart + l, own.classStart + m, (l == m ? 1 : 0) - (p * q).squareRoot())
        }
      }
      for (first, entries) in list.enumerated() {
        for i in 0..<seen[first].size {
          for j in 0..<own.size {
            write(seen[first].start + i, own.start + j, entries[i * own.size + j])
          }
        }
      }
    }
    return matrix
  }

  /// The covariances of two variables' scores, those of the first row by row.
  private func cross(
    _ first: (seen: Seen, classes: BinClasses, codes: [UInt8]),
    _ second: (seen: Seen, classes: BinClasses, codes: [UInt8])
  ) -> [Double] {
    let (a, b) = (first.seen, second.seen)
    let (m, n) = (max(1, a.shares.count), max(1, b.shares.count))
    var counts = [Double](repeating: 0, count: m * n)
    // Sums of one's normal in each class of the other.
    var sumsA = [Double](repeating: 0, count: n)
    var sumsB = [Double](repeating: 0, count: m)
    var seenA = sumsA
    var seenB = sumsB
    var (product, both) = (0.0, 0.0)
    let (hasA, hasB) = (a.scores != nil, b.scores != nil)
    let isClassed = (!a.shares.isEmpty, !b.shares.isEmpty)
    first.codes.withUnsafeBufferPointer { x in
      second.codes.withUnsafeBufferPointer { y in
        for row in x.indices {
          let ca = isClassed.0 ? Int(first.classes.classOfBin[Int(x[row])]) : 0
          let cb = isClassed.1 ? Int(second.classes.classOfBin[Int(y[row])]) : 0
          counts[ca &* n &+ cb] += 1
          let isA = hasA && a.isSeen[Int(x[row])]
          let isB = hasB && b.isSeen[Int(y[row])]
          if isA {
            sumsA[cb] += a.table[Int(x[row])]
            seenA[cb] += 1
          }
          if isB {
            sumsB[ca] += b.table[Int(y[row])]
            seenB[ca] += 1
          }
          if isA, isB {
            product += a.table[Int(x[row])] * b.table[Int(y[row])]
            both += 1
          }
        }
      }
    }
    var result = [Double](repeating: 0, count: a.size * b.size)
    let least = Double(max(minimumCount, 2))
    if let sa = a.scores, let sb = b.scores, both >= least {
      result[0] = sa.correlation(with: sb, meanProduct: product / both)
    }
    let (startA, startB) = (hasA ? 1 : 0, hasB ? 1 : 0)
    if hasA, let scale = Self.scale(a), a.seenCount >= least {
      let mean = sumsA.reduce(0, +)
      for (l, p) in b.shares.enumerated() where p > 0 {
        result[startB + l] = (sumsA[l] - p * mean) / (p.squareRoot() * a.seenCount * scale)
      }
    }
    if hasB, let scale = Self.scale(b), b.seenCount >= least {
      let mean = sumsB.reduce(0, +)
      for (l, p) in a.shares.enumerated() where p > 0 {
        result[(startA + l) * b.size] =
          (sumsB[l] - p * mean) / (p.squareRoot() * b.seenCount * scale)
      }
    }
    let rows = Double(first.codes.count)
    for (l, p) in a.shares.enumerated() where p > 0 {
      for (k, q) in b.shares.enumerated() where q > 0 {
        result[(startA + l) * b.size + startB + k] =
          (counts[l * n + k] / rows - p * q) / (p * q).squareRoot()
      }
    }
    return result
  }

  /// The variance of the scores of a normal's bins, by which what is seen of the normal falls short.
  private static func scale(_ seen: Seen) -> Double? {
    guard let scores = seen.scores else { return nil }
    var below = 0.0
    var sum = 0.0
    for (bin, score) in scores.scores.enumerated() {
      let upper =
        bin < scores.thresholds.count
        ? NormalDistribution.cumulative(scores.thresholds[bin]) : 1
      sum += (upper - below) * score * score
      below = upper
    }
    return sum > 1e-6 ? sum : nil
  }
}
