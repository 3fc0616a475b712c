// SPDX-License-Identifier: Apache-2.0

/// Where agents are on a plane, in cells, so that those near a point are found without asking all.
///
/// Which agents are found is exact: cells only leave out those that are too far.
public struct PlaneIndex: Sendable {
  /// The size of the plane.
  public let width: Double, height: Double
  /// Whether the left edge is next to the right one, and the top to the bottom.
  public let wraps: Bool
  /// Where each agent is: 0 ≤ x < width and 0 ≤ y < height; with walls, the far edges belong to the plane.
  @inlinable public var positions: [SIMD2<Double>] { points }
  @usableFromInline var points: [SIMD2<Double>] = []
  /// The number of cells across and down.
  @usableFromInline let columns: Int, rows: Int
  // The agents of a cell as a list: its first one, and whoever comes before and after each.
  @usableFromInline var first: [Int32]
  @usableFromInline var beside: [SIMD2<Int32>] = []
  /// The cell of each agent; −1 for those that were taken away.
  @usableFromInline var cells: [Int32] = []

  /// The most cells across and down.
  @usableFromInline static let cellLimit = 1000.0

  /// Creates an empty plane.
  ///
  /// - Parameter reach: How far agents look as a rule: cells are as wide, and no distance is found faster.
  /// - Precondition: width and height are positive and finite, the reach is not negative.
  public init(width: Double, height: Double, wraps: Bool, reach: Double) {
    precondition(
      width > 0 && height > 0 && width.isFinite && height.isFinite && reach >= 0,
      "the plane has an area")
    (self.width, self.height, self.wraps) = (width, height, wraps)
    // A hair wider than the reach, so that no rounding takes a neighbour two cells away.
    func count(_ side: Double) -> Int {
      reach > 0 ? Int(min(Self.cellLimit, max(1, side / (reach * (1 + 1e-9))))) : 1
    }
    (columns, rows) = (count(width), count(height))
    first = Array(repeating: -1, count: columns * rows)
  }

  /// A point as a point of the plane: wrapped around its edges, or held at its walls.
  @inlinable
  public func inside(_ point: SIMD2<Double>) -> SIMD2<Double> {
    let size = SIMD2(width, height)
    guard wraps else { return point.clamped(lowerBound: .zero, upperBound: size) }
    let wrapped = point - size * (point / size).rounded(.down)
    // What lies a hair below zero is rounded up to the far edge, which is the near one.
    return wrapped.replacing(with: 0, where: wrapped .>= size)
  }

  /// The way from one point to another: the shortest, where the plane wraps.
  @inlinable
  public func way(from start: SIMD2<Double>, to end: SIMD2<Double>) -> SIMD2<Double> {
    let way = end - start
    guard wraps else { return way }
    let size = SIMD2(width, height)
    return way - size * (way / size).rounded(.toNearestOrAwayFromZero)
  }

  /// Adds an agent at a point, whose index is the number of those before.
  @inlinable
  public mutating func add(at point: SIMD2<Double>) {
    let place = inside(point)
    points.append(place)
    cells.append(-1)
    beside.append(SIMD2(-1, -1))
    relink(points.count - 1, to: cell(of: place))
  }

  /// Moves an agent to a point.
  @inlinable
  public mutating func move(_ agent: Int, to point: SIMD2<Double>) {
    let place = inside(point)
    points[agent] = place
    let cell = cell(of: place)
    if cell != cells[agent] { relink(agent, to: cell) }
  }

  /// Takes an agent off the plane; it is found no more.
  @inlinable
  public mutating func remove(_ agent: Int) { relink(agent, to: -1) }

  /// Calls a body with everybody else within a distance of an agent, and the way there.
  ///
  /// The order is that of the cells; sort by key what depends on it, as sums of numbers do in their last
  /// digit.
  @inlinable
  public func forEachNear(
    _ agent: Int, within distance: Double, _ body: (Int, SIMD2<Double>) -> Void
  ) {
    let point = points[agent]
    let limit = distance * distance
    let (column, row) = (Int(cell(of: point)) % columns, Int(cell(of: point)) / columns)
    let (across, left) = Self.range(column, columns, width, distance, wraps)
    let (down, top) = Self.range(row, rows, height, distance, wraps)
    var y = top
    for _ in 0..<down {
      var x = left
      for _ in 0..<across {
        var other = first[y * columns + x]
        while other >= 0 {
          let way = way(from: point, to: points[Int(other)])
          if (way * way).sum() <= limit, Int(other) != agent { body(Int(other), way) }
          other = beside[Int(other)].y
        }
        x += 1
        if x == columns { x = 0 }
      }
      y += 1
      if y == rows { y = 0 }
    }
  }

  /// How many cells in one direction are within reach, and the first of them.
  @inlinable
  static func range(
    _ cell: Int, _ count: Int, _ size: Double, _ distance: Double, _ wraps: Bool
  ) -> (count: Int, first: Int) {
    let steps = distance / size * Double(count)
    guard steps < Double(count) else { return (count, 0) }
    let reach = Int(steps) + 1
    guard wraps else {
      let low = max(0, cell - reach)
      return (min(count - 1, cell + reach) - low + 1, low)
    }
    guard 2 * reach + 1 < count else { return (count, 0) }
    return (2 * reach + 1, (cell - reach + count) % count)
  }

  @inlinable
  func cell(of point: SIMD2<Double>) -> Int32 {
    let x = min(columns - 1, Int(point.x / width * Double(columns)))
    let y = min(rows - 1, Int(point.y / height * Double(rows)))
    return Int32(truncatingIfNeeded: y * columns + x)
  }

  @inlinable
  mutating func relink(_ agent: Int, to cell: Int32) {
    let old = cells[agent]
    let (ahead, behind) = (beside[agent].x, beside[agent].y)
    if old >= 0 {
      if ahead >= 0 { beside[Int(ahead)].y = behind } else { first[Int(old)] = behind }
      if behind >= 0 { beside[Int(behind)].x = ahead }
    }
    cells[agent] = cell
    beside[agent] = SIMD2(-1, -1)
    guard cell >= 0 else { return }
    let head = first[Int(cell)]
    beside[agent] = SIMD2(-1, head)
    if head >= 0 { beside[Int(head)].x = Int32(truncatingIfNeeded: agent) }
    first[Int(cell)] = Int32(truncatingIfNeeded: agent)
  }
}
