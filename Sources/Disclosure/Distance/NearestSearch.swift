// SPDX-License-Identifier: Apache-2.0

/// Finds the nearest rows of a table by comparing with all of them, 32 at a time.
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

  /// Returns the nearest candidate of each row of `queries` in a range, leaving out the candidate
  /// of the number that `excluding` gives for a query.
  func nearest(
    _ queries: QuantizedTable, _ range: Range<Int>, excluding: [Int]? = nil
  ) -> [Neighbour] {
    precondition(candidates.rowCount > 0, "a search needs candidates")
    let width = candidates.comparisons.count
    var result = [Neighbour](repeating: Neighbour(distance: .max, row: 0), count: range.count)
    var cells = [Int16](repeating: 0, count: width)
    for (place, query) in range.enumerated() {
      for column in 0..<width { cells[column] = queries.cell(query, column) }
      result[place] = nearest(cells, excluding: excluding?[query])
    }
    return result
  }

  private func nearest(_ cells: [Int16], excluding: Int?) -> Neighbour {
    var best = Neighbour(distance: .max, row: 0)
    forEachTile(cells) { tile, distances in
      guard Self.isAnyBelow(distances, best.distance) else { return }
      for lane in 0..<32 where distances[lane] < best.distance {
        let row = tile * 32 + lane
        guard row < candidates.rowCount, row != excluding else { continue }
        best = Neighbour(distance: distances[lane], row: row)
      }
    }
    return best
  }

  /// Returns the candidates nearer than or as near as a distance.
  func rows(within distance: Int16, of queries: QuantizedTable, _ query: Int) -> [Int] {
    var rows: [Int] = []
    let cells = candidates.comparisons.indices.map { queries.cell(query, $0) }
    forEachTile(cells) { tile, distances in
      guard Self.isAnyBelow(distances, distance &+ 1) else { return }
      for lane in 0..<32 where distances[lane] <= distance && tile * 32 + lane < candidates.rowCount
      {
        rows.append(tile * 32 + lane)
      }
    }
    return rows
  }

  @inline(__always)
  private static func isAnyBelow(_ distances: QuantizedTable.Tile, _ bound: Int16) -> Bool {
    // Both lie in 0 ... 32,767, so that the sign of the difference cannot overflow.
    let sign =
      (distances &- QuantizedTable.Tile(repeating: bound)) & QuantizedTable.Tile(repeating: .min)
    return sign != .zero
  }

  @inline(__always)
  private func forEachTile(_ cells: [Int16], _ body: (Int, QuantizedTable.Tile) -> Void) {
    let width = candidates.comparisons.count
    let unit = QuantizedTable.Tile(repeating: candidates.unit)
    candidates.tiles.withUnsafeBufferPointer { tiles in
      candidates.comparisons.withUnsafeBufferPointer { comparisons in
        cells.withUnsafeBufferPointer { cells in
          for tile in 0..<candidates.tileCount {
            var sum = QuantizedTable.Tile.zero
            for column in 0..<width {
              let other = tiles[tile * width + column]
              let own = QuantizedTable.Tile(repeating: cells[column])
              let difference = other &- own
              switch comparisons[column] {
              case .level:
                sum &+= unit & Self.ones(where: difference)
              case .scale:
                let sign = difference &>> 15
                sum &+= (difference ^ sign) &- sign
              case .scaleWithMissing:
                let sign = difference &>> 15
                let distance = (difference ^ sign) &- sign
                // The sign bits differ where one of the two is missing.
                let isMissing = (other ^ own) &>> 15
                sum &+= (distance & ~isMissing) | (unit & isMissing)
              }
            }
            body(tile, sum)
          }
        }
      }
    }
  }

  /// All bits set where a difference is not 0.
  @inline(__always)
  private static func ones(where difference: QuantizedTable.Tile) -> QuantizedTable.Tile {
    (difference | (QuantizedTable.Tile.zero &- difference)) &>> 15
  }
}
