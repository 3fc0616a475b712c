// SPDX-License-Identifier: Apache-2.0

/// For each tile of rows, the least distance that a row can have from any of them.
///
/// Of a scale a tile keeps its least and its greatest cell and whether one is missing; of levels, which
/// of sixteen groups of levels occur.
struct TileBounds: Sendable {
  private let comparisons: [QuantizedTable.Comparison]
  private let unit: Int16
  private let tileCount: Int
  /// Least cells, column after column in tiles.
  private let least: [Int16]
  private let greatest: [Int16]
  /// Groups of levels as bits; of scales the first bit, where a cell is missing.
  private let groups: [Int16]

  init(_ table: QuantizedTable) {
    comparisons = table.comparisons
    unit = table.unit
    tileCount = table.tileCount
    let size = QuantizedTable.tileSize
    let width = table.comparisons.count
    var least = [Int16](repeating: 0, count: width * tileCount)
    var greatest = least
    var groups = least
    for tile in 0..<tileCount {
      for column in 0..<width {
        let first = (tile * width + column) * size
        let place = column * tileCount + tile
        var bits: Int16 = 0
        var (low, high) = (Int16.max, Int16.min)
        for cell in table.cells[first..<first + size] {
          if table.comparisons[column] == .level {
            bits |= 1 << (cell & 15)
          } else if cell == QuantizedTable.missing {
            bits = 1
          } else {
            low = min(low, cell)
            high = max(high, cell)
          }
        }
        groups[place] = bits
        // Where no cell is present, nothing is claimed.
        least[place] = low <= high ? low : -table.unit
        greatest[place] = low <= high ? high : 2 * table.unit
      }
    }
    self.least = least
    self.greatest = greatest
    self.groups = groups
  }

  /// Writes the bound of each tile, by some of a row's cells.
  func write(_ own: [Int16], _ columns: [Int], to bounds: UnsafeMutablePointer<Int16>) {
    bounds.initialize(repeating: 0, count: tileCount)
    least.withUnsafeBufferPointer { least in
      greatest.withUnsafeBufferPointer { greatest in
        groups.withUnsafeBufferPointer { groups in
          guard let least = least.baseAddress, let greatest = greatest.baseAddress,
            let groups = groups.baseAddress
          else { return }
          for column in columns {
            let first = column * tileCount
            let cell = own[column]
            if comparisons[column] == .level || cell == QuantizedTable.missing {
              add(groups + first, bit: comparisons[column] == .level ? 1 << (cell & 15) : 1, bounds)
            } else {
              add(least + first, greatest + first, cell, bounds)
            }
          }
        }
      }
    }
  }

  private func add(
    _ groups: UnsafePointer<Int16>, bit: Int16, _ bounds: UnsafeMutablePointer<Int16>
  ) {
    for tile in 0..<tileCount { bounds[tile] &+= groups[tile] & bit == 0 ? unit : 0 }
  }

  private func add(
    _ least: UnsafePointer<Int16>, _ greatest: UnsafePointer<Int16>, _ own: Int16,
    _ bounds: UnsafeMutablePointer<Int16>
  ) {
    // Cells lie within −1 and 2 units of at most 8192 steps, so that no difference overflows.
    for tile in 0..<tileCount {
      let beyond = max(0, max(least[tile] &- own, own &- greatest[tile]))
      bounds[tile] &+= min(unit, beyond)
    }
  }
}
