// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Tables

/// Membership attacks: scores that should be higher for rows learned from than for others.
///
/// *Distance* is the distance to the nearest synthetic row, negated. *Density ratio* compares that
/// distance with the distance to the nearest row of a reference sample, half of the control rows; the
/// other half are the non-members. Scores of all trials are pooled.
///
/// ## Source
/// Chen et al., "GAN-Leaks" (CCS 2020) for the distance; van Breugel et al., "Membership inference
/// attacks against synthetic data through overfitting detection" (AISTATS 2023) for the ratio of
/// densities, here by nearest neighbours. The share of members found at a small share of false alarms
/// is the figure of Carlini et al. (S&P 2022): an average hides who is exposed.
struct MembershipMeasure: Sendable {
  static let maximumMemberCount = 4000

  private var distance = Scores()
  private var ratio = Scores()

  private struct Scores {
    var pairs = PairedAudit()
    var vulnerablePairs = PairedAudit()
    var members: [Double] = []
    var others: [Double] = []
    var vulnerableMembers: [Double] = []
    var vulnerableOthers: [Double] = []

    mutating func add(_ score: Double, isMember: Bool, isVulnerable: Bool) {
      if isMember { members.append(score) } else { others.append(score) }
      guard isVulnerable else { return }
      if isMember { vulnerableMembers.append(score) } else { vulnerableOthers.append(score) }
    }

    mutating func audit(
      _ members: [Double], _ others: [Double], _ isVulnerable: Bool,
      using stream: inout RandomStream
    ) {
      if isVulnerable {
        vulnerablePairs.add(members: members, others: others, using: &stream)
      } else {
        pairs.add(members: members, others: others, using: &stream)
      }
    }
  }

  mutating func add(_ rows: TrialRows, key: RandomKey, threads: Int, progress: ProgressHandler) {
    guard rows.control.rowCount >= 2, rows.training.rowCount >= 2 else { return }
    let synthetic = NearestSearch(candidates: rows.synthetic)
    // Rows of a sample are in the order of the file, so every second one is no half of it.
    var stream = key.stream(path: ["disclosure", "membership"]).stream(entity: 0)
    let order = Draws.permutation(of: rows.control.rowCount, using: &stream)
    let half = order.count / 2
    let reference = NearestSearch(candidates: rows.control.selecting(Array(order[..<half])))
    let others = Array(order[half...].prefix(Self.maximumMemberCount))
    let members = Array(
      Draws.permutation(of: rows.training.rowCount, using: &stream).prefix(others.count))
    // Of each record whether it was learned from, how far from the reference rows it lies, and its scores.
    var all: [(isMember: Bool, distance: Double, scores: (Double, Double))] = []
    for (isMember, table, chosen) in [
      (true, rows.training, members), (false, rows.control, others),
    ] {
      let found = ChunkedWork(count: chosen.count, threads: threads).map(
        progress: progress, phase: "measuring membership"
      ) { range in
        range.map { place -> (Double, Double) in
          let cells = table.row(chosen[place])
          return (
            Double(synthetic.nearest(to: cells).distance),
            Double(reference.nearest(to: cells).distance)
          )
        }
      }
      let ascending = found.map(\.1).sorted()
      // Far from the reference rows, which neither group is part of: the vulnerable ones.
      let bound = ascending[min(ascending.count - 1, ascending.count * 95 / 100)]
      for (near, other) in found {
        // One step more keeps a ratio of two copies finite.
        let scores = (-near, (other + 1) / (near + 1))
        distance.add(scores.0, isMember: isMember, isVulnerable: other >= bound)
        ratio.add(scores.1, isMember: isMember, isVulnerable: other >= bound)
        all.append((isMember, other, scores))
      }
    }
    audit(all, using: &stream)
  }

  /// Audits the scores of a trial; who is vulnerable must not hang on who is a member here.
  private mutating func audit(
    _ all: [(isMember: Bool, distance: Double, scores: (Double, Double))],
    using stream: inout RandomStream
  ) {
    let ascending = all.map(\.distance).sorted()
    guard !ascending.isEmpty else { return }
    let bound = ascending[min(ascending.count - 1, ascending.count * 95 / 100)]
    for isVulnerable in [false, true] {
      let kept = isVulnerable ? all.filter { $0.distance >= bound } : all
      let members = kept.filter(\.isMember).map(\.scores)
      let others = kept.filter { !$0.isMember }.map(\.scores)
      distance.audit(members.map(\.0), others.map(\.0), isVulnerable, using: &stream)
      ratio.audit(members.map(\.1), others.map(\.1), isVulnerable, using: &stream)
    }
  }

  var result: MembershipReport {
    MembershipReport(
      attacks: [("distance", distance), ("density ratio", ratio)].flatMap { name, scores in
        [
          Self.attack(name, false, scores.members, scores.others, scores.pairs.score),
          Self.attack(
            name, true, scores.vulnerableMembers, scores.vulnerableOthers,
            scores.vulnerablePairs.score),
        ]
      })
  }

  static func attack(
    _ name: String, _ isOnVulnerable: Bool, _ members: [Double], _ others: [Double],
    _ epsilonAtLeast: Score?
  ) -> MembershipReport.Attack {
    let area = AreaUnderCurve(first: others, second: members)
    return MembershipReport.Attack(
      name: name, isOnVulnerable: isOnVulnerable, memberCount: members.count,
      otherCount: others.count,
      area: area.map {
        Score(
          $0.value, reference: 0.5, limit: 0.5 + FreshShare.point * $0.nullError,
          lower: max(0, $0.value - 1.959964 * $0.standardError),
          upper: min(1, $0.value + 1.959964 * $0.standardError))
      } ?? Score(notComputable: "a table of the trials has no rows"),
      atOnePercent: found(members, others, alarms: 0.01),
      atOneInThousand: found(members, others, alarms: 0.001), epsilonAtLeast: epsilonAtLeast)
  }

  /// The share of members above the score that at most a share of others exceed.
  static func found(_ members: [Double], _ others: [Double], alarms: Double) -> Score {
    let allowed = Int((alarms * Double(others.count)).rounded(.down))
    guard allowed >= 1, !members.isEmpty else {
      return Score(
        notComputable: "fewer than \(Int(1 / alarms)) records that were not learned from")
    }
    let threshold = others.sorted(by: >)[allowed]
    let hits = Double(members.count { $0 > threshold })
    let count = Double(members.count)
    let interval = WilsonInterval(successes: hits, trials: count)
    let error = (alarms * (1 - alarms) * (1 / count + 1 / Double(others.count))).squareRoot()
    return Score(
      hits / count, reference: alarms, limit: alarms + FreshShare.point * error,
      lower: interval?.lower, upper: interval?.upper)
  }
}
