// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Chooses rows one after another, each covering as many new combinations as a few tries find.
struct GreedyCovering {
  private let levels: [Int]
  private let strength: Int
  private let sets: [[Int]]
  /// For each factor, the sets that it is in.
  private let setsOf: [[Int]]
  private var isCovered: [[Bool]]
  private var open: Int

  private static let candidates = 30

  init?(levels: [Int], strength: Int) {
    self.levels = levels
    self.strength = strength
    var total = 0
    var sets: [[Int]] = []
    for factors in Combinations(of: levels.count, choose: strength) {
      var size = 1
      for factor in factors {
        let (product, isOver) = size.multipliedReportingOverflow(by: levels[factor])
        guard !isOver, product <= CoveringArray.limit else { return nil }
        size = product
      }
      total += size
      guard total <= CoveringArray.limit else { return nil }
      sets.append(factors)
    }
    self.sets = sets
    open = total
    isCovered = sets.map { [Bool](repeating: false, count: $0.reduce(1) { $0 * levels[$1] }) }
    var setsOf = [[Int]](repeating: [], count: levels.count)
    for (index, factors) in sets.enumerated() {
      for factor in factors { setsOf[factor].append(index) }
    }
    self.setsOf = setsOf
  }

  private func place(_ set: Int, _ row: [Int]) -> Int {
    sets[set].reduce(0) { $0 * levels[$1] + row[$1] }
  }

  /// The rows; the same ones each time.
  func rows() -> [[Int]] {
    var state = self
    let key = RandomKey(seed: "covering array").stream("rows")
    var rows: [[Int]] = []
    while state.open > 0 {
      var best: [Int] = []
      var bestGain = -1
      for candidate in 0..<Self.candidates {
        var stream = key.stream(entity: UInt64(rows.count), period: UInt32(candidate))
        let row = state.candidate(&stream)
        let gain = sets.indices.count { !state.isCovered[$0][state.place($0, row)] }
        if gain > bestGain {
          best = row
          bestGain = gain
        }
      }
      for set in sets.indices {
        let place = state.place(set, best)
        if !state.isCovered[set][place] {
          state.isCovered[set][place] = true
          state.open -= 1
        }
      }
      rows.append(best)
    }
    return rows
  }

  /// A row that covers an open combination, and then, factor by factor in random order, takes the level
  /// that covers most with the factors set before it.
  private func candidate(_ stream: inout RandomStream) -> [Int] {
    var row = [Int](repeating: -1, count: levels.count)
    let start = Draws.integer(below: sets.count, using: &stream)
    for offset in sets.indices {
      let set = (start + offset) % sets.count
      guard let place = isCovered[set].firstIndex(of: false) else { continue }
      var rest = place
      for factor in sets[set].reversed() {
        row[factor] = rest % levels[factor]
        rest /= levels[factor]
      }
      break
    }
    var order = levels.indices.filter { row[$0] < 0 }
    for place in order.indices.reversed() where place > 0 {
      order.swapAt(place, Draws.integer(below: place + 1, using: &stream))
    }
    for factor in order {
      var gains = [Int](repeating: 0, count: levels[factor])
      for set in setsOf[factor]
      where sets[set].allSatisfy({ $0 == factor || row[$0] >= 0 }) {
        for level in gains.indices {
          row[factor] = level
          if !isCovered[set][place(set, row)] { gains[level] += 1 }
        }
      }
      let most = gains.max() ?? 0
      let tied = gains.indices.filter { gains[$0] == most }
      row[factor] = tied[Draws.integer(below: tied.count, using: &stream)]
    }
    return row
  }
}
