// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables

/// Synthetic rows that lie nearer to a real row than any other real row does.
///
/// Each synthetic row is taken to its nearest real row, and asked whether it is nearer to that row
/// than the row's own nearest neighbour; ties count one half. Fresh rows are so in about half of all
/// cases, copies with a little noise nearly always. The reference leaves each real row out in turn,
/// so that no control is needed.
///
/// ## Source
/// One less the authenticity of Alaa et al., "How faithful is your synthetic data?", ICML 2022.
struct NearerThanNeighbours {
  /// The most rows that are asked about.
  static let maximumQueryCount = 2000
  /// The most real rows that are searched.
  static let maximumCandidateCount = 50_000

  let score: Score

  init(
    _ tables: ComparedTables, quantizer: Quantizer, key: RandomKey, threads: Int,
    progress: ProgressHandler
  ) {
    let counts = tables.rowCounts
    guard counts[0] > 2, counts[1] > 0 else {
      score = Score(notComputable: "a table has too few rows")
      return
    }
    func drawn(_ table: Int, _ most: Int, _ name: String) -> [Int] {
      var stream = key.stream(path: ["disclosure", "neighbours", name]).stream(entity: 0)
      return Draws.sample(min(counts[table], most), of: counts[table], using: &stream)
    }
    let real = quantizer.table(0, rows: drawn(0, Self.maximumCandidateCount, "real"))
    let synthetic = quantizer.table(1, rows: drawn(1, Self.maximumQueryCount, "synthetic"))
    let search = NearestSearch(candidates: real)
    var stream = key.stream(path: ["disclosure", "neighbours", "fresh"]).stream(entity: 0)
    let fresh = Draws.sample(
      min(real.rowCount, Self.maximumQueryCount), of: real.rowCount, using: &stream)
    func hits(_ count: Int, _ hit: @escaping @Sendable (Int) -> Double) -> Double {
      ChunkedWork(count: count, threads: threads).map(
        progress: progress, phase: "measuring neighbours"
      ) { range in range.map(hit) }.reduce(0, +)
    }
    let own = hits(synthetic.rowCount) {
      Self.hit(synthetic.row($0), itself: nil, real, search)
    }
    let reference = hits(fresh.count) {
      Self.hit(real.row(fresh[$0]), itself: fresh[$0], real, search)
    }
    score =
      FreshShare(
        syntheticHits: own, syntheticTotal: Double(synthetic.rowCount), realHits: reference,
        realTotal: Double(fresh.count), rows: (real: fresh.count, synthetic: synthetic.rowCount)
      ).score
  }

  /// 1 if a row is nearer to its nearest real row than that row's neighbours are, 0.5 for a tie.
  private static func hit(
    _ cells: [Int16], itself: Int?, _ real: QuantizedTable, _ search: NearestSearch
  ) -> Double {
    let nearest = search.nearest(to: cells, excluding: itself)
    let others = search.rows(within: nearest.distance, of: real.row(nearest.row))
      .filter { $0 != nearest.row && $0 != itself }
    guard !others.isEmpty else { return 1 }
    guard nearest.distance > 0 else { return 0.5 }
    let nearer = search.rows(within: nearest.distance - 1, of: real.row(nearest.row))
    return nearer.contains { $0 != nearest.row && $0 != itself } ? 0 : 0.5
  }
}
