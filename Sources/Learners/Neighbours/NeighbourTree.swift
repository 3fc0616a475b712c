// SPDX-License-Identifier: Apache-2.0

/// Rows in boxes within boxes, so that a search for near rows passes over what lies too far.
///
/// A box is cut in that number or level by which its rows lie farthest apart in the mean: a number at its
/// median, levels into the commonest and the others.
///
/// ## Source
/// Friedman, Bentley and Finkel, "An algorithm for finding best matches in logarithmic expected time", ACM
/// Transactions on Mathematical Software 3 (1977) 209–226.
struct NeighbourTree: Sendable {
  /// A box: its rows, and the boxes it is made of.
  struct Box {
    var rows: Range<Int>
    /// The two parts; 0 for a box that is not cut.
    var first = 0
    var second = 0
  }

  /// What is known of one number of a box.
  private struct Span {
    /// The least and the greatest that is present; ∞ and −∞ where none is.
    var low = Double.infinity
    var high = -Double.infinity
    var hasMissing = false
  }

  /// The rows of one box lie side by side.
  private(set) var order: [Int32]
  private(set) var boxes: [Box] = []
  private var spans: [Span] = []
  /// For each box and column of levels, which of them it has.
  private var masks: [SIMD4<UInt64>] = []

  private let rows: NeighbourRows
  private static let leafRows = 16

  /// - Parameter members: The rows to look at.
  init(_ members: [Int], of rows: NeighbourRows) {
    order = members.map { Int32($0) }
    self.rows = rows
    guard !members.isEmpty else { return }
    var pending = [add(0..<members.count)]
    while let box = pending.popLast() {
      let range = boxes[box].rows
      guard range.count > Self.leafRows, let middle = cut(range) else { continue }
      let first = add(range.lowerBound..<middle)
      let second = add(middle..<range.upperBound)
      (boxes[box].first, boxes[box].second) = (first, second)
      pending += [first, second]
    }
  }

  private mutating func add(_ range: Range<Int>) -> Int {
    boxes.append(Box(rows: range))
    let (start, levelStart) = (spans.count, masks.count)
    spans += [Span](repeating: Span(), count: rows.size)
    masks += [SIMD4<UInt64>](repeating: .zero, count: rows.columns)
    for row in order[range] {
      for k in 0..<rows.size {
        let value = rows.number(Int(row), k)
        if value.isNaN {
          spans[start + k].hasMissing = true
        } else {
          spans[start + k].low = min(spans[start + k].low, value)
          spans[start + k].high = max(spans[start + k].high, value)
        }
      }
      for column in 0..<rows.columns {
        let level = rows.level(Int(row), column)
        masks[levelStart + column][Int(level >> 6)] |= 1 << UInt64(level & 63)
      }
    }
    return boxes.count - 1
  }

  // MARK: Cutting

  /// Puts the rows of a box in the order of its parts, and says where the second begins; `nil` where all rows
  /// are alike.
  private mutating func cut(_ range: Range<Int>) -> Int? {
    var best = (gain: 0.0, place: -1)
    for k in 0..<rows.size {
      let gain = spread(ofNumber: k, range)
      if gain > best.gain { best = (gain, k) }
    }
    for column in 0..<rows.columns {
      let gain = spread(ofLevels: column, range)
      if gain > best.gain { best = (gain, rows.size + column) }
    }
    guard best.place >= 0 else { return nil }
    let (rows, size) = (rows, rows.size)
    guard best.place < size else {
      let column = best.place - size
      var counts = [Int](repeating: 0, count: 256)
      for row in order[range] { counts[Int(rows.level(Int(row), column))] += 1 }
      let commonest = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
      let own = order[range]
      let first = own.filter { Int(rows.level(Int($0), column)) == commonest }
      let second = own.filter { Int(rows.level(Int($0), column)) != commonest }
      guard !second.isEmpty else { return nil }
      order.replaceSubrange(range, with: first + second)
      return range.lowerBound + first.count
    }
    let key = { (row: Int32) -> Double in
      let value = rows.number(Int(row), best.place)
      return value.isNaN ? -.infinity : value
    }
    order[range].sort { (key($0), $0) < (key($1), $1) }
    return range.lowerBound + range.count / 2
  }

  /// The mean squared distance of two rows by one number.
  private func spread(ofNumber k: Int, _ range: Range<Int>) -> Double {
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    for row in order[range] {
      let value = rows.number(Int(row), k)
      guard !value.isNaN else { continue }
      count += 1
      sum += value
      squares += value * value
    }
    guard count > 0 else { return 0 }
    let mean = sum / count
    let share = count / Double(range.count)
    let variance = max(0, squares / count - mean * mean)
    return variance > 1e-12 * mean * mean
      ? 2 * share * share * variance + 2 * share * (1 - share) * rows.missingCost
      : 2 * share * (1 - share) * rows.missingCost
  }

  /// The mean cost of two rows by their levels.
  private func spread(ofLevels column: Int, _ range: Range<Int>) -> Double {
    var counts = [Double](repeating: 0, count: 256)
    for row in order[range] { counts[Int(rows.level(Int(row), column))] += 1 }
    let seen = counts.indices.filter { counts[$0] > 0 }
    var sum = 0.0
    for (place, a) in seen.enumerated() {
      for b in seen[..<place] {
        sum += 2 * counts[a] * counts[b] * rows.costs.cost(column, UInt8(a), UInt8(b))
      }
    }
    return sum / Double(range.count) / Double(range.count)
  }

  // MARK: Bounds

  /// No row of a box lies nearer, squared, than this.
  @inline(__always)
  func leastDistance(_ box: Int, _ row: Int) -> Double {
    var sum = 0.0
    let (size, columns) = (rows.size, rows.columns)
    for k in 0..<size {
      let span = spans[box &* size &+ k]
      let value = rows.number(row, k)
      if value.isNaN {
        sum += span.hasMissing ? 0 : rows.missingCost
      } else {
        let gap = value < span.low ? span.low - value : value > span.high ? value - span.high : 0
        let cost = gap * gap
        sum += span.hasMissing && rows.missingCost < cost ? rows.missingCost : cost
      }
    }
    for column in 0..<columns {
      let level = rows.level(row, column)
      let has = masks[box &* columns &+ column][Int(level &>> 6)] &>> UInt64(level & 63) & 1 == 1
      if !has { sum += rows.costs.leastCost(column, level) }
    }
    return sum
  }
}
