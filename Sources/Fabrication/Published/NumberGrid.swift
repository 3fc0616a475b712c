// SPDX-License-Identifier: Apache-2.0

/// The values of a number of which only figures are published, cut into cells.
///
/// Within a cell all values are as likely, so that mean and variance of a population are sums over its
/// cells without an error of the cutting.
struct NumberGrid: Hashable, Sendable {
  /// The values of one cell.
  struct Cell: Hashable, Sendable {
    var low: Double
    /// The greatest value; of a number without steps the end, which belongs to the next cell.
    var high: Double
    /// How many values there are; 0 without steps.
    var count: Int
  }

  let low: Double
  let high: Double
  let step: Double?
  let cells: [Cell]

  /// - Parameters:
  ///   - starts: Values at which a cell must begin.
  ///   - points: Values that a cell must hold alone, where there are steps; else one begins there.
  ///   - cellCount: How many cells of like width there are besides.
  /// - Precondition: low < high; a step is above 0 and goes up in the range a whole number of times.
  init(
    low: Double, high: Double, step: Double?, starts: [Double], points: [Double], cellCount: Int
  ) {
    self.low = low
    self.high = high
    self.step = step
    guard let step else {
      var edges = (0...cellCount).map { low + (high - low) * Double($0) / Double(cellCount) }
      edges[cellCount] = high
      edges += (starts + points).filter { $0 > low && $0 < high }
      edges.sort()
      let gap = (high - low) * 1e-9
      var kept = [low]
      for edge in edges where edge - kept[kept.count - 1] > gap { kept.append(edge) }
      kept[kept.count - 1] = high
      cells = zip(kept, kept.dropFirst()).map { Cell(low: $0, high: $1, count: 0) }
      return
    }
    let count = Int(((high - low) / step).rounded()) + 1
    func place(_ value: Double) -> Int {
      max(0, min(count, Int(((value - low) / step - 1e-9).rounded(.up))))
    }
    var edges: Set<Int> = [0, count]
    if count <= cellCount {
      edges.formUnion(0...count)
    } else {
      for cell in 0...cellCount { edges.insert(count * cell / cellCount) }
      for start in starts { edges.insert(place(start)) }
      for point in points {
        edges.insert(place(point))
        edges.insert(min(count, place(point + step / 2)))
      }
    }
    let sorted = edges.sorted()
    cells = zip(sorted, sorted.dropFirst()).map { first, next in
      Cell(
        low: low + step * Double(first), high: low + step * Double(next - 1), count: next - first)
    }
  }

  /// Whether all values are whole numbers.
  var isWhole: Bool {
    guard let step else { return false }
    return step == step.rounded() && low == low.rounded() && abs(low) < 1e15 && abs(high) < 1e15
  }

  /// The middle of a cell's values.
  func mean(_ cell: Int) -> Double { (cells[cell].low + cells[cell].high) / 2 }

  /// The variance of a cell's values.
  func variance(_ cell: Int) -> Double {
    let width = cells[cell].high - cells[cell].low
    guard let step else { return width * width / 12 }
    let count = Double(cells[cell].count)
    return step * step * (count * count - 1) / 12
  }

  /// How much of the range a cell is.
  func size(_ cell: Int) -> Double {
    step == nil
      ? (cells[cell].high - cells[cell].low) / (high - low) * Double(cells.count)
      : Double(cells[cell].count)
  }

  /// The share of a cell's values that lie below a value, half of those equal to it counted in.
  func share(_ cell: Int, below value: Double) -> Double {
    let own = cells[cell]
    guard let step else {
      return max(0, min(1, (value - own.low) / (own.high - own.low)))
    }
    let below = ((value - own.low) / step + 0.5) / Double(own.count)
    return max(0, min(1, below))
  }

  /// The value at a share of a cell's values.
  func value(_ cell: Int, at share: Double) -> Double {
    let own = cells[cell]
    guard let step else { return own.low + share * (own.high - own.low) }
    return own.low + step * Double(min(own.count - 1, Int(share * Double(own.count))))
  }
}
