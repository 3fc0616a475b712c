// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables

/// Measures how synthetic rows lie among real ones, beside how fresh real rows do.
///
/// Fresh rows are the holdout's, or other rows of the real table than those compared with.
struct GeometryMeasure: Sendable {
  /// The most rows of a sample.
  static let maximumCount = 2000
  /// The most rows for the discrepancy, whose permutations cost most.
  static let maximumDiscrepancyCount = 800

  let alignment: TableAlignment
  let key: RandomKey
  let threads: Int
  let progress: ProgressHandler

  private struct Figures: Sendable {
    var neighbours: NeighbourFigures?
    var discrepancy: MeanDiscrepancy?
    var isBeyond: Double?
  }

  /// Measures geometry, and the share of synthetic rows farther out than 99 % of real ones.
  func result() -> (geometry: GeometryFidelity, rowShare: Score)? {
    let counts = alignment.rowCounts
    let hasHoldout = counts.count > 2
    let realCount = hasHoldout ? counts[0] : counts[0] / 2
    let size = min(Self.maximumCount, realCount, counts[1], hasHoldout ? counts[2] : realCount)
    guard size >= 1, !alignment.columns.isEmpty else { return nil }
    let ranks = alignment.columns.map { RealRanks($0) }
    func cloud(_ side: Int, _ rows: [Int]) -> PointCloud {
      PointCloud(alignment.columns, side: side, rows: rows, ranks: ranks)
    }
    let own = order(0)
    let real = cloud(0, Array(own.prefix(size)))
    let synthetic = cloud(1, Array(order(1).prefix(size)))
    let fresh =
      hasHoldout ? cloud(2, Array(order(2).prefix(size))) : cloud(0, Array(own.suffix(size)))
    let realToReal = real.squaredDistances(to: real, threads: threads)
    progress.report("measuring geometry", 1, of: 3)
    // Both at once: much of either is work for one thread.
    let both = ChunkedWork(count: 2, threads: threads, chunkSize: 1).map { sides in
      sides.map { self.figures(real, [synthetic, fresh][$0], realToReal) }
    }
    let (figures, reference) = (both[0], both[1])
    progress.report("measuring geometry", 3, of: 3)
    return (
      geometry(figures, reference, size), rowShare(figures.isBeyond, reference.isBeyond, size)
    )
  }

  /// The rows of a table in random order.
  private func order(_ side: Int) -> [Int] {
    var stream = key.stream(path: ["fidelity", "points", String(side)]).stream(entity: 0)
    return Draws.permutation(of: alignment.rowCounts[side], using: &stream)
  }

  private func figures(
    _ real: PointCloud, _ other: PointCloud, _ realToReal: [[Float]]
  ) -> Figures {
    let threads = max(1, threads / 2)
    let otherToOther = other.squaredDistances(to: other, threads: threads)
    let realToOther = real.squaredDistances(to: other, threads: threads)
    return Figures(
      neighbours: NeighbourFigures(
        real: real, other: other, realToReal: realToReal, otherToOther: otherToOther,
        realToOther: realToOther),
      discrepancy: MeanDiscrepancy(
        realToReal: realToReal, otherToOther: otherToOther, realToOther: realToOther,
        count: min(real.count, Self.maximumDiscrepancyCount), key: key, threads: threads),
      isBeyond: Self.shareBeyond(realToReal, realToOther))
  }

  /// The share of other points whose nearest real point is farther than 99 % of real points have it.
  private static func shareBeyond(_ realToReal: [[Float]], _ realToOther: [[Float]]) -> Double? {
    guard realToReal.count >= 2, let count = realToOther.first?.count, count > 0 else { return nil }
    let own = realToReal.enumerated().map { i, row in
      row.enumerated().reduce(Float.infinity) { $1.offset == i ? $0 : min($0, $1.element) }
    }.sorted()
    let bound = own[min(own.count - 1, own.count * 99 / 100)]
    var nearest = [Float](repeating: .infinity, count: count)
    for row in realToOther {
      for (place, distance) in row.enumerated() where distance < nearest[place] {
        nearest[place] = distance
      }
    }
    return Double(nearest.count { $0 > bound }) / Double(count)
  }

  private func geometry(_ figures: Figures, _ fresh: Figures, _ size: Int) -> GeometryFidelity {
    func score(_ figure: KeyPath<NeighbourFigures, Double>) -> Score {
      guard let value = figures.neighbours?[keyPath: figure] else {
        return Score(notComputable: "fewer than six rows in a sample")
      }
      return Score(value, reference: fresh.neighbours?[keyPath: figure])
    }
    var discrepancy = Score(notComputable: "fewer than two rows, or all real rows are equal")
    if let found = figures.discrepancy {
      discrepancy = Score(
        found.value, reference: fresh.discrepancy?.value,
        limit: found.null[found.null.count * 95 / 100],
        note: "limit of \(found.null.count) permutations")
    }
    return GeometryFidelity(
      sampleCount: size, meanDiscrepancy: discrepancy,
      discrepancyProbability: figures.discrepancy?.probability, precision: score(\.precision),
      recall: score(\.recall), density: score(\.density), coverage: score(\.coverage),
      alphaPrecision: score(\.alphaPrecision), betaRecall: score(\.betaRecall),
      authenticity: score(\.authenticity))
  }

  private func rowShare(_ share: Double?, _ fresh: Double?, _ size: Int) -> Score {
    guard let share else { return Score(notComputable: "fewer than two rows in a sample") }
    return Score(share, reference: fresh, note: "measured on \(size) rows of each table")
  }
}
