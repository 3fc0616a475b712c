// SPDX-License-Identifier: Apache-2.0

/// An order of rows in which those of a tile are alike.
///
/// Rows are halved again and again by the column in which they differ most, as in a k-d tree
/// (Bentley, "Multidimensional binary search trees", 1975), until each part is a tile.
struct TileOrder {
  /// How many rows tell in which column a part differs most.
  private static let sampleCount = 64

  /// The rows in their new order.
  private(set) var rows: [Int32]
  private let table: QuantizedTable
  /// The cells of each column, row after row.
  private let cells: [[Int16]]

  init(_ table: QuantizedTable) {
    self.table = table
    rows = Array(Int32(0)..<Int32(table.rowCount))
    let size = QuantizedTable.tileSize
    let width = table.comparisons.count
    cells = (0..<width).map { column in
      var cells: [Int16] = []
      cells.reserveCapacity(table.tileCount * size)
      for tile in 0..<table.tileCount {
        cells += table.cells[(tile * width + column) * size..<(tile * width + column + 1) * size]
      }
      return cells
    }
    var parts = [0..<table.rowCount]
    while let part = parts.popLast() {
      let tiles = (part.count + size - 1) / size
      guard tiles > 1, let column = mostDiverse(part) else { continue }
      let middle = part.lowerBound + tiles / 2 * size
      halve(part, at: middle, by: cells[column])
      parts.append(part.lowerBound..<middle)
      parts.append(middle..<part.upperBound)
    }
  }

  /// The column in which two rows of a part differ most on average; `nil` if all are equal.
  private func mostDiverse(_ part: Range<Int>) -> Int? {
    let step = max(1, part.count / Self.sampleCount)
    let sample = stride(from: part.lowerBound, to: part.upperBound, by: step).map { Int(rows[$0]) }
    var best: (column: Int, spread: Int)?
    for (column, comparison) in table.comparisons.enumerated() {
      let own = sample.map { cells[column][$0] }.sorted()
      // Of ascending cells, each is compared with the one half of the sample further on.
      let half = own.count / 2
      var spread = 0
      for place in 0..<half {
        let (first, second) = (own[place], own[place + half])
        if comparison == .level || first == QuantizedTable.missing {
          spread += first == second ? 0 : Int(table.unit)
        } else {
          spread += min(Int(table.unit), Int(second) - Int(first))
        }
      }
      if spread > (best?.spread ?? 0) { best = (column, spread) }
    }
    return best?.column
  }

  /// Puts the rows with the least cells first, as many as lie before the middle (Hoare's selection).
  private mutating func halve(_ part: Range<Int>, at middle: Int, by cells: [Int16]) {
    rows.withUnsafeMutableBufferPointer { rows in
      cells.withUnsafeBufferPointer { cells in
        var (low, high) = (part.lowerBound, part.upperBound - 1)
        while low < high {
          let pivot = cells[Int(rows[(low + high) / 2])]
          var (left, right) = (low, high)
          while left <= right {
            while cells[Int(rows[left])] < pivot { left += 1 }
            while cells[Int(rows[right])] > pivot { right -= 1 }
            guard left <= right else { break }
            rows.swapAt(left, right)
            left += 1
            right -= 1
          }
          if middle <= right {
            high = right
          } else if middle >= left {
            low = left
          } else {
            return
          }
        }
      }
    }
  }
}
