// SPDX-License-Identifier: Apache-2.0

/// The joint counts of two coded variables in each table, and in each draw of the real rows.
///
/// A thread keeps one for all its pairs, so that the buffers are allocated once.
struct PairCounting {
  /// The number of rows of each table.
  private(set) var totals: [Int] = []
  private var counts: [[Int32]] = []
  private var lanes: [Lanes] = []
  private var cellCount = 0
  /// The second variable's code count where cells are numbered row by row.
  private var stride = 0
  private var shape = (first: 0, second: 0)
  /// The pair of codes of each cell, where only the cells in use are numbered.
  private var keys: [UInt64] = []

  /// Counts a pair of variables, given for each table the code of each row.
  mutating func count(
    _ first: [[UInt32]], _ firstCount: Int, _ second: [[UInt32]], _ secondCount: Int,
    bootstrap: BootstrapRows?
  ) {
    totals = first.map(\.count)
    shape = (firstCount, secondCount)
    stride = secondCount
    keys = []
    let (size, overflow) = firstCount.multipliedReportingOverflow(by: secondCount)
    // Beyond this, clearing the cells costs more than finding the ones in use.
    if !overflow, size <= max(4096, 4 * (totals[0] + totals[1])) {
      clear(size, sides: totals.count, hasLanes: bootstrap != nil)
      for side in totals.indices { countCells(first[side], second[side], side) }
      if let bootstrap { weighCells(first[0], second[0], bootstrap) }
    } else {
      countUsedCells(first, second, bootstrap)
    }
  }

  /// Counts a pair of variables.
  mutating func count(_ a: PreparedColumn, _ b: PreparedColumn, bootstrap: BootstrapRows?) {
    count(a.codes, a.codeCount, b.codes, b.codeCount, bootstrap: bootstrap)
  }

  /// Hands over each cell in use: its number, its real and its synthetic rows.
  func forEachCell(_ body: (Int, Int, Int) -> Void) {
    for cell in 0..<cellCount where counts[0][cell] > 0 || counts[1][cell] > 0 {
      body(cell, Int(counts[0][cell]), Int(counts[1][cell]))
    }
  }

  private mutating func clear(_ size: Int, sides: Int, hasLanes: Bool) {
    cellCount = size
    counts = (0..<sides).map { _ in [Int32](repeating: 0, count: size) }
    lanes = hasLanes ? [Lanes](repeating: .zero, count: size) : []
  }

  private mutating func countCells(_ first: [UInt32], _ second: [UInt32], _ side: Int) {
    let stride = UInt32(stride)
    counts[side].withUnsafeMutableBufferPointer { cells in
      first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          for row in first.indices { cells[Int(first[row] &* stride &+ second[row])] &+= 1 }
        }
      }
    }
  }

  private mutating func weighCells(
    _ first: [UInt32], _ second: [UInt32], _ bootstrap: BootstrapRows
  ) {
    let stride = UInt32(stride)
    lanes.withUnsafeMutableBufferPointer { cells in
      first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          bootstrap.weights.withUnsafeBufferPointer { weights in
            for row in first.indices {
              cells[Int(first[row] &* stride &+ second[row])] += weights[row]
            }
          }
        }
      }
    }
  }

  /// Numbers the cells in use, for variables with very many levels.
  private mutating func countUsedCells(
    _ first: [[UInt32]], _ second: [[UInt32]], _ bootstrap: BootstrapRows?
  ) {
    var numbers: [UInt64: Int] = [:]
    var sideCounts = totals.map { _ in [Int32]() }
    var weights: [Lanes] = []
    for side in totals.indices {
      for row in first[side].indices {
        let key = UInt64(first[side][row]) << 32 | UInt64(second[side][row])
        let number = numbers[key] ?? keys.count
        if number == keys.count {
          numbers[key] = number
          keys.append(key)
          weights.append(.zero)
          for other in sideCounts.indices { sideCounts[other].append(0) }
        }
        sideCounts[side][number] += 1
        if side == 0, let bootstrap { weights[number] += bootstrap.weights[row] }
      }
    }
    cellCount = keys.count
    counts = sideCounts
    lanes = weights
  }

  /// The total variation distance of a table's joint shares from the real ones, 0...1.
  func totalVariation(side: Int) -> Double {
    let real = Double(totals[0])
    let other = Double(totals[side])
    var sum = 0.0
    for cell in 0..<cellCount {
      sum += (Double(counts[0][cell]) / real - Double(counts[side][cell]) / other).magnitude
    }
    return sum / 2
  }

  /// The same distance in each draw of the real rows.
  func totalVariationLanes(size: Int) -> Lanes {
    var sum = Lanes.zero
    let scale = 1 / Float(size)
    let real = 1 / Float(totals[0])
    for cell in 0..<cellCount where counts[0][cell] > 0 {
      sum += (lanes[cell] * scale - Float(counts[0][cell]) * real).magnitudes
    }
    return sum * 0.5
  }

  /// Cramér's V of the present cells, corrected for bias; `nil` if a variable shows one level only.
  ///
  /// ## Source
  /// Bergsma, "A bias-correction for Cramér's V and Tschuprow's T", Journal of the Korean
  /// Statistical Society 42 (2013) 323–328.
  func cramersV(side: Int) -> Double? {
    var rows = [Double](repeating: 0, count: shape.first)
    var columns = [Double](repeating: 0, count: shape.second)
    var n = 0.0
    var used: [(first: Int, second: Int, count: Double)] = []
    for cell in 0..<cellCount where counts[side][cell] > 0 {
      let (first, second) = codes(of: cell)
      guard first > 0, second > 0 else { continue }
      let count = Double(counts[side][cell])
      rows[first] += count
      columns[second] += count
      n += count
      used.append((first, second, count))
    }
    let r = Double(rows.count { $0 > 0 })
    let k = Double(columns.count { $0 > 0 })
    guard n > 1, r > 1, k > 1 else { return nil }
    let sum = used.reduce(0) { $0 + $1.count * $1.count / (rows[$1.first] * columns[$1.second]) }
    let phi = max(0, sum - 1 - (r - 1) * (k - 1) / (n - 1))
    let least = min(r - (r - 1) * (r - 1) / (n - 1), k - (k - 1) * (k - 1) / (n - 1))
    guard least > 1 else { return nil }
    return min(1, (phi / (least - 1)).squareRoot())
  }

  /// The codes that meet in a cell.
  func codes(of cell: Int) -> (first: Int, second: Int) {
    keys.isEmpty
      ? (cell / stride, cell % stride)
      : (Int(keys[cell] >> 32), Int(keys[cell] & 0xffff_ffff))
  }
}
