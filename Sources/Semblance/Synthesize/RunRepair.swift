// SPDX-License-Identifier: Apache-2.0
import Contracts
import JointSynthesis
import Learners
import Synthesis
import TreeSynthesis

/// A further attempt at a contract that came out broken.
struct RunRepair: Hashable, Sendable {
  /// The rows a leaf rests on where the generator is fitted anew; `nil` keeps the one there is.
  var leafCount: Int?
  /// The replication of the seed's draw.
  var replication: Int
  /// What is done, in words.
  var words: String

  /// The further attempts, in turn: a draw, a fit with leaves of half the rows, a draw from that.
  ///
  /// Where leaves may not be smaller, rows are drawn again instead, and `note` says why.
  static func list(
    for plan: Plan, isFixed: Bool
  ) -> (repairs: [RunRepair], note: String?) {
    // A joint method has no leaves that could be smaller.
    let isJoint = JointSynthesizer.methods.contains(plan.method)
    let isBoosted = plan.method == TreeSynthesizer.boostingMethod
    let least = max(plan.minimumLevelCount, isBoosted ? HierarchyOptions.leastLeafCount : 1)
    let leaf = max(least, plan.minimumLeafCount / 2)
    let first = RunRepair(replication: 1, words: "another draw")
    let hasGroups = !isJoint && TreeSynthesizer.hasGroups(plan.method)
    guard !isFixed, hasGroups, leaf < plan.minimumLeafCount else {
      let reason =
        isFixed
        ? "the plan or the contract fixes the rows a leaf rests on"
        : !hasGroups
          ? "the method \"\(plan.method)\" has no leaves"
          : isBoosted
            ? "boosting never has leaves of fewer than \(least) rows"
            : "leaves rest on \(plan.minimumLeafCount) rows already, the fewest that may be shown"
      return (
        [first] + (2...3).map { RunRepair(replication: $0, words: "another draw") },
        "finer trees were not tried: \(reason)"
      )
    }
    return (
      [
        first,
        RunRepair(
          leafCount: leaf, replication: 0, words: "finer trees, of \(leaf) rows a leaf"),
        RunRepair(replication: 1, words: "another draw from finer trees"),
      ], nil
    )
  }
}
