// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Finds bins that are alike in how their rows' predictors are distributed.
///
/// Where neighbours on a scale have little in common (amounts that stand for single rules of a tax
/// form, say), a cut in their order leaves the telling of them apart to later cuts, which few rows
/// reach. Such bins are better cut by their profile: the first axis of a correspondence analysis of
/// bins by classes of all predictors.
///
/// ## Source
/// Benzécri, *L'analyse des données*, 1973, for the axis; the choice by information is our own.
struct BinProfiles {
  /// The classes into which a predictor's bins are pooled.
  private static let classCount = 8
  /// The rows of the average profile that are added to each bin's.
  private static let priorCount = 20.0
  /// How much more a cut by profile must tell than one in order.
  private static let advantage = 1.3
  /// The least share of the rows on each side of a cut by profile.
  private static let leastShare = 0.125

  private let target: TreeTarget
  private let rows: [Int32]
  /// For each predictor, the column of each row's class.
  private let columns: [[UInt16]]
  private let columnCount: Int

  init(target: TreeTarget, predictors: [TreePredictor], rows: [Int32]) {
    self.target = target
    self.rows = rows
    var columns: [[UInt16]] = []
    var offset = 0
    for predictor in predictors {
      var counts = [Int](repeating: 0, count: predictor.binCount)
      for row in rows { counts[Int(predictor.codes[Int(row)])] += 1 }
      var classes = [UInt16](repeating: 0, count: predictor.binCount)
      var place = 0
      var weight = 0
      for bin in counts.indices {
        if weight * Self.classCount >= rows.count {
          place += 1
          weight = 0
        }
        classes[bin] = UInt16(offset + place)
        weight += counts[bin]
      }
      columns.append(rows.map { classes[Int(predictor.codes[Int($0)])] })
      offset += place + 1
    }
    self.columns = columns
    columnCount = offset
  }

  /// The two parts into which some bins are cut by their profiles; `nil` where their order does as
  /// well.
  func parts(_ bins: [UInt8]) -> (left: [UInt8], right: [UInt8])? {
    guard !columns.isEmpty, bins.count > 2 else { return nil }
    let (counts, sizes) = counts(bins)
    let total = sizes.reduce(0, +)
    guard total >= 200, (sizes.max() ?? 0) * 2 < total else { return nil }
    let scores = scores(counts, sizes)
    let order = bins.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    let byProfile = best(order, counts, sizes, isHalved: false)
    let inOrder = best(Array(bins.indices), counts, sizes, isHalved: true)
    // What the best of so many cuts of pure noise would tell.
    let root = Double(bins.count).squareRoot() + Double(columnCount).squareRoot()
    guard byProfile.gain > Self.advantage * inOrder.gain,
      byProfile.gain - inOrder.gain > root * root / 2
    else { return nil }
    return (
      order[..<byProfile.place].sorted().map { bins[$0] },
      order[byProfile.place...].sorted().map { bins[$0] }
    )
  }

  /// The rows of each bin by column, bin after bin, and of each bin in all.
  private func counts(_ bins: [UInt8]) -> (counts: [Double], sizes: [Double]) {
    var places = [Int](repeating: -1, count: 256)
    for (place, bin) in bins.enumerated() { places[Int(bin)] = place }
    var counts = [Double](repeating: 0, count: bins.count * columnCount)
    var sizes = [Double](repeating: 0, count: bins.count)
    for (index, row) in rows.enumerated() {
      let place = places[Int(target.codes[Int(row)])]
      guard place >= 0 else { continue }
      sizes[place] += 1
      for column in columns { counts[place * columnCount + Int(column[index])] += 1 }
    }
    return (counts, sizes)
  }

  /// The place of each bin on the axis on which profiles differ most.
  private func scores(_ counts: [Double], _ sizes: [Double]) -> [Double] {
    let total = sizes.reduce(0, +)
    var average = [Double](repeating: 0, count: columnCount)
    for index in counts.indices { average[index % columnCount] += counts[index] / total }
    var profiles = counts
    for index in counts.indices {
      let (bin, column) = (index / columnCount, index % columnCount)
      let share =
        (counts[index] + Self.priorCount * average[column]) / (sizes[bin] + Self.priorCount)
      profiles[index] =
        average[column] > 0 ? (share - average[column]) / average[column].squareRoot() : 0
    }
    func scores(_ axis: [Double]) -> [Double] {
      sizes.indices.map { bin in
        var sum = 0.0
        for column in 0..<columnCount { sum += profiles[bin * columnCount + column] * axis[column] }
        return sum
      }
    }
    var axis = (0..<columnCount).map { Double($0 % 7) - 3 }
    for _ in 0..<30 {
      let projected = scores(axis)
      var next = [Double](repeating: 0, count: columnCount)
      for bin in sizes.indices {
        for column in 0..<columnCount {
          next[column] += sizes[bin] * projected[bin] * profiles[bin * columnCount + column]
        }
      }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { break }
      axis = next.map { $0 / length }
    }
    return scores(axis)
  }

  /// The cut of an order that tells most of the predictors, in nats, or the one that halves the rows.
  private func best(
    _ order: [Int], _ counts: [Double], _ sizes: [Double], isHalved: Bool
  ) -> (place: Int, gain: Double) {
    let total = sizes.reduce(0, +)
    var whole = [Double](repeating: 0, count: columnCount)
    for index in counts.indices { whole[index % columnCount] += counts[index] }
    let rest = columns.isEmpty ? 0 : Double(columns.count) * Self.term(total)
    var left = [Double](repeating: 0, count: columnCount)
    var size = 0.0
    var best = (place: 1, gain: -1.0)
    var distance = Double.infinity
    for place in 1..<order.count {
      let bin = order[place - 1]
      size += sizes[bin]
      for column in 0..<columnCount { left[column] += counts[bin * columnCount + column] }
      if isHalved
        ? abs(size - total / 2) >= distance : min(size, total - size) < Self.leastShare * total
      {
        continue
      }
      var gain = rest - Double(columns.count) * (Self.term(size) + Self.term(total - size))
      for column in 0..<columnCount {
        gain +=
          Self.term(left[column]) + Self.term(whole[column] - left[column])
          - Self.term(whole[column])
      }
      if isHalved || gain > best.gain { best = (place, gain) }
      distance = abs(size - total / 2)
    }
    return best
  }

  private static func term(_ count: Double) -> Double {
    count > 0 ? count * ElementaryFunctions.log(count) : 0
  }
}
