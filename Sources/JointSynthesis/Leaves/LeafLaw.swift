// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Leaves of a forest, in each of which variables are independent: a leaf by its rows, then each variable by its
/// bins there.
struct LeafLaw: Hashable, Sendable {
  /// The group of each variable, by place; a group has leaves of its own.
  let groupOfVariable: [Int]
  /// For each group what its leaves are.
  let groups: [Group]
  /// The bins of each variable in the leaves of its group.
  let parts: [Part]
  /// The weights to draw the bins of the first variable by where its levels are balanced; else empty.
  let aims: [Double]

  /// The forest of a group of variables.
  struct Group: Hashable, Sendable {
    /// The number of trees; one with one leaf for a variable alone.
    var treeCount: Int
    /// The share of held-out rows that each round's forest told right.
    var accuracies: [Double]
    /// Which of the rounds the leaves are those of.
    var chosen: Int
  }

  /// The bins of a variable in each leaf.
  struct Part: Hashable, Sendable {
    /// Where each leaf's bins start; one more entry than leaves.
    var starts: [Int]
    /// The bins that occur, ascending within a leaf.
    var bins: [UInt8]
    /// The rows of each bin in its leaf.
    var counts: [Int]

    /// The number of leaves.
    var leafCount: Int { starts.count - 1 }

    /// The rows of each leaf.
    var leafSizes: [Int] {
      (0..<leafCount).map { counts[starts[$0]..<starts[$0 + 1]].reduce(0, +) }
    }
  }

  /// Creates a law; `nil` if it does not add up.
  init?(
    groupOfVariable: [Int], groups: [Group], parts: [Part], aims: [Double],
    binCounts: [Int]
  ) {
    self.groupOfVariable = groupOfVariable
    self.groups = groups
    self.parts = parts
    self.aims = aims
    guard groupOfVariable.count == parts.count, binCounts.count == parts.count,
      groupOfVariable.allSatisfy({ groups.indices.contains($0) })
    else { return nil }
    var sizes = [[Int]?](repeating: nil, count: groups.count)
    for (place, part) in parts.enumerated() {
      guard part.isSound(binCount: max(1, binCounts[place])) else { return nil }
      let own = part.leafSizes
      guard sizes[groupOfVariable[place]].map({ $0 == own }) ?? true else { return nil }
      sizes[groupOfVariable[place]] = own
    }
    for (place, group) in groups.enumerated() {
      guard sizes[place] != nil, group.treeCount > 0,
        group.accuracies.allSatisfy({ (0...1).contains($0) }),
        group.chosen <= group.accuracies.count
      else { return nil }
    }
    guard !aims.isEmpty else { return }
    guard let first = parts.first, aims.count == max(1, binCounts[0]),
      aims.allSatisfy({ $0 >= 0 && $0.isFinite }), aims.contains(where: { $0 > 0 })
    else { return nil }
    let present = Set(first.bins)
    guard aims.indices.allSatisfy({ aims[$0] == 0 || present.contains(UInt8($0)) }) else {
      return nil
    }
  }

  /// The rows of each bin of a variable over all leaves.
  func margin(of place: Int) -> [Double] {
    var margin = [Double](repeating: 0, count: 256)
    for (bin, count) in zip(parts[place].bins, parts[place].counts) {
      margin[Int(bin)] += Double(count)
    }
    return margin
  }
}

extension LeafLaw.Part {
  fileprivate func isSound(binCount: Int) -> Bool {
    guard starts.first == 0, starts.last == bins.count, starts.count > 1,
      counts.count == bins.count
    else { return false }
    for leaf in 0..<leafCount {
      guard starts[leaf] < starts[leaf + 1], starts[leaf + 1] <= bins.count else { return false }
      var before = -1
      for index in starts[leaf]..<starts[leaf + 1] {
        guard Int(bins[index]) > before, Int(bins[index]) < binCount,
          (1...Int(Int32.max)).contains(counts[index])
        else { return false }
        before = Int(bins[index])
      }
    }
    return true
  }
}
