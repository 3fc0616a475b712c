// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ByteWriter {
  mutating func write(_ law: LeafLaw) {
    write(counts: law.groupOfVariable)
    write(count: law.groups.count)
    for group in law.groups {
      write(count: group.treeCount)
      write(weights: group.accuracies)
      write(count: group.chosen)
    }
    for part in law.parts {
      // The number of bins of each leaf is below 256.
      write((0..<part.leafCount).map { UInt8(part.starts[$0 + 1] - part.starts[$0] - 1) })
      write(part.bins)
      write(counts: part.counts)
    }
    write(weights: law.aims)
  }
}

extension ByteReader {
  /// Reads the leaves of forests; what cannot have been written throws.
  mutating func leafLaw(of variables: [JointVariable]) throws(Damage) -> LeafLaw {
    let groupOfVariable = try counts()
    var groups: [LeafLaw.Group] = []
    for _ in 0..<(try entryCount()) {
      groups.append(
        .init(treeCount: try count(), accuracies: try weights(), chosen: try count()))
    }
    var parts: [LeafLaw.Part] = []
    for _ in variables {
      let lengths = try list()
      var starts = [0]
      for length in lengths { starts.append(starts[starts.count - 1] + Int(length) + 1) }
      parts.append(.init(starts: starts, bins: try list(), counts: try counts()))
    }
    guard
      let law = LeafLaw(
        groupOfVariable: groupOfVariable, groups: groups, parts: parts, aims: try weights(),
        binCounts: variables.map(\.layout.binCount))
    else { throw Damage() }
    return law
  }
}
