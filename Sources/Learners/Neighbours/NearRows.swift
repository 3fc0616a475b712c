// SPDX-License-Identifier: Apache-2.0

/// The nearest rows found so far, the nearest first, ties by row.
struct NearRows {
  private var distances: [Double]
  /// The rows; −1 where there are no more.
  private(set) var rows: [Int32]

  init(_ count: Int) {
    distances = [Double](repeating: .infinity, count: count)
    rows = [Int32](repeating: -1, count: count)
  }

  /// The distance of the last, beyond which no row is wanted.
  @inline(__always)
  var limit: Double { distances[distances.count &- 1] }

  mutating func clear() {
    for place in rows.indices {
      distances[place] = .infinity
      rows[place] = -1
    }
  }

  /// Keeps a row if it is nearer than the last.
  @inline(__always)
  mutating func add(_ row: Int32, _ distance: Double) {
    func isBefore(_ place: Int) -> Bool {
      distance < distances[place]
        || distance == distances[place] && (rows[place] < 0 || row < rows[place])
    }
    var place = rows.count &- 1
    guard isBefore(place) else { return }
    while place > 0, isBefore(place &- 1) {
      distances[place] = distances[place &- 1]
      rows[place] = rows[place &- 1]
      place &-= 1
    }
    distances[place] = distance
    rows[place] = row
  }
}
