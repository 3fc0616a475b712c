// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis

/// Draws chunks of rows of a forest's leaves: first each row's leaf, then every variable in it.
final class LeafChunk: JointChunk {
  private let law: LeafLaw
  private let streams: [StreamKey]
  /// The sums of the weights of each group's leaves.
  private let leafSums: [[Double]]
  /// For each variable the sums of the weights of its bins, within each leaf.
  private let binSums: [[Double]]
  private let margins: [[Double]]
  private let bins: UnsafeMutablePointer<UInt8>
  private let stride: Int
  /// The leaf of each row, a stretch a group.
  private var leaves: [Int32]
  private var spare: [Double]
  private var count = 0

  init(
    _ law: LeafLaw, _ variables: [JointVariable], key: RandomKey, table: String,
    bins: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    self.law = law
    streams = law.groups.indices.map {
      key.stream(table: table, path: ["forest", "leaf", String($0)])
    }
    let weights = law.parts.indices.map { law.weights(of: $0) }
    binSums = law.parts.indices.map { Self.sums(weights[$0], law.parts[$0]) }
    leafSums = law.groups.indices.map { group in
      // The balanced variable, if it is of the group, says how common leaves become.
      guard let place = law.groupOfVariable.firstIndex(of: group) else { return [] }
      let part = law.parts[place]
      return CumulativeChoice.sums(
        (0..<part.leafCount).map {
          weights[place][part.starts[$0]..<part.starts[$0 + 1]].reduce(0, +)
        })
    }
    margins = law.parts.indices.map { law.margin(of: $0) }
    self.bins = bins
    self.stride = stride
    leaves = [Int32](repeating: 0, count: law.groups.count * stride)
    spare = [Double](repeating: 0, count: 2 * stride)
  }

  private static func sums(_ weights: [Double], _ part: LeafLaw.Part) -> [Double] {
    var sums = weights
    for leaf in 0..<part.leafCount {
      for index in part.starts[leaf] + 1..<max(part.starts[leaf] + 1, part.starts[leaf + 1]) {
        sums[index] += sums[index - 1]
      }
    }
    return sums
  }

  func begin(firstRow: Int, count: Int) {
    self.count = count
    for group in streams.indices {
      streams[group].fillSpare(&spare, firstRow: firstRow, count: count, stride: stride)
      for row in 0..<count {
        leaves[group * stride + row] = Int32(
          CumulativeChoice.index(in: leafSums[group], uniform: spare[row]))
      }
    }
  }

  func fill(_ place: Int, uniforms: UnsafePointer<Double>) {
    let own = bins + place * stride
    let first = law.groupOfVariable[place] * stride
    let part = law.parts[place]
    for row in 0..<count {
      let leaf = Int(leaves[first + row])
      var low = part.starts[leaf]
      var high = part.starts[leaf + 1] - 1
      let aim = uniforms[row] * binSums[place][high]
      while low < high {
        let middle = (low + high) >> 1
        if binSums[place][middle] <= aim { low = middle + 1 } else { high = middle }
      }
      own[row] = part.bins[low]
    }
  }

  func redraw(
    _ place: Int, offset: Int, uniform: Double, from first: Int, through last: Int
  ) -> Int? {
    let part = law.parts[place]
    let leaf = Int(leaves[law.groupOfVariable[place] * stride + offset])
    let kept = (part.starts[leaf]..<part.starts[leaf + 1]).filter {
      Int(part.bins[$0]) >= first && Int(part.bins[$0]) <= last
    }
    if !kept.isEmpty {
      let sums = CumulativeChoice.sums(kept.map { Double(part.counts[$0]) })
      return Int(part.bins[kept[CumulativeChoice.index(in: sums, uniform: uniform)]])
    }
    // Where the leaf has none, as all rows have it.
    let all = margins[place].indices.filter { $0 >= first && $0 <= last && margins[place][$0] > 0 }
    let sums = CumulativeChoice.sums(all.map { margins[place][$0] })
    return all.isEmpty ? nil : all[CumulativeChoice.index(in: sums, uniform: uniform)]
  }

  func chances(_ place: Int, offset: Int, into result: UnsafeMutablePointer<Double>) {
    let part = law.parts[place]
    let leaf = Int(leaves[law.groupOfVariable[place] * stride + offset])
    let sums = binSums[place]
    let total = sums[part.starts[leaf + 1] - 1]
    guard total > 0 else { return }
    var before = 0.0
    for index in part.starts[leaf]..<part.starts[leaf + 1] {
      result[Int(part.bins[index])] = (sums[index] - before) / total
      before = sums[index]
    }
  }
}

extension LeafLaw {
  /// The weight of each of a variable's bins in its leaf; of a balanced one, by the shares that are asked for.
  fileprivate func weights(of place: Int) -> [Double] {
    let part = parts[place]
    guard place == 0, !aims.isEmpty else { return part.counts.map { Double($0) } }
    let margin = margin(of: 0)
    return part.counts.indices.map { index in
      let bin = Int(part.bins[index])
      return margin[bin] > 0 ? Double(part.counts[index]) * aims[bin] / margin[bin] : 0
    }
  }
}
