// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// One variable of two tables as small whole numbers: levels, or groups between quantiles; 0 is missing.
struct CodedVariable {
  /// The codes of the real rows.
  let real: [Int]
  /// The codes of the synthetic rows.
  let synthetic: [Int]
  /// How many codes there are, 0 included.
  let count: Int

  /// Codes a variable; a scale is cut at quantiles of the real rows.
  init(_ column: AlignedColumn, groupCount: Int = 5) {
    let (first, second) = (column.sides[0], column.sides[1])
    guard column.isContinuous else {
      real = first.codes.map(Int.init)
      synthetic = second.codes.map(Int.init)
      count = column.levels.count + 1
      return
    }
    let sorted = first.presentValues.sorted()
    let cuts = (1..<groupCount).compactMap {
      Quantiles.quantile(Double($0) / Double(groupCount), ofSorted: sorted)
    }
    func codes(_ side: AlignedColumn.Side) -> [Int] {
      side.values.indices.map { row in
        side.codes[row] == 0 ? 0 : 1 + cuts.count { side.values[row] > $0 }
      }
    }
    real = codes(first)
    synthetic = codes(second)
    count = groupCount + 1
  }
}
