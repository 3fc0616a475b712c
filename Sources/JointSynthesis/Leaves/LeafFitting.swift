// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis
import Tables

/// Grows an adversarial forest for each group of variables, and counts the bins in its leaves.
struct LeafFitting {
  let binned: [BinnedVariable]
  let steps: [PlanStep]
  let groups: [[Int]]
  let minimumCount: Int
  let threads: Int

  /// Returns the leaves.
  func fit(progress: ProgressHandler) -> LeafLaw {
    var groupOfVariable = [Int](repeating: 0, count: binned.count)
    var parts = [LeafLaw.Part](
      repeating: .init(starts: [0], bins: [], counts: []), count: binned.count)
    var laws: [LeafLaw.Group] = []
    for (number, places) in groups.enumerated() {
      progress.report("fitting", number, of: groups.count)
      for place in places { groupOfVariable[place] = number }
      guard places.count > 1 else {
        let rows = binned[places[0]].codes.count
        parts[places[0]] = part(places[0], [[Int32](repeating: 0, count: rows)], [1])
        laws.append(.init(treeCount: 1, accuracies: [], chosen: 0))
        continue
      }
      var grower = AdversarialForestGrower(threads: threads)
      grower.minimumLeafCount = minimumCount
      let forest = grower.forest(
        of: places.map { TreePredictor($0, of: binned) },
        using: RandomKey(seed: "adversarial forest").stream(binned[places[0]].name))
      let counted = ChunkedWork(count: places.count, threads: threads, chunkSize: 1).map {
        $0.map { part(places[$0], forest.leaves, forest.leafCounts) }
      }
      for (place, part) in zip(places, counted) { parts[place] = part }
      laws.append(
        .init(
          treeCount: forest.leaves.count, accuracies: forest.rounds.map(\.accuracy),
          chosen: forest.chosen))
    }
    var aims: [Double] = []
    if let shares = steps.first?.balance, !shares.isEmpty {
      aims = BalancedMargin(binned[0].margin, of: binned[0].layout, shares: shares).margin
    }
    guard
      let law = LeafLaw(
        groupOfVariable: groupOfVariable, groups: laws, parts: parts, aims: aims,
        binCounts: binned.map(\.layout.binCount))
    else { preconditionFailure("counted leaves add up") }
    return law
  }

  /// The bins of a variable in the leaves of all trees.
  private func part(_ place: Int, _ leaves: [[Int32]], _ leafCounts: [Int]) -> LeafLaw.Part {
    let codes = binned[place].codes
    let binCount = max(1, binned[place].layout.binCount)
    var part = LeafLaw.Part(starts: [0], bins: [], counts: [])
    for (tree, count) in leafCounts.enumerated() {
      var table = [Int](repeating: 0, count: count * binCount)
      for (row, leaf) in leaves[tree].enumerated() {
        table[Int(leaf) * binCount + Int(codes[row])] += 1
      }
      for leaf in 0..<count {
        for bin in 0..<binCount where table[leaf * binCount + bin] > 0 {
          part.bins.append(UInt8(bin))
          part.counts.append(table[leaf * binCount + bin])
        }
        part.starts.append(part.bins.count)
      }
    }
    return part
  }
}

extension TreePredictor {
  /// A binned variable as a tree asks it.
  fileprivate init(_ place: Int, of binned: [BinnedVariable]) {
    let variable = binned[place]
    self.init(
      codes: variable.codes, binCount: max(1, variable.layout.binCount),
      isOrdered: variable.layout.isScale)
  }
}
