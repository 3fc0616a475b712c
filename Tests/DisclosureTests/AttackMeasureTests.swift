// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure

struct AttackMeasureTests {
  @Test func `rates and risks are those of the published vector`() throws {
    // 500 attacks, 60 successes on those learned from, 25 on others.
    var tally = AttackTally()
    tally.training = .init(successes: 60, attacks: 500)
    tally.control = .init(successes: 25, attacks: 500)
    tally.guessing = .init(successes: 2, attacks: 500)
    let attack = tally.attack(reason: "")
    #expect(abs(try #require(attack.training.value) - 0.122897) < 5e-7)
    #expect(abs(try #require(attack.training.upper) - 0.122897 - 0.028522) < 1e-6)
    #expect(abs(try #require(attack.control.value) - 0.053431) < 5e-7)
    #expect(abs(try #require(attack.risk.value) - 0.073387) < 5e-7)
    #expect(abs(try #require(attack.risk.upper) - 0.073387 - 0.035585) < 1e-6)
    #expect(attack.verdict == .excess)
  }

  @Test func `an attack no better than guessing is inconclusive, not safe`() {
    var tally = AttackTally()
    tally.training = .init(successes: 3, attacks: 500)
    tally.control = .init(successes: 3, attacks: 500)
    tally.guessing = .init(successes: 3, attacks: 500)
    #expect(tally.attack(reason: "").verdict == .inconclusive)
    #expect(AttackTally().attack(reason: "none").verdict == .notComputable)
  }

  private func report(
    _ release: (Table) throws -> Table
  ) throws -> (attacks: AttackReport, membership: MembershipReport) {
    let (training, control) = (
      MadePeople.sample(300, seed: "attacked"), MadePeople.sample(300, seed: "not attacked")
    )
    let trial = DisclosureTrial(
      training: training, control: control, synthetic: try release(training))
    let report = try DisclosureMeasure(depth: .full).report(
      real: training, synthetic: trial.synthetic, trials: [trial], controlKind: .holdout,
      schema: MadePeople.schema, key: RandomKey(seed: "attacks"), threads: 2)
    return (try #require(report.attacks), try #require(report.membership))
  }

  @Test func `every attack succeeds on a copy`() throws {
    let (attacks, membership) = try report { $0 }
    #expect(attacks.singlingOutByOne.verdict == .excess)
    #expect(attacks.singlingOutByThree.verdict == .excess)
    #expect((attacks.singlingOutByThree.risk.value ?? 0) > 0.7)
    #expect(attacks.linkability.verdict == .excess)
    #expect(attacks.inference.count == 5)
    for attack in attacks.inference { #expect(attack.verdict == .excess) }
    for attack in membership.attacks {
      #expect((attack.area.value ?? 0) > 0.99)
      if let found = attack.atOnePercent.value { #expect(found > 0.95) }
      // All of 150 pairs are told: q^150 = 0.05/3, ln(q/(1 − q)) = 3.6. Of the few that are vulnerable too
      // few are told to show much.
      let bound = try #require(attack.epsilonAtLeast?.value)
      #expect(attack.isOnVulnerable || bound > 3, "\(attack)")
    }
    let distance = try #require(membership.attacks.first { $0.name == "distance" })
    #expect(distance.atOnePercent.value != nil)
    #expect(distance.atOneInThousand.value == nil && distance.atOneInThousand.reason != nil)
  }

  @Test func `no attack finds an excess in an independent sample`() throws {
    let (attacks, membership) = try report { _ in MadePeople.sample(300, seed: "fresh") }
    let all =
      [attacks.singlingOutByOne, attacks.singlingOutByThree, attacks.linkability]
      + attacks.inference
    for attack in all {
      // The ends of the interval are 1.96 standard errors away; 4.9 leave one in a million.
      let (value, upper) = (try #require(attack.risk.value), try #require(attack.risk.upper))
      #expect(value - (upper - value) * 2.5 <= 0, "\(attack)")
    }
    for attack in membership.attacks {
      let error = (try #require(attack.area.limit) - 0.5) / 1.644854
      #expect(abs(try #require(attack.area.value) - 0.5) < 4.9 * error, "\(attack)")
      // Errs once in twenty by its own claim, so that a small excess is no fault; 0.7 would be odds of 2.
      #expect((attack.epsilonAtLeast?.value ?? 0) < 0.7, "\(attack)")
    }
  }

  @Test func `negative and small numbers are guessed by the true value, not by the guess`() throws {
    // Anonymeter divides by the guess, signed: there any negative guess is right.
    func table(_ values: [Double]) -> Table {
      Table(columns: [
        Column(name: "x", values: .numbers(values.indices.map { Double($0) })),
        Column(name: "debt", values: .numbers(values)),
      ])
    }
    let schema = Schema(variables: [
      Variable(name: "x", kind: .number, measure: .scale),
      Variable(name: "debt", kind: .number, role: .sensitive, measure: .scale),
    ])
    let real = table([-100, 50, 100, -50])
    let wrong = table([-30, -90, -90, -90])
    let tables = ComparedTables(
      try TableAlignment([real, wrong, real, real, wrong], schema: schema), threads: 1)
    let trial = try #require(AttackedTrial(tables, trial: 0, key: RandomKey(seed: "1")))
    let quantizer = try #require(Quantizer(tables))
    let tally = Inference(trial: trial, quantizer: quantizer, search: trial.search(quantizer))
      .tally(secret: 1)
    #expect(tally.training.attacks == 4 && tally.training.successes == 0)
  }

  @Test func `the share of members found is counted at the allowed share of alarms`() {
    let others = (0..<200).map { Double($0) }
    // Two of 200 others may be exceeded: the third highest, 197, is the threshold.
    let score = MembershipMeasure.found([196, 197, 198, 300], others, alarms: 0.01)
    #expect(score.value == 0.5)
    #expect(MembershipMeasure.found([1], others, alarms: 0.001).value == nil)
  }
}
