// SPDX-License-Identifier: Apache-2.0
public import Evaluation
import Numerics
public import Randomness
public import Schemas
public import Tables

/// A membership attack by someone who can run the generator: who was learned from, told from what the
/// generator makes of rows with and without the target.
///
/// Each run fits the generator to a random half of the rows. A few numbers of each synthetic table that
/// a target might sway (its nearest rows, and how many rows equal it on some columns) are learned from
/// half of the runs, and the target's membership in the other runs is told from them.
///
/// ## Source
/// Stadler, Oprisanu and Troncoso, "Synthetic data – anonymisation groundhog day" (USENIX 2022), with
/// the counting queries of Houssiau et al., "TAPAS" (2022); runs are shared by all targets as in Carlini
/// et al., "Membership inference attacks from first principles" (S&P 2022).
public struct ShadowModels: Sendable {
  /// Makes as many synthetic rows as there are, from some rows in a run of a number.
  public typealias Generate = (_ learned: Table, _ run: Int) throws(DataError) -> Table

  /// The most real rows that runs learn from and draw targets from.
  public static let maximumRowCount = 2000
  /// The most targets of either kind.
  static let targetCount = 20

  /// How many runs are made.
  public var runCount: Int

  /// Creates an attack.
  public init(runCount: Int) { self.runCount = runCount }

  /// Runs the generator and attacks.
  ///
  /// - Parameters:
  ///   - real: The real rows.
  ///   - schema: What the columns mean.
  ///   - key: Names the draws of rows, targets and halves.
  ///   - progress: Hears how far the runs have come.
  ///   - generate: Fits the generator and draws from it.
  /// - Returns: The attack on the rows farthest from all others, and on other rows; empty if there are
  ///   too few rows or runs.
  public func attacks(
    real: Table, schema: Schema, key: RandomKey, progress: ProgressHandler = .silent,
    generate: Generate
  ) throws(DataError) -> [MembershipReport.Attack] {
    var stream = key.stream(path: ["disclosure", "shadow", "rows"]).stream(entity: 0)
    let rows = Draws.sample(
      min(real.rowCount, Self.maximumRowCount), of: real.rowCount, using: &stream)
    guard rows.count >= 40, runCount >= 8 else { return [] }
    let pool = real.selecting(rows: rows)
    let alone = ComparedTables(try TableAlignment([pool, pool], schema: schema), threads: 1)
    guard let quantizer = Quantizer(alone) else { return [] }
    let targets = Self.targets(quantizer.table(0, rows: Array(0..<rows.count)), using: &stream)
    var runs: [ShadowRun] = []
    for number in 0..<runCount {
      var halving = key.stream(path: ["disclosure", "shadow", "half"])
        .stream(entity: UInt64(number))
      let learned = Draws.sample(rows.count / 2, of: rows.count, using: &halving)
      let synthetic = try generate(pool.selecting(rows: learned), number)
      let tables = ComparedTables(
        try TableAlignment([pool, synthetic], schema: schema), threads: 1)
      guard synthetic.rowCount > 0, let quantizer = Quantizer(tables) else { return [] }
      runs.append(
        ShadowRun(
          tables: tables, quantizer: quantizer, targets: targets.map(\.row),
          radii: targets.map(\.radius), learned: Set(learned), key: key))
      progress.report("running shadow models", number + 1, of: runCount)
    }
    return [true, false].map { isVulnerable in
      var (members, others): ([Double], [Double]) = ([], [])
      for (place, target) in targets.enumerated() where target.isVulnerable == isVulnerable {
        for (score, isMember) in Self.scores(of: place, runs) {
          if isMember { members.append(score) } else { others.append(score) }
        }
      }
      let places = targets.indices.filter { targets[$0].isVulnerable == isVulnerable }
      return MembershipMeasure.attack(
        "shadow models", isVulnerable, members, others, Self.epsilonAtLeast(places, runs))
    }
  }

  private struct Target {
    var row: Int
    var radius: Int16
    var isVulnerable: Bool
  }

  /// The rows farthest from all others, and as many of the rest at random.
  private static func targets(
    _ table: QuantizedTable, using stream: inout RandomStream
  ) -> [Target] {
    let search = NearestSearch(candidates: table)
    let distances = (0..<table.rowCount).map {
      search.nearest(to: table.row($0), excluding: $0).distance
    }
    let order = distances.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }
    let count = min(targetCount, table.rowCount / 2)
    let rest = Array(order.dropFirst(count))
    let drawn = Draws.sample(min(count, rest.count), of: rest.count, using: &stream)
      .map { rest[$0] }
    return order.prefix(count).map { Target(row: $0, radius: distances[$0], isVulnerable: true) }
      + drawn.map { Target(row: $0, radius: distances[$0], isVulnerable: false) }
  }

  /// What the attack on one target shows at least of the generator's ε.
  ///
  /// Runs of one parity choose the target that they tell best and how to tell it; the others, which are
  /// independent runs that nothing was chosen by, are the test.
  private static func epsilonAtLeast(_ targets: [Int], _ runs: [ShadowRun]) -> Score {
    let known = stride(from: 0, to: runs.count, by: 2).map { runs[$0] }
    let tested = stride(from: 1, to: runs.count, by: 2).map { runs[$0] }
    var best: (separation: Double, target: Int, model: ShadowDiscriminant)?
    for target in targets {
      let members = known.filter { $0.isMember[target] }.map { $0.figures[target] }
      let others = known.filter { !$0.isMember[target] }.map { $0.figures[target] }
      guard let model = ShadowDiscriminant(members: members, others: others) else { continue }
      let separation = model.separation(members: members, others: others)
      if separation > (best?.separation ?? -.infinity) { best = (separation, target, model) }
    }
    guard let best else {
      return Score(notComputable: "no target was learned from in some runs and not in others")
    }
    var (found, alarms) = ((count: 0, of: 0), (count: 0, of: 0))
    for run in tested {
      let isTaken = best.model.score(run.figures[best.target]) > 0 ? 1 : 0
      if run.isMember[best.target] {
        found = (found.count + isTaken, found.of + 1)
      } else {
        alarms = (alarms.count + isTaken, alarms.of + 1)
      }
    }
    guard let bound = EpsilonBound.fromRates(found: found, alarms: alarms) else {
      return Score(notComputable: "the target was learned from in all runs of the test, or in none")
    }
    return Score(
      bound,
      note:
        "one target: found in \(found.count) of \(found.of) runs with it, taken for learned from "
        + "in \(alarms.count) of \(alarms.of) without")
  }

  /// The log-likelihood ratio of membership in each run, learned from the runs of the other parity.
  private static func scores(of target: Int, _ runs: [ShadowRun]) -> [(Double, Bool)] {
    (0..<2).flatMap { parity -> [(Double, Bool)] in
      let known = runs.enumerated().filter { $0.offset % 2 != parity }.map(\.element)
      guard
        let model = ShadowDiscriminant(
          members: known.filter { $0.isMember[target] }.map { $0.figures[target] },
          others: known.filter { !$0.isMember[target] }.map { $0.figures[target] })
      else { return [] }
      return runs.enumerated().filter { $0.offset % 2 == parity }.map {
        (model.score($0.element.figures[target]), $0.element.isMember[target])
      }
    }
  }
}
