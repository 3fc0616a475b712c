// SPDX-License-Identifier: Apache-2.0
import Learners

/// Draws bins from a hierarchy: rows go down it together, and each cut uses up a part of their
/// uniform number.
struct HierarchyDraw: Sendable {
  private let fitted: BoostedHierarchy

  init(_ fitted: BoostedHierarchy) { self.fitted = fitted }

  /// Draws a bin for each of `count` rows.
  ///
  /// Where bins are cut in their order, the greater the uniform number, the greater the bin.
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
    // How many of the bins up to each place are allowed.
    var allowed = [0]
    for bin in bins {
      allowed.append(allowed[allowed.count - 1] + (Int(bin) >= first && Int(bin) <= last ? 1 : 0))
    }
    guard allowed[bins.count] > 0 else { return nil }
    var shares = [Double](repeating: -1, count: fitted.splits.count)
    var place = fitted.splits.isEmpty ? -1 : 0
    var index = 0
    var rest = uniform
    while place >= 0 {
      let node = fitted.hierarchy.nodes[place]
      let share = share(place, columns, row, &shares)
      let left =
        share * mass(node.left, node.range.lowerBound..<node.middle, allowed, columns, row, &shares)
      let right =
        (1 - share)
        * mass(node.right, node.middle..<node.range.upperBound, allowed, columns, row, &shares)
      // Where what is allowed is all but impossible, a side that has some of it is taken.
      let hasLeft = allowed[node.middle] > allowed[node.range.lowerBound]
      let hasRight = allowed[node.range.upperBound] > allowed[node.middle]
      let aim = rest * (left + right)
      if hasLeft, !hasRight || aim < left || left + right <= 0 {
        rest = left > 0 ? min(aim / left, Self.greatest) : rest
        index = node.range.lowerBound
        place = node.left
      } else {
        rest = right > 0 ? min(max(aim - left, 0) / right, Self.greatest) : rest
        index = node.middle
        place = node.right
      }
    }
    return Int(bins[index])
  }

  /// The share of a part's probability that is allowed.
  private func mass(
    _ place: Int, _ range: Range<Int>, _ allowed: [Int], _ columns: [UnsafePointer<UInt8>],
    _ row: Int, _ shares: inout [Double]
  ) -> Double {
    let count = allowed[range.upperBound] - allowed[range.lowerBound]
    if count == 0 { return 0 }
    guard place >= 0, count < range.count else { return 1 }
    let node = fitted.hierarchy.nodes[place]
    let middle = node.middle
    let share = share(place, columns, row, &shares)
    return share * mass(node.left, range.lowerBound..<middle, allowed, columns, row, &shares)
      + (1 - share) * mass(node.right, middle..<range.upperBound, allowed, columns, row, &shares)
  }

  /// Writes the chances of some bins of one row.
  ///
  /// - Parameter isWanted: The bins whose chances are wanted; `nil` for all.
  func chances(
    _ columns: [UnsafePointer<UInt8>], row: Int, of isWanted: [Bool]?,
    into result: UnsafeMutablePointer<Double>
  ) {
    let bins = fitted.hierarchy.bins
    guard !fitted.splits.isEmpty else {
      result[Int(bins[0])] = 1
      return
    }
    // How many of the bins up to each place are wanted.
    var wanted = [0]
    for bin in bins {
      wanted.append(wanted[wanted.count - 1] + (isWanted?[Int(bin)] == false ? 0 : 1))
    }
    var shares = [Double](repeating: -1, count: fitted.splits.count)
    func spread(_ place: Int, _ range: Range<Int>, _ chance: Double) {
      guard wanted[range.upperBound] > wanted[range.lowerBound], chance > 0 else { return }
      guard place >= 0 else {
        result[Int(bins[range.lowerBound])] += chance
        return
      }
      let node = fitted.hierarchy.nodes[place]
      let share = share(place, columns, row, &shares)
      spread(node.left, node.range.lowerBound..<node.middle, chance * share)
      spread(node.right, node.middle..<node.range.upperBound, chance * (1 - share))
    }
    spread(0, fitted.hierarchy.nodes[0].range, 1)
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
