// SPDX-License-Identifier: Apache-2.0
import Learners

/// How much a predictor tells of a target.
enum Association {
  /// Groups into which bins are pooled, so that tables do not grow thin.
  private static let groupCount = 12

  /// Cramér's V without its bias, at least 0.05 so that no predictor is forgotten.
  ///
  /// ## Source
  /// Bergsma, "A bias-correction for Cramér's V and Tschuprow's T", Journal of the Korean Statistical
  /// Society 42 (2013) 323–328.
  static func cramersV(of predictor: TreePredictor, _ target: TreeTarget, _ rows: [Int32]) -> Double
  {
    func group(_ codes: [UInt8], _ binCount: Int) -> [Int] {
      var counts = [Int](repeating: 0, count: binCount)
      for row in rows { counts[Int(codes[Int(row)])] += 1 }
      var (groups, place, size) = ([Int](repeating: 0, count: binCount), 0, 0)
      for bin in counts.indices {
        groups[bin] = place
        size += counts[bin]
        if size * groupCount >= rows.count {
          place += 1
          size = 0
        }
      }
      return groups
    }
    let (a, b) = (
      group(predictor.codes, predictor.binCount), group(target.codes, target.binCount)
    )
    let (height, width) = ((a.max() ?? 0) + 1, (b.max() ?? 0) + 1)
    var table = [Double](repeating: 0, count: height * width)
    for row in rows {
      table[a[Int(predictor.codes[Int(row)])] * width + b[Int(target.codes[Int(row)])]] += 1
    }
    let n = Double(rows.count)
    let sums = (0..<height).map { i in (0..<width).reduce(0) { $0 + table[i * width + $1] } }
    let columns = (0..<width).map { j in (0..<height).reduce(0) { $0 + table[$1 * width + j] } }
    var square = 0.0
    for i in 0..<height {
      for j in 0..<width where sums[i] > 0 && columns[j] > 0 {
        let expected = sums[i] * columns[j] / n
        square += (table[i * width + j] - expected) * (table[i * width + j] - expected) / expected
      }
    }
    let rank = Double(min(sums.count { $0 > 0 }, columns.count { $0 > 0 }) - 1)
    let freedom = Double((sums.count { $0 > 0 } - 1) * (columns.count { $0 > 0 } - 1))
    guard rank > 0, n > 1 else { return 0.05 }
    return max(0.05, (max(0, square - freedom) / (n * rank)).squareRoot())
  }
}
