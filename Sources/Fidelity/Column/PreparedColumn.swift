// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// A variable coded once, so that pairs are measured from codes.
struct PreparedColumn: Sendable {
  /// The variable.
  let aligned: AlignedColumn
  /// For each table the level or bin of each row, counted from 1; 0 where missing.
  let codes: [[UInt32]]
  /// The number of codes, the one for missing among them.
  let codeCount: Int
  /// For each table the values as deviations from the real mean in real standard deviations.
  ///
  /// 0 where missing. Empty unless the values are on a scale and vary.
  let standardized: [[Double]]

  var isContinuous: Bool { aligned.isContinuous }

  /// Whether a table's column misses no cell.
  func isComplete(_ side: Int) -> Bool {
    aligned.sides[side].presentCount == aligned.sides[side].codes.count
  }

  init(_ aligned: AlignedColumn) {
    self.aligned = aligned
    guard aligned.isContinuous else {
      codes = aligned.sides.map(\.codes)
      codeCount = aligned.levels.count + 1
      standardized = []
      return
    }
    let real = aligned.sides[0].presentValues
    let bins = EqualWidthBins(of: real)
    codes = aligned.sides.map { side in
      side.values.indices.map {
        side.codes[$0] == 0 ? 0 : UInt32(bins.bin(of: side.values[$0]) + 1)
      }
    }
    codeCount = EqualWidthBins.count + 1
    if let moments = Moments(of: real), let deviation = moments.standardDeviation, deviation > 0,
      deviation.isFinite
    {
      standardized = aligned.sides.map { side in
        side.values.indices.map {
          side.codes[$0] == 0 ? 0 : (side.values[$0] - moments.mean) / deviation
        }
      }
    } else {
      standardized = []
    }
  }
}
