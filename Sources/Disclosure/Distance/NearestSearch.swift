// SPDX-License-Identifier: Apache-2.0

/// Finds the nearest rows of a table by comparing with all of them, tile by tile.
struct NearestSearch: Sendable {
  /// The rows searched.
  let candidates: QuantizedTable

  /// A nearest row.
  struct Neighbour: Sendable, Equatable {
    /// Its distance, in steps.
    var distance: Int16
    /// Its row among the candidates.
    var row: Int
  }

  /// Returns the nearest candidate of a row, the first of several; `excluded` is left out.
  ///
  /// - Precondition: There is a candidate beside the excluded one.
  func nearest(to cells: [Int16], excluding excluded: Int? = nil) -> Neighbour {
    precondition(candidates.rowCount > (excluded == nil ? 0 : 1), "a search needs candidates")
    var best = Neighbour(distance: .max, row: 0)
    forEachTile(cells) { tile, distances, least in
      guard least < best.distance else { return }
      let first = tile * QuantizedTable.tileSize
      let end = min(QuantizedTable.tileSize, candidates.rowCount - first)
      for place in 0..<end where distances[place] < best.distance && first + place != excluded {
        best = Neighbour(distance: distances[place], row: first + place)
      }
    }
    return best
  }

  /// Returns the candidates within a distance of a row.
  func rows(within distance: Int16, of cells: [Int16]) -> [Int] {
    var rows: [Int] = []
    forEachTile(cells) { tile, distances, least in
      guard least <= distance else { return }
      let first = tile * QuantizedTable.tileSize
      let end = min(QuantizedTable.tileSize, candidates.rowCount - first)
      for place in 0..<end where distances[place] <= distance { rows.append(first + place) }
    }
    return rows
  }

  /// Hands over each tile's distances and the least of them.
  private func forEachTile(
    _ own: [Int16], _ body: (Int, UnsafePointer<Int16>, Int16) -> Void
  ) {
    let size = QuantizedTable.tileSize
    let width = candidates.comparisons.count
    withUnsafeTemporaryAllocation(of: Int16.self, capacity: size) { scratch in
      candidates.cells.withUnsafeBufferPointer { cells in
        guard let sum = scratch.baseAddress, let cells = cells.baseAddress else { return }
        for tile in 0..<candidates.tileCount {
          sum.update(repeating: 0, count: size)
          for column in 0..<width {
            let others = cells + (tile * width + column) * size
            switch candidates.comparisons[column] {
            case .level: Self.addLevels(sum, others, own[column], candidates.unit)
            case .scale: Self.addScale(sum, others, own[column], candidates.unit)
            case .scaleWithMissing:
              Self.addScaleWithMissing(sum, others, own[column], candidates.unit)
            }
          }
          body(tile, UnsafePointer(sum), Self.least(sum))
        }
      }
    }
  }

  // The loops below have a fixed length and no branch, so that they become vector instructions.

  private static func addLevels(
    _ sum: UnsafeMutablePointer<Int16>, _ others: UnsafePointer<Int16>, _ own: Int16,
    _ unit: Int16
  ) {
    for place in 0..<QuantizedTable.tileSize {
      sum[place] &+= others[place] == own ? 0 : unit
    }
  }

  private static func addScale(
    _ sum: UnsafeMutablePointer<Int16>, _ others: UnsafePointer<Int16>, _ own: Int16,
    _ unit: Int16
  ) {
    for place in 0..<QuantizedTable.tileSize {
      let other = others[place]
      sum[place] &+= min(unit, max(other, own) &- min(other, own))
    }
  }

  private static func addScaleWithMissing(
    _ sum: UnsafeMutablePointer<Int16>, _ others: UnsafePointer<Int16>, _ own: Int16,
    _ unit: Int16
  ) {
    if own == QuantizedTable.missing {
      addLevels(sum, others, own, unit)
      return
    }
    for place in 0..<QuantizedTable.tileSize {
      let other = others[place]
      let distance = min(unit, max(other, own) &- min(other, own))
      sum[place] &+= other == QuantizedTable.missing ? unit : distance
    }
  }

  private static func least(_ distances: UnsafeMutablePointer<Int16>) -> Int16 {
    var least = Int16.max
    for place in 0..<QuantizedTable.tileSize { least = min(least, distances[place]) }
    return least
  }
}
