// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Tables
import Testing

@testable import Disclosure

struct ShadowModelsTests {
  private func attacks(
    runs: Int = 24, seed: String = "1", generate: ShadowModels.Generate
  ) throws -> [MembershipReport.Attack] {
    try ShadowModels(runCount: runs).attacks(
      real: MadePeople.sample(160, seed: "population"), schema: MadePeople.schema,
      key: RandomKey(seed: seed), generate: generate)
  }

  @Test func `a generator that copies gives its members away`() throws {
    let attacks = try attacks { learned, _ in MadePeople.blurred(learned) }
    #expect(attacks.map(\.isOnVulnerable) == [true, false])
    for attack in attacks {
      #expect(attack.name == "shadow models")
      #expect((attack.area.value ?? 0) > 0.98)
      #expect((attack.atOnePercent.value ?? 0) > 0.8)
    }
  }

  @Test func `what a copy shows at least grows with the runs`() throws {
    // Of 30 runs of the test some 15 have the target: if all are told, 0.025^(1/15) = 0.78 of them are found at
    // least and 0.22 of the others at most, so that ε is ln(0.78/0.22) = 1.27 at least.
    let attacks = try attacks(runs: 60) { learned, _ in MadePeople.blurred(learned) }
    #expect(attacks.contains { ($0.epsilonAtLeast?.value ?? 0) > 0.8 }, "\(attacks)")
    for attack in attacks { #expect((attack.epsilonAtLeast?.value ?? 9) < 2, "\(attack)") }
  }

  @Test func `a generator that looks at no row gives nobody away`() throws {
    let attacks = try attacks { _, run in MadePeople.sample(80, seed: "fresh \(run)") }
    for attack in attacks {
      // 20 targets in 24 runs; scores of one run share its rows, so ten standard errors.
      let error = 1 / (12.0 * 240).squareRoot() * 2.0.squareRoot()
      #expect(abs((attack.area.value ?? 0) - 0.5) < 10 * error)
      #expect(attack.epsilonAtLeast?.value == 0, "\(attack)")
    }
  }

  @Test func `members and others are balanced, and the same key gives the same figures`() throws {
    let first = try attacks(runs: 16) { learned, _ in learned }
    let second = try attacks(runs: 16) { learned, _ in learned }
    #expect(first == second)
    let counts = first.map { $0.memberCount + $0.otherCount }
    // Half of the runs may hold a target too rarely to learn from.
    #expect(counts.allSatisfy { $0 > 240 && $0 <= 320 })
    #expect(first.allSatisfy { abs($0.memberCount - $0.otherCount) < 90 })
  }

  @Test func `too few rows or runs give no figure`() throws {
    #expect(try attacks(runs: 4) { learned, _ in learned }.isEmpty)
    let few = try ShadowModels(runCount: 10).attacks(
      real: MadePeople.sample(20, seed: "x"), schema: MadePeople.schema,
      key: RandomKey(seed: "1")
    ) { learned, _ in learned }
    #expect(few.isEmpty)
  }
}
