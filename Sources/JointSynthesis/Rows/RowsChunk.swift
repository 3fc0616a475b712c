// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis

/// Draws chunks of rows from stored ones: first which row, then, where it has near ones, which of them and how
/// far on the way.
final class RowsChunk: JointChunk {
  private let stored: StoredRows
  private let streams: [StreamKey]
  private let missingCounts: [Int]
  private let margins: [[Double]]
  /// The sums of the rows' weights in each group; empty where all weigh the same.
  private let sums: [[Double]]
  private let aims: [Double]
  /// The rows of each bin of a balanced first variable, and the sums of their weights.
  private var rowsOfBin: [[Int32]] = []
  private var sumsOfBin: [[Double]] = []
  private let bins: UnsafeMutablePointer<UInt8>
  private let stride: Int
  /// For each group the row of each row of the chunk, its chosen near one, and the way to it.
  private var bases: [Int32]
  private var near: [Int32]
  private var ways: [Double]
  private var numbers: [Double]
  private var count = 0

  init(
    _ stored: StoredRows, _ variables: [JointVariable], key: RandomKey, table: String,
    bins: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    self.stored = stored
    streams = stored.groups.indices.map {
      key.stream(table: table, path: ["rows", "row", String($0)])
    }
    missingCounts = variables.map { $0.layout.missingReasons.count }
    margins = stored.columns.map { column in
      var margin = [Double](repeating: 0, count: 256)
      for bin in column { margin[Int(bin)] += 1 }
      return margin
    }
    sums = stored.groups.map { CumulativeChoice.sums($0.weights) }
    aims = CumulativeChoice.sums(stored.aims)
    self.bins = bins
    self.stride = stride
    let size = stored.groups.count * stride
    bases = [Int32](repeating: 0, count: size)
    near = [Int32](repeating: -1, count: size)
    ways = [Double](repeating: 0, count: size)
    numbers = [Double](repeating: 0, count: 4 * stride)
    guard !stored.aims.isEmpty else { return }
    let weights = stored.groups[stored.groupOfVariable[0]].weights
    rowsOfBin = [[Int32]](repeating: [], count: 256)
    sumsOfBin = [[Double]](repeating: [], count: 256)
    for (row, bin) in stored.columns[0].enumerated() {
      rowsOfBin[Int(bin)].append(Int32(row))
      sumsOfBin[Int(bin)].append(
        (sumsOfBin[Int(bin)].last ?? 0) + (weights.isEmpty ? 1 : weights[row]))
    }
  }

  func begin(firstRow: Int, count: Int) {
    self.count = count
    for (number, group) in stored.groups.enumerated() {
      numbers.withUnsafeMutableBufferPointer { room in
        guard let base = room.baseAddress else { return }
        streams[number].fillUniforms(
          entities: UInt64(firstRow), count: count, draw: 0, firsts: base, seconds: base + stride)
        streams[number].stratify(entities: UInt64(firstRow), count: count, base)
        streams[number].fillUniforms(
          entities: UInt64(firstRow), count: count, draw: 1, firsts: base + 2 * stride,
          seconds: base + 3 * stride)
      }
      for row in 0..<count {
        let base = chosen(number, uniform: numbers[row])
        bases[number * stride + row] = Int32(base)
        let k = group.neighbourCount
        guard k > 0 else { continue }
        let list = group.neighbours[base * k..<(base + 1) * k]
        let present = list.count { $0 >= 0 }
        near[number * stride + row] =
          present > 0
          ? list[list.startIndex + min(Int(numbers[stride + row] * Double(present)), present - 1)]
          : -1
        ways[number * stride + row] = numbers[2 * stride + row]
      }
    }
  }

  /// The stored row that a number picks.
  private func chosen(_ group: Int, uniform: Double) -> Int {
    if !aims.isEmpty, group == stored.groupOfVariable[0] {
      let bin = CumulativeChoice.index(in: aims, uniform: uniform)
      let below = bin > 0 ? aims[bin - 1] : 0
      let rest = (uniform * aims[aims.count - 1] - below) / (aims[bin] - below)
      let place = CumulativeChoice.index(
        in: sumsOfBin[bin], uniform: min(max(rest, 0), 1 - 0x1p-53))
      return Int(rowsOfBin[bin][place])
    }
    if !sums[group].isEmpty { return CumulativeChoice.index(in: sums[group], uniform: uniform) }
    return min(Int(uniform * Double(stored.rowCount)), stored.rowCount - 1)
  }

  func fill(_ place: Int, uniforms: UnsafePointer<Double>) {
    let number = stored.groupOfVariable[place]
    let group = stored.groups[number]
    let own = bins + place * stride
    let column = stored.columns[place]
    let isClass = place == 0 && !aims.isEmpty
    guard group.neighbourCount > 0, !isClass else {
      for row in 0..<count { own[row] = column[Int(bases[number * stride + row])] }
      return
    }
    let missingCount = missingCounts[place]
    for row in 0..<count {
      let base = Int(bases[number * stride + row])
      let bin = Int(column[base])
      let other = Int(near[number * stride + row])
      // Whether a cell is missing is the row's own.
      guard bin >= missingCount, other >= 0 else {
        own[row] = UInt8(bin)
        continue
      }
      guard let places = stored.places[place] else {
        own[row] = majority(place, base, group, bin)
        continue
      }
      let far = Int(column[other])
      own[row] =
        far < missingCount
        ? UInt8(bin)
        : UInt8(
          missingCount
            + places.between(
              bin - missingCount, far - missingCount, share: ways[number * stride + row]))
    }
  }

  /// The most frequent level among the near rows of a row; of equally frequent ones the nearest row's.
  private func majority(_ place: Int, _ base: Int, _ group: StoredRows.Group, _ own: Int) -> UInt8 {
    let k = group.neighbourCount
    let column = stored.columns[place]
    var best = (bin: UInt8(own), count: 0)
    for first in 0..<k {
      let row = Int(group.neighbours[base * k + first])
      guard row >= 0, Int(column[row]) >= missingCounts[place] else { continue }
      var votes = 0
      for other in 0..<k {
        let near = Int(group.neighbours[base * k + other])
        if near >= 0, column[near] == column[row] { votes += 1 }
      }
      if votes > best.count { best = (column[row], votes) }
    }
    return best.bin
  }

  func redraw(
    _ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int
  ) -> Int? {
    let number = stored.groupOfVariable[place]
    let group = stored.groups[number]
    let column = stored.columns[place]
    let base = Int(bases[number * stride + offset])
    // The row itself, then those near it, keep what they can.
    for row in [Int32(base)]
      + group.neighbours[base * group.neighbourCount..<(base + 1) * group.neighbourCount]
    where row >= 0 {
      let bin = Int(column[Int(row)])
      if bin >= first, bin <= last { return bin }
    }
    var sum = 0.0
    let kept = margins[place].indices.filter { $0 >= first && $0 <= last && margins[place][$0] > 0 }
    let sums = kept.map { bin -> Double in
      sum += margins[place][bin]
      return sum
    }
    return kept.isEmpty ? nil : kept[CumulativeChoice.index(in: sums, uniform: uniform)]
  }

  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>) {
    preconditionFailure("stored rows give no chances, and say so before they are asked")
  }
}
