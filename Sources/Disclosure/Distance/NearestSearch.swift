// SPDX-License-Identifier: Apache-2.0

/// Finds the nearest rows of a table exactly, leaving out tiles of rows that all lie too far away.
///
/// Rows that are alike are put into one tile; what a tile's cells have in common bounds the distance of
/// any row from all of them.
struct NearestSearch: Sendable {
  /// The rows searched, those that are alike side by side.
  private let table: QuantizedTable
  /// The row of the candidates at each place of ``table``.
  private let order: [Int32]
  private let bounds: TileBounds
  /// The columns that count, those that tell rows apart best first, so that a part of them rules out most tiles.
  private let columns: [Int]

  /// A nearest row.
  struct Neighbour: Sendable, Equatable {
    /// Its distance, in steps.
    var distance: Int16
    /// Its row among the candidates.
    var row: Int
  }

  init(candidates: QuantizedTable) {
    order = TileOrder(candidates).rows
    let table = candidates.selecting(order.map { Int($0) })
    bounds = TileBounds(table)
    let spreads = candidates.comparisons.indices.map { table.spread(of: $0) }
    self.table = table
    columns = candidates.comparisons.indices.sorted { (spreads[$0], $1) > (spreads[$1], $0) }
  }

  private init(_ other: NearestSearch, columns: [Int]) {
    table = other.table
    order = other.order
    bounds = other.bounds
    self.columns = columns
  }

  /// The same search by some of the columns; rows still come with the cells of all.
  func by(_ columns: [Int]) -> NearestSearch {
    NearestSearch(self, columns: self.columns.filter { columns.contains($0) })
  }

  /// Returns the nearest candidate of a row, the first of several; `excluded` is left out.
  ///
  /// - Precondition: There is a candidate beside the excluded one.
  func nearest(to cells: [Int16], excluding excluded: Int? = nil) -> Neighbour {
    precondition(table.rowCount > (excluded == nil ? 0 : 1), "a search needs candidates")
    let excluded = Int32(excluded ?? -1)
    let found = scan(cells) { tiles, bounds, measure in
      var best = Neighbour(distance: .max, row: .max)
      // The most promising tile first: what is found there rules out most of the others.
      var promising = 0
      for tile in 0..<tiles where bounds[tile] < bounds[promising] { promising = tile }
      if let distances = measure(promising, best.distance) {
        look(promising, distances, excluded, &best)
      }
      for tile in 0..<tiles where bounds[tile] <= best.distance && tile != promising {
        guard let distances = measure(tile, best.distance) else { continue }
        look(tile, distances, excluded, &best)
      }
      return best
    }
    return found ?? Neighbour(distance: .max, row: 0)
  }

  /// Looks at the rows of a tile for one that is nearer than the best so far.
  private func look(
    _ tile: Int, _ distances: UnsafePointer<Int16>, _ excluded: Int32, _ best: inout Neighbour
  ) {
    let first = tile * QuantizedTable.tileSize
    for place in 0..<min(QuantizedTable.tileSize, table.rowCount - first)
    where distances[place] <= best.distance {
      let (distance, row) = (distances[place], order[first + place])
      guard row != excluded, distance < best.distance || row < best.row else { continue }
      best = Neighbour(distance: distance, row: Int(row))
    }
  }

  /// Returns the candidates within a distance of a row, in ascending order.
  func rows(within distance: Int16, of cells: [Int16]) -> [Int] {
    scan(cells) { tiles, bounds, measure in
      var rows: [Int] = []
      for tile in 0..<tiles where bounds[tile] <= distance {
        guard let distances = measure(tile, distance) else { continue }
        let first = tile * QuantizedTable.tileSize
        for place in 0..<min(QuantizedTable.tileSize, table.rowCount - first)
        where distances[place] <= distance {
          rows.append(Int(order[first + place]))
        }
      }
      return rows.sorted()
    } ?? []
  }

  /// Hands over the number of tiles, the bound of each, and how to measure the rows of one: `nil` where all of
  /// them are further away than a limit, which a part of the columns may tell.
  @inline(__always)
  private func scan<Result>(
    _ own: [Int16],
    _ body: (Int, UnsafePointer<Int16>, (Int, Int16) -> UnsafePointer<Int16>?) -> Result
  ) -> Result? {
    let size = QuantizedTable.tileSize
    let tileCount = table.tileCount
    let width = table.comparisons.count
    return withUnsafeTemporaryAllocation(of: Int16.self, capacity: tileCount + size) { scratch in
      table.cells.withUnsafeBufferPointer { cells in
        guard let least = scratch.baseAddress, let cells = cells.baseAddress else { return nil }
        bounds.write(own, columns, to: least)
        let sum = least + tileCount
        return body(tileCount, UnsafePointer(least)) { tile, limit in
          sum.initialize(repeating: 0, count: size)
          for (place, column) in columns.enumerated() {
            if place & 7 == 0, place > 0, Self.least(sum) > limit { return nil }
            let others = cells + (tile * width + column) * size
            switch table.comparisons[column] {
            case .level: Self.addLevels(sum, others, own[column], table.unit)
            case .scale: Self.addScale(sum, others, own[column], table.unit)
            case .scaleWithMissing:
              Self.addScaleWithMissing(sum, others, own[column], table.unit)
            }
          }
          return UnsafePointer(sum)
        }
      }
    }
  }

  private static func least(_ sum: UnsafePointer<Int16>) -> Int16 {
    var least = Int16.max
    for place in 0..<QuantizedTable.tileSize { least = min(least, sum[place]) }
    return least
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
}
