// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis
import Tables

extension MarginTrial {
  /// What a trial draw from a hierarchy works by.
  struct HierarchyAim {
    /// The weight of each bin in the table.
    var margin: [Double]
    /// The first bin whose weight is to be reached; cuts of others stay as they are.
    var firstBin: Int
    /// By how much the log-odds of each cut are raised; `nil` to find out.
    var shifts: [Double]?
  }

  /// Draws a variable from a hierarchy, whose predictors are drawn.
  ///
  /// At each cut rows are taken in the order of their probability and drawn systematically, so that
  /// each stretch of probabilities sends as many rows left as it should, within one.
  ///
  /// - Returns: The shift of each cut.
  mutating func draw(
    _ place: Int, _ fitted: BoostedHierarchy, _ aim: HierarchyAim, using key: StreamKey
  ) -> [Double] {
    var shifts = aim.shifts ?? [Double](repeating: 0, count: fitted.splits.count)
    var waiting = [(cut: 0, rows: (0..<rowCount).map { Int32($0) })]
    if fitted.splits.isEmpty {
      settle(place, fitted.hierarchy.bins[0], waiting[0].rows)
      waiting = []
    }
    while let (cut, rows) = waiting.popLast() {
      guard !rows.isEmpty else { continue }
      let node = fitted.hierarchy.nodes[cut]
      let odds = odds(of: place, fitted.splits[cut], rows)
      if aim.shifts == nil, Int(fitted.hierarchy.bins[node.range.lowerBound]) >= aim.firstBin {
        shifts[cut] = shift(odds, node, fitted.hierarchy.bins, aim.margin)
      }
      let parts = parted(rows, odds, shift: shifts[cut], key.stream(entity: UInt64(cut)))
      if node.left >= 0 {
        waiting.append((node.left, parts.left))
      } else {
        settle(place, fitted.hierarchy.bins[node.range.lowerBound], parts.left)
      }
      if node.right >= 0 {
        waiting.append((node.right, parts.right))
      } else {
        settle(place, fitted.hierarchy.bins[node.middle], parts.right)
      }
    }
    let shifted = HierarchyDraw(fitted.shifted(by: shifts))
    // A variable is none of its own predictors, so that redrawn rows change nothing in these.
    let before = bins
    before.withUnsafeBufferPointer { before in
      guard let base = before.baseAddress else { return }
      let columns = variables[place].predictors.map { base + $0 * rowCount }
      drawValues(place, using: key) { .hierarchy(shifted, columns, row: $0) }
    }
    return shifts
  }

  private func odds(of place: Int, _ split: BoostedSplit, _ rows: [Int32]) -> [Int64] {
    guard !split.ensembles.isEmpty else {
      return [Int64](repeating: Int64(split.base), count: rows.count)
    }
    let predictors = variables[place].predictors
    return ChunkedWork(count: rows.count, threads: threads, chunkSize: 1 << 12).map {
      [bins, rowCount] range in
      bins.withUnsafeBufferPointer { bins in
        rows.withUnsafeBufferPointer { rows in
          [Int64](unsafeUninitializedCapacity: range.count) { odds, count in
            count = range.count
            guard let odds = odds.baseAddress, let rows = rows.baseAddress,
              let bins = bins.baseAddress
            else { return }
            split.logOdds(
              columns: predictors.map { bins + $0 * rowCount }, rows: rows + range.lowerBound,
              count: range.count, into: odds)
          }
        }
      }
    }
  }

  /// By how much log-odds must be raised so that the expected share of the left part is that of the
  /// margin, which a number of rows of no opinion hold back.
  private func shift(
    _ odds: [Int64], _ node: BinHierarchy.Node, _ bins: [UInt8], _ margin: [Double]
  ) -> Double {
    let scale = Double(rowCount) / margin.reduce(0, +)
    let left =
      scale * (node.range.lowerBound..<node.middle).reduce(0) { $0 + margin[Int(bins[$1])] }
    let whole = scale * node.range.reduce(0) { $0 + margin[Int(bins[$1])] }
    guard left > 0, left < whole else { return 0 }
    let inertia = MarginCalibration.inertia
    let now = odds.reduce(0) { $0 + BoostedSplit.probability($1) } / Double(odds.count)
    let aim = (left + inertia * now) / (whole + inertia)
    var shift = 0.0
    for _ in 0..<12 {
      var sum = 0.0
      var slope = 0.0
      for entry in odds {
        let p = BoostedSplit.probability(entry + Int64((shift * BoostedSplit.unit).rounded()))
        sum += p
        slope += p * (1 - p)
      }
      let step = (aim * Double(odds.count) - sum) / max(slope, 1e-9)
      shift = min(max(shift + min(max(step, -1), 1), -8), 8)
      if abs(step) < 1e-4 { break }
    }
    return shift
  }

  private func parted(
    _ rows: [Int32], _ odds: [Int64], shift: Double, _ stream: RandomStream
  ) -> (left: [Int32], right: [Int32]) {
    var stream = stream
    let raised = Int64((shift * BoostedSplit.unit).rounded())
    var entries = rows.indices.map {
      (odds: odds[$0], tie: stream.next(), row: rows[$0])
    }
    entries.sort { ($0.odds, $0.tie) < ($1.odds, $1.tie) }
    var left: [Int32] = []
    var right: [Int32] = []
    var sum = Draws.uniform(using: &stream)
    for entry in entries {
      sum += BoostedSplit.probability(entry.odds + raised)
      if sum >= 1 {
        sum -= 1
        left.append(entry.row)
      } else {
        right.append(entry.row)
      }
    }
    return (left, right)
  }

  private mutating func settle(_ place: Int, _ bin: UInt8, _ rows: [Int32]) {
    for row in rows { bins[place * rowCount + Int(row)] = bin }
  }
}

extension BinHierarchy {
  /// Corrects shifts by what was drawn with them.
  func correct(
    _ shifts: inout [Double], drawn: [Double], margin: [Double], from first: Int, inertia: Double
  ) {
    let scale = drawn.reduce(0, +) / margin.reduce(0, +)
    func sum(_ weights: [Double], _ range: Range<Int>) -> Double {
      range.reduce(0) { $0 + weights[Int(bins[$1])] }
    }
    for (cut, node) in nodes.enumerated() where Int(bins[node.range.lowerBound]) >= first {
      let left = node.range.lowerBound..<node.middle
      let right = node.middle..<node.range.upperBound
      let aim = (sum(margin, left) * scale + inertia) / (sum(margin, right) * scale + inertia)
      let now = (sum(drawn, left) + inertia) / (sum(drawn, right) + inertia)
      shifts[cut] = min(max(shifts[cut] + ElementaryFunctions.log(aim / now), -8), 8)
    }
  }
}
