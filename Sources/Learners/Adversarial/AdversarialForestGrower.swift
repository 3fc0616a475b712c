// SPDX-License-Identifier: Apache-2.0
public import Randomness
import Tables

/// Grows forests that tell real rows from made-up ones, round by round, until they no longer can.
///
/// In the first round rows are made up by drawing each variable by itself; from then on by drawing a leaf
/// of the round before, as often as real rows fall into it, and each variable by itself within the leaf.
/// Of the rounds, that counts whose leaves give held-out real rows the greatest likelihood.
public struct AdversarialForestGrower: Sendable {
  /// The number of trees, of which each parts all rows.
  public var treeCount = 10
  /// The fewest real rows of a leaf.
  public var minimumLeafCount = 20
  /// The most rounds.
  public var mostRounds = 8
  /// The most rows that trees grow on; all rows are parted by them.
  public var mostRows = 50_000
  /// How many threads may work; they change nothing.
  public var threads: Int
  /// One row in so many is held out.
  private static let heldOut = 10

  /// Creates a grower.
  public init(threads: Int = 1) { self.threads = threads }

  /// Returns the leaves of a table's rows.
  ///
  /// - Parameters:
  ///   - columns: The variables, *n* rows each; at least one, and one row.
  ///   - stream: Names the draws.
  public func forest(of columns: [TreePredictor], using stream: StreamKey) -> AdversarialForest {
    let count = columns[0].codes.count
    let (learned, held) = split(count, stream)
    let all = (0..<count).map { Int32($0) }
    var parting = LeafParting(
      columns: columns, leaves: [[Int32](repeating: 0, count: count)], counts: [1])
    var best: (parting: LeafParting, number: Int)?
    var rounds: [AdversarialForest.Round] = []
    // A leaf's densities rest on what was learned from alone while rounds are compared.
    while rounds.count < mostRounds, !held.isEmpty {
      let number = UInt64(rounds.count)
      let made = parting.drawn(learned.count, from: learned, using: stream, round: number)
      let fresh = parting.drawn(
        held.count, from: learned, using: stream, round: 0x1_0000 | number)
      let trees = ChunkedWork(count: treeCount, threads: threads, chunkSize: 1).map { places in
        places.map { place in
          RealityTree(
            columns, real: learned, made: made, minimumLeafCount: minimumLeafCount,
            using: stream.stream(entity: number << 32 | UInt64(place), period: 1))
        }
      }
      let accuracy = Self.accuracy(trees, columns, held, fresh)
      let parted = ChunkedWork(count: treeCount, threads: threads, chunkSize: 1).map { places in
        places.map { trees[$0].leaves(of: all, in: columns, counted: learned) }
      }
      let next = LeafParting(
        columns: columns, leaves: parted.map(\.leaves), counts: parted.map(\.count))
      let likelihood = next.logLikelihood(of: held, learned: learned)
      rounds.append(.init(accuracy: accuracy, logLikelihood: likelihood))
      if best.map({ likelihood > rounds[$0.number].logLikelihood }) ?? true {
        best = (next, rounds.count - 1)
      } else if rounds.count - 1 - (best?.number ?? 0) >= 2 {
        break
      }
      if accuracy <= 0.5 { break }
      parting = next
    }
    let final = best?.parting ?? parting
    return AdversarialForest(
      leaves: final.leaves, leafCounts: final.counts, rounds: rounds, chosen: best?.number ?? 0)
  }

  /// Which rows are learned from, and which are held out; of few rows none are.
  private func split(_ count: Int, _ stream: StreamKey) -> (learned: [Int32], held: [Int32]) {
    guard count >= Self.heldOut * minimumLeafCount else {
      return ((0..<count).map { Int32($0) }, [])
    }
    var draws = stream.stream(entity: 0, period: 2)
    let order = Draws.sample(min(count, mostRows), of: count, using: &draws).map { Int32($0) }
    let held = order.count / Self.heldOut
    return (order.dropFirst(held).sorted(), order.prefix(held).sorted())
  }

  private static func accuracy(
    _ trees: [RealityTree], _ columns: [TreePredictor], _ real: [Int32], _ made: [[UInt8]]
  ) -> Double {
    var right = 0
    for row in real {
      let share = trees.reduce(0.0) { $0 + $1.realShare { columns[$0].codes[Int(row)] } }
      if 2 * share > Double(trees.count) { right += 1 }
    }
    for row in real.indices {
      let share = trees.reduce(0.0) { $0 + $1.realShare { made[$0][row] } }
      if 2 * share <= Double(trees.count) { right += 1 }
    }
    return Double(right) / Double(2 * max(1, real.count))
  }
}
