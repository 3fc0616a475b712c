// SPDX-License-Identifier: Apache-2.0
import Learners

/// Draws bins from a hierarchy: rows go down it together, and each cut uses up a part of their
/// uniform number.
struct HierarchyDraw: Sendable {
  private let fitted: BoostedHierarchy

  init(_ fitted: BoostedHierarchy) { self.fitted = fitted }

  /// Draws a bin for each of `count` rows.
  ///
  /// The greater the uniform number, the greater the bin, as with a distribution function.
  ///
  /// - Parameters:
  ///   - columns: For each predictor, the bins of the rows.
  ///   - uniforms: One number in 0..<1 a row.
  ///   - result: Room for the bin of each row.
  func bins(
    _ columns: [UnsafePointer<UInt8>], count: Int, uniforms: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<UInt8>
  ) {
    guard !fitted.splits.isEmpty else {
      return result.update(repeating: fitted.hierarchy.bins[0], count: count)
    }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, 2 * count)) { rows in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, count)) { rest in
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: max(1, count)) { odds in
          guard let rows = rows.baseAddress, let rest = rest.baseAddress,
            let odds = odds.baseAddress
          else { return }
          for row in 0..<count { rows[row] = Int32(row) }
          rest.update(from: uniforms, count: count)
          let work = Work(
            columns: columns, spare: rows + count, rest: rest, odds: odds, result: result)
          draw(0, rows, count, work)
        }
      }
    }
  }

  /// What all cuts work on.
  private struct Work {
    let columns: [UnsafePointer<UInt8>]
    let spare: UnsafeMutablePointer<Int32>
    let rest: UnsafeMutablePointer<Double>
    let odds: UnsafeMutablePointer<Int64>
    let result: UnsafeMutablePointer<UInt8>
  }

  private func draw(
    _ place: Int, _ rows: UnsafeMutablePointer<Int32>, _ count: Int, _ work: Work
  ) {
    guard count > 0 else { return }
    let split = fitted.splits[place]
    split.logOdds(columns: work.columns, rows: rows, count: count, into: work.odds)
    let isPlain = split.ensembles.isEmpty
    let common = BoostedSplit.probability(Int64(split.base))
    var next = 0
    var others = 0
    for index in 0..<count {
      let row = rows[index]
      let share = isPlain ? common : BoostedSplit.probability(work.odds[index])
      let uniform = work.rest[Int(row)]
      if uniform < share {
        work.rest[Int(row)] = min(uniform / share, Self.greatest)
        rows[next] = row
        next += 1
      } else {
        work.rest[Int(row)] = min((uniform - share) / (1 - share), Self.greatest)
        work.spare[others] = row
        others += 1
      }
    }
    (rows + next).update(from: work.spare, count: others)
    let node = fitted.hierarchy.nodes[place]
    finish(node.left, node.range.lowerBound, rows, next, work)
    finish(node.right, node.middle, rows + next, others, work)
  }

  private func finish(
    _ child: Int, _ bin: Int, _ rows: UnsafeMutablePointer<Int32>, _ count: Int, _ work: Work
  ) {
    if child >= 0 { return draw(child, rows, count, work) }
    for index in 0..<count { work.result[Int(rows[index])] = fitted.hierarchy.bins[bin] }
  }

  /// The greatest number below one.
  private static let greatest = 1 - 0x1p-53

  // MARK: One row

  /// The bin that a uniform number picks for one row among those within bounds; `nil` if none is.
  func bin(
    _ columns: [UnsafePointer<UInt8>], row: Int, uniform: Double, from first: Int,
    through last: Int
  ) -> Int? {
    let bins = fitted.hierarchy.bins
    guard let low = bins.firstIndex(where: { Int($0) >= first }),
      let high = bins.lastIndex(where: { Int($0) <= last }), low <= high
    else { return nil }
    var shares = [Double](repeating: -1, count: fitted.splits.count)
    var place = fitted.splits.isEmpty ? -1 : 0
    var index = 0
    var rest = uniform
    while place >= 0 {
      let node = fitted.hierarchy.nodes[place]
      let share = share(place, columns, row, &shares)
      let left = share * mass(node.left, node.range.lowerBound, low...high, columns, row, &shares)
      let right = (1 - share) * mass(node.right, node.middle, low...high, columns, row, &shares)
      let total = left + right
      // Where a bound is all but impossible, the side that has a bin is taken.
      let aim = rest * total
      if total > 0 ? aim < left : node.middle > low {
        rest = total > 0 ? min(aim / left, Self.greatest) : rest
        index = node.range.lowerBound
        place = node.left
      } else {
        rest = total > 0 ? min((aim - left) / right, Self.greatest) : rest
        index = node.middle
        place = node.right
      }
    }
    return Int(bins[index])
  }

  /// The share of a part's probability that lies within bounds.
  private func mass(
    _ place: Int, _ bin: Int, _ bounds: ClosedRange<Int>, _ columns: [UnsafePointer<UInt8>],
    _ row: Int, _ shares: inout [Double]
  ) -> Double {
    guard place >= 0 else { return bounds.contains(bin) ? 1 : 0 }
    let node = fitted.hierarchy.nodes[place]
    if node.range.upperBound <= bounds.lowerBound || node.range.lowerBound > bounds.upperBound {
      return 0
    }
    if bounds.lowerBound <= node.range.lowerBound, node.range.upperBound - 1 <= bounds.upperBound {
      return 1
    }
    let share = share(place, columns, row, &shares)
    return share * mass(node.left, node.range.lowerBound, bounds, columns, row, &shares)
      + (1 - share) * mass(node.right, node.middle, bounds, columns, row, &shares)
  }

  /// The share of one row that goes left at a cut, computed once.
  private func share(
    _ place: Int, _ columns: [UnsafePointer<UInt8>], _ row: Int, _ shares: inout [Double]
  ) -> Double {
    if shares[place] < 0 {
      var odds: Int64 = 0
      var row = Int32(row)
      let split = fitted.splits[place]
      if split.ensembles.isEmpty {
        odds = Int64(split.base)
      } else {
        split.logOdds(columns: columns, rows: &row, count: 1, into: &odds)
      }
      shares[place] = BoostedSplit.probability(odds)
    }
    return shares[place]
  }
}
