// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Tables

/// Computes the quality report of SDMetrics 0.32.0 as that library does, its habits included.
///
/// Tables of more than 50,000 rows are sampled by the library without a seed; here all rows count.
struct LibraryScoresMeasure: Sendable {
  static let version = "0.32.0"
  private static let correlationThreshold = 0.5
  private static let associationThreshold = 0.3
  private static let binCount = 10

  let columns: [AlignedColumn]
  let report: FidelityReport
  let threads: Int

  func scores() -> LibraryScores {
    let columns = columns
    let shapes = report.columns.compactMap(\.distance.value).map { 1 - $0 }
    let coded = ChunkedWork(count: columns.count, threads: threads, chunkSize: 1).map { range in
      range.map { Coded(columns[$0]) }
    }
    let pairs = report.pairs
    let trends = ChunkedWork(count: pairs.count, threads: threads).map { range in
      var counting = PairCounting()
      return range.map { place -> Double? in
        let pair = pairs[place]
        if columns[pair.first].isContinuous, columns[pair.second].isContinuous {
          guard let strength = pair.realStrength, strength > Self.correlationThreshold else {
            return nil
          }
          return pair.error.value.map { 1 - $0 }
        }
        return Self.contingency(coded[pair.first], coded[pair.second], &counting)
      }
    }.compactMap { $0 }
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    return LibraryScores(
      version: Self.version, columnShapes: mean(shapes), columnPairTrends: mean(trends),
      pairCount: trends.count)
  }

  private static func contingency(
    _ first: Coded, _ second: Coded, _ counting: inout PairCounting
  ) -> Double? {
    counting.count(first.codes, first.count, second.codes, second.count, bootstrap: nil)
    guard counting.totals[0] > 0, counting.totals[1] > 0,
      let association = association(counting, first.count, second.count),
      association > associationThreshold
    else { return nil }
    return 1 - counting.totalVariation(side: 1)
  }

  /// Cramér's V without correction, missing as a level.
  private static func association(
    _ counting: PairCounting, _ firstCount: Int, _ secondCount: Int
  ) -> Double? {
    var rows = [Double](repeating: 0, count: firstCount)
    var columns = [Double](repeating: 0, count: secondCount)
    var used: [(first: Int, second: Int, count: Double)] = []
    counting.forEachCell { cell, real, _ in
      guard real > 0 else { return }
      let (first, second) = counting.codes(of: cell)
      rows[first] += Double(real)
      columns[second] += Double(real)
      used.append((first, second, Double(real)))
    }
    let least = min(rows.count { $0 > 0 }, columns.count { $0 > 0 })
    guard least > 1 else { return nil }
    let sum = used.reduce(0) { $0 + $1.count * $1.count / (rows[$1.first] * columns[$1.second]) }
    return (max(0, sum - 1) / Double(least - 1)).squareRoot()
  }

  /// A column as the library codes it: levels as they are, scales in ten bins of each table's own range.
  private struct Coded: Sendable {
    let codes: [[UInt32]]
    let count: Int

    init(_ column: AlignedColumn) {
      guard column.isContinuous else {
        codes = column.sides.prefix(2).map(\.codes)
        count = column.levels.count + 1
        return
      }
      codes = column.sides.prefix(2).map { side in
        let values = side.presentValues
        var least = values.min() ?? 0
        var most = values.max() ?? 0
        if least == most { (least, most) = (least - 0.5, most + 0.5) }
        let step = (most - least) / Double(LibraryScoresMeasure.binCount)
        let edges = (0...LibraryScoresMeasure.binCount).map { place in
          place == LibraryScoresMeasure.binCount ? most : Double(place) * step + least
        }
        // The greatest value falls beyond the last bin, and missing with it, as `digitize` has it.
        let beyond = UInt32(edges.count)
        return side.values.indices.map { row in
          side.codes[row] == 0 ? beyond : UInt32(edges.count { $0 <= side.values[row] })
        }
      }
      count = LibraryScoresMeasure.binCount + 2
    }
  }
}
