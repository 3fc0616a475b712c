// SPDX-License-Identifier: Apache-2.0

/// Looks for the rows of a tree that lie nearest to a row, the nearer boxes first.
struct NeighbourSearch {
  let tree: NeighbourTree
  let rows: NeighbourRows
  /// The row whose neighbours are looked for.
  let row: Int

  /// Adds the rows that are near, but for the row itself.
  func run(_ found: inout NearRows) {
    if !tree.boxes.isEmpty { look(0, 0, &found) }
  }

  /// - Parameter least: No row of the box lies nearer.
  private func look(_ box: Int, _ least: Double, _ found: inout NearRows) {
    // Sums in boxes and of rows may round apart.
    guard least * (1 - 1e-12) <= found.limit else { return }
    let own = tree.boxes[box]
    guard own.first > 0 else {
      for place in own.rows {
        let other = Int(tree.order[place])
        guard other != row else { continue }
        found.add(Int32(other), rows.distance(row, other, limit: found.limit))
      }
      return
    }
    let first = tree.leastDistance(own.first, row)
    let second = tree.leastDistance(own.second, row)
    if first <= second {
      look(own.first, first, &found)
      look(own.second, second, &found)
    } else {
      look(own.second, second, &found)
      look(own.first, first, &found)
    }
  }
}
