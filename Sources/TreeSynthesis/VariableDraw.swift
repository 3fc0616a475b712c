// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// Draws one variable for a chunk of rows.
struct VariableDraw: Sendable {
  private let variable: FittedVariable
  private let stream: StreamKey
  private let missingCount: Int
  private let cells: CellDraw?
  private let levelChoice: [Double]
  private let groupStarts: [Int]
  private let levelCount: Int
  private let presentBinCount: Int

  init(_ variable: FittedVariable, key: RandomKey, table: String) {
    self.variable = variable
    stream = key.stream(table: table, variable.name)
    missingCount = variable.layout.missingReasons.count
    presentBinCount = variable.layout.presentBinCount
    switch variable.layout.content {
    case .scale(let layout):
      cells = CellDraw(layout)
      levelChoice = []
      groupStarts = []
      levelCount = 0
    case .levels(let layout):
      cells = nil
      var total = 0.0
      levelChoice = layout.weights.map {
        total += $0
        return total
      }
      groupStarts = layout.groupStarts
      levelCount = layout.count
    }
  }

  /// Draws the variable for rows of the run.
  ///
  /// - Parameters:
  ///   - range: The places of the rows in the output.
  ///   - firstRow: The number of the run's row at place 0.
  ///   - bins: The chunk's bins, one stretch of `stride` a variable.
  ///   - place: This variable's stretch.
  func fill(
    _ range: Range<Int>, firstRow: Int, bins: UnsafeMutablePointer<UInt8>, place: Int,
    stride: Int, into output: DrawnColumn
  ) {
    LeafDraw.with(variable.tree) { tree in
      let own = bins + place * stride
      withPredictors(bins, stride) { columns, positions in
        for index in range {
          let offset = index - range.lowerBound
          let row = UInt64(firstRow + index)
          let leaf = tree.leaf { predictor in
            let bin = columns[predictor][offset]
            guard let order = positions[predictor] else { return bin }
            return order[Int(bin)]
          }
          let (choice, inside) = stream.uniforms(entity: row, draw: 0)
          let bin = Int(tree.bin(leaf: leaf, uniform: choice))
          own[offset] = UInt8(bin)
          if bin < missingCount {
            output.missing[index] = UInt8(bin + 1)
          } else if let cells {
            let cell = bin - missingCount
            let second = cells.isSingle(cell) ? 0 : stream.uniforms(entity: row, draw: 1).0
            output.numbers[index] = cells.value(cell, choice: second, position: inside)
          } else {
            let level = level(bin - missingCount, inside)
            output.levels[index] = UInt32(level)
            own[offset] = UInt8(missingCount + binOfLevel(level))
          }
        }
      }
    }
  }

  /// The level that a bin stands for; rare ones give way to a common one.
  private func level(_ bin: Int, _ uniform: Double) -> Int {
    if groupStarts.isEmpty, bin < levelCount { return bin }
    guard levelCount > 0 else { return 0 }
    var range = 0..<levelCount
    if !groupStarts.isEmpty, bin < groupStarts.count {
      range =
        groupStarts[bin]..<(bin + 1 < groupStarts.count ? groupStarts[bin + 1] : levelCount)
    }
    let base = range.lowerBound > 0 ? levelChoice[range.lowerBound - 1] : 0
    let aim = base + uniform * (levelChoice[range.upperBound - 1] - base)
    var low = range.lowerBound
    var high = range.upperBound - 1
    while low < high {
      let middle = (low + high) >> 1
      if levelChoice[middle] <= aim { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func binOfLevel(_ level: Int) -> Int {
    guard groupStarts.count > 1 else { return groupStarts.isEmpty ? level : 0 }
    return level / groupStarts[1]
  }

  private func withPredictors(
    _ bins: UnsafeMutablePointer<UInt8>, _ stride: Int,
    _ body: ([UnsafePointer<UInt8>], [[UInt8]?]) -> Void
  ) {
    body(
      variable.predictors.map { UnsafePointer(bins + $0 * stride) },
      variable.tree.positions.map { $0.isEmpty ? nil : $0 })
  }
}
