// SPDX-License-Identifier: Apache-2.0
import Learners
import Numerics
import Randomness
import Synthesis

/// A tree's draws under a condition that all candidates share, worked out once, leaf by leaf.
struct SharedDraw: Sendable {
  /// The leaves, as they are weighed.
  private struct Leaves: Sendable {
    /// Where each leaf's entries start; one more than there are leaves.
    var starts: [Int32] = [0]
    /// The bins that satisfy the condition in each leaf.
    var bins: [UInt8] = []
    /// The sums of their weights, leaf by leaf.
    var sums: [Double] = []
    /// The logarithm of the weight of each leaf.
    var logarithms: [Double] = []
  }

  private let walk: LeafWalk
  /// Where nothing else decides whether a cell is missing.
  private var free = Leaves()
  /// Where another variable decides that it is present.
  private var present = Leaves()
  /// The logarithm by which the proposal of each bin is raised.
  private let tilts: [Double]
  private let condition: CellCondition

  /// Works out the leaves; `nil` where rows must be looked at one by one.
  init?(_ variable: FittedVariable, _ conditioned: ConditionedDraw, _ condition: CellCondition) {
    guard case .tree(let tree) = variable.conditional, !variable.isLimited,
      !variable.layout.hasGroups, condition.value == nil, !condition.isRare
    else { return nil }
    walk = LeafWalk(tree)
    self.condition = condition
    tilts = condition.tilts.map { ElementaryFunctions.log($0) }
    let cumulativeWeights = tree.cumulativeWeights(scaledBy: variable.binFactors)
    let isRouted = variable.missingRoute != nil
    var free = Leaves()
    var present = Leaves()
    LeafDraw.with(tree, cumulativeWeights) { draw in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 256) { room in
        guard let chances = room.baseAddress else { return }
        for leaf in 0..<tree.leafCount {
          for isPresent in isRouted ? [false, true] : [false] {
            chances.initialize(repeating: 0, count: 256)
            _ = draw.chances(leaf: leaf, into: chances)
            conditioned.settle(
              chances, decided: isPresent ? conditioned.missingCount : 255, condition)
            if isPresent {
              Self.add(chances, condition, to: &present)
            } else {
              Self.add(chances, condition, to: &free)
            }
          }
        }
      }
    }
    (self.free, self.present) = (free, present)
  }

  private static func add(
    _ chances: UnsafePointer<Double>, _ condition: CellCondition, to leaves: inout Leaves
  ) {
    var sum = 0.0
    for (bin, share) in condition.shares.enumerated() where share > 0 && chances[bin] > 0 {
      sum += chances[bin] * share * (condition.tilts.isEmpty ? 1 : condition.tilts[bin])
      leaves.bins.append(UInt8(bin))
      leaves.sums.append(sum)
    }
    leaves.starts.append(Int32(leaves.bins.count))
    leaves.logarithms.append(sum > 0 ? ElementaryFunctions.log(sum) : -.infinity)
  }

  /// Draws candidates.
  ///
  /// Numbers are not spread over candidates: which of them a row takes has nothing to do with its number.
  func fill(_ chunk: CandidateChunk, place: Int, _ draw: VariableDraw) {
    let count = chunk.count
    let variable = draw.variable
    let columns = variable.predictors.map { UnsafePointer(chunk.bins + $0 * chunk.stride) }
    let own = chunk.bins + place * chunk.stride
    let output = chunk.outputs[place]
    let cells = condition.cells ?? draw.cells
    let route = variable.missingRoute.map {
      (bins: UnsafePointer(chunk.bins + $0.source * chunk.stride), outcomes: $0.outcomes)
    }
    let missingCount = draw.missingCount
    let isScale = cells != nil
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(count, 1)) { leaves in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, 4 * count)) { room in
        guard let leaves = leaves.baseAddress, let uniforms = room.baseAddress else { return }
        walk.leaves(of: columns, count: count, into: leaves)
        chunk.fillUniforms(draw.stream, draw: 0, firsts: uniforms, seconds: uniforms + count)
        if isScale {
          chunk.fillUniforms(
            draw.stream, draw: 1, firsts: uniforms + 2 * count, seconds: uniforms + 3 * count)
        }
        for offset in 0..<count {
          let decided = route.map { Int($0.outcomes[Int($0.bins[offset])]) } ?? 255
          var bin = 0
          var weight = -Double.infinity
          if decided < missingCount {
            bin = decided
            weight = condition.shares[decided] > 0 ? 0 : -.infinity
          } else {
            (bin, weight) =
              decided == 255
              ? pick(free, Int(leaves[offset]), uniforms[offset])
              : pick(present, Int(leaves[offset]), uniforms[offset])
          }
          own[offset] = UInt8(bin)
          chunk.note(logarithm: weight, at: offset, place: place)
          if bin < missingCount {
            output.missing[offset] = UInt8(bin + 1)
          } else if let cells {
            output.numbers[offset] = cells.value(
              bin - missingCount, choice: uniforms[2 * count + offset],
              position: uniforms[count + offset])
          } else {
            output.levels[offset] = UInt32(bin - missingCount)
          }
        }
      }
    }
  }

  /// The bin that a number picks from a leaf, and the logarithm of its weight.
  @inline(__always)
  private func pick(_ leaves: Leaves, _ leaf: Int, _ uniform: Double) -> (Int, Double) {
    let logarithm = leaves.logarithms[leaf]
    guard logarithm > -.infinity else {
      return (condition.shares.firstIndex { $0 > 0 } ?? 0, logarithm)
    }
    var low = Int(leaves.starts[leaf])
    var high = Int(leaves.starts[leaf + 1]) - 1
    let aim = uniform * leaves.sums[high]
    while low < high {
      let middle = (low + high) >> 1
      if leaves.sums[middle] <= aim { low = middle + 1 } else { high = middle }
    }
    let bin = Int(leaves.bins[low])
    return (bin, tilts.isEmpty ? logarithm : logarithm - tilts[bin])
  }
}
