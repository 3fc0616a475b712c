// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Testing

@testable import Disclosure

/// Vectors of the reference: conversions of zero-concentrated privacy, and bounds that attacks prove.
struct PrivacyAuditTests {
  /// ρ, δ, the simple and the tight ε.
  @Test(
    arguments: [
      (0.01, 1e-6, 0.75338, 0.62169), (0.1, 1e-6, 2.45079, 2.14194),
      (0.5, 1e-6, 5.75652, 5.22153), (1, 1e-6, 8.43384, 7.76622),
      (0.1, 1e-9, 2.97912, 2.71548),
    ] as [(Double, Double, Double, Double)])
  func `a promise in ρ is the published one in ε and δ`(
    rho: Double, delta: Double, simple: Double, tight: Double
  ) {
    let promise = ZeroConcentratedPrivacy(rho: rho)
    #expect(abs(promise.simpleEpsilon(delta: delta) - simple) < 6e-6)
    #expect(abs(promise.epsilon(delta: delta) - tight) < 6e-6)
    let back = promise.delta(at: promise.epsilon(delta: delta))
    #expect(abs(back / delta - 1) < 1e-6)
  }

  @Test(
    arguments: [
      (1, 1e-6, 0.0243560), (1, 1e-9, 0.0149731), (0.1, 1e-6, 0.000321048), (3, 1e-6, 0.185070),
    ] as [(Double, Double, Double)])
  func `a promise in ε and δ is the published one in ρ`(
    epsilon: Double, delta: Double, rho: Double
  ) {
    let promise = ZeroConcentratedPrivacy(keeping: epsilon, delta: delta)
    #expect(abs(promise.rho / rho - 1) < 3e-6)
    #expect(promise.epsilon(delta: delta) <= epsilon * (1 + 1e-9))
  }

  @Test func `promises add up, and none at all is zero`() {
    let both = ZeroConcentratedPrivacy(rho: 0.1) + ZeroConcentratedPrivacy(rho: 0.4)
    #expect(both == ZeroConcentratedPrivacy(rho: 0.5))
    #expect(ZeroConcentratedPrivacy(rho: 0).epsilon(delta: 1e-6) == 0)
    #expect(ZeroConcentratedPrivacy(rho: 0).delta(at: 0) == 0)
  }

  @Test func `rates of 1,000 runs each show what the reference says`() throws {
    let bound = try #require(
      EpsilonBound.fromRates(found: (120, of: 1000), alarms: (30, of: 1000)))
    #expect(abs(bound - 0.85945) < 6e-6)
    // The other side of the same attack: what is missed says as much as what is found.
    let mirrored = try #require(
      EpsilonBound.fromRates(found: (970, of: 1000), alarms: (880, of: 1000)))
    #expect(abs(mirrored - bound) < 1e-9)
    #expect(EpsilonBound.fromRates(found: (50, of: 100), alarms: (50, of: 100)) == 0)
    #expect(EpsilonBound.fromRates(found: (0, of: 0), alarms: (1, of: 2)) == nil)
    // A δ of the promise explains a part.
    let less = try #require(
      EpsilonBound.fromRates(found: (120, of: 1000), alarms: (30, of: 1000), delta: 0.01))
    #expect(less < bound)
  }

  @Test func `guesses of one run show what the reference says`() throws {
    let all = try #require(
      EpsilonBound.fromGuesses(right: 600, guesses: 1000, of: 1000, delta: 1e-5))
    #expect(abs(all - 0.29723) < 6e-6)
    let few = try #require(
      EpsilonBound.fromGuesses(right: 150, guesses: 200, of: 1000, delta: 1e-5))
    #expect(abs(few - 0.81997) < 6e-6)
    #expect(EpsilonBound.fromGuesses(right: 500, guesses: 1000, of: 1000) == 0)
    #expect(EpsilonBound.fromGuesses(right: 0, guesses: 0, of: 10) == nil)
    // Without δ, q^r = error where all guesses are right: ε = ln(q/(1 − q)), q = 0.05^(1/100).
    let copied = try #require(EpsilonBound.fromGuesses(right: 100, guesses: 100, of: 100))
    #expect(abs(copied - 3.4927) < 1e-3)
  }

  /// Scores of normal errors, those of members higher by a shift.
  private func audit(_ count: Int, shift: Double, seed: Int) throws -> Double {
    var stream = RandomKey(seed: "audit").stream("scores").stream(entity: UInt64(seed))
    let members = (0..<count).map { _ in shift + Draws.normal(using: &stream) }
    let others = (0..<count).map { _ in Draws.normal(using: &stream) }
    var audit = PairedAudit()
    audit.add(members: members, others: others, using: &stream)
    return try #require(audit.score?.value)
  }

  @Test func `scores that tell nothing show nothing, but as often as the confidence allows`() throws
  {
    // Each of 200 audits errs with a probability of 0.05 at most: mean 10, standard error 3.1, α 1e-6.
    let count = try (0..<200).count { try audit(100, shift: 0, seed: $0) > 0 }
    #expect(count <= 10 + 15, "\(count) of 200 audits of nothing found something")
  }

  @Test func `scores that tell something show a part of it`() throws {
    // Of normal scores one standard error apart the larger is a member's with probability Φ(1/√2) = 0.76,
    // of the sixteenth farthest apart nearly always.
    for seed in 0..<10 {
      let bound = try audit(4000, shift: 1, seed: 1000 + seed)
      #expect(bound > 1.0 && bound < 6, "\(bound)")
    }
  }

  @Test func `a mechanism that keeps ε is not shown to break it`() throws {
    // Randomised response: the sign is the truth with probability e^ε/(1 + e^ε), which is ε exactly.
    let epsilon = 1.5
    let truth = 1 / (1 + ElementaryFunctions.exp(-epsilon))
    var (over, overByPairs) = (0, 0)
    for run in 0..<100 {
      var stream = RandomKey(seed: "response").stream("coins").stream(entity: UInt64(run))
      // One of a pair answers 1 if the coin says that it is the member, and the other 0.
      var (members, others): ([Double], [Double]) = ([], [])
      for _ in 0..<400 {
        let isTrue = Draws.uniform(using: &stream) < truth
        members.append(isTrue ? 1 : 0)
        others.append(isTrue ? 0 : 1)
      }
      // Pairs as drawn have one coin each.
      let right = members.count { $0 == 1 }
      if (EpsilonBound.fromGuesses(right: right, guesses: 400, of: 400) ?? 0) > epsilon {
        over += 1
      }
      var audit = PairedAudit()
      audit.add(members: members, others: others, using: &stream)
      // The audit's own pairs have two coins, so that one row in the place of another tells 2ε.
      if (audit.score?.value ?? 0) > 2 * epsilon { overByPairs += 1 }
    }
    // An error of 0.05: mean 5 of 100, standard error 2.2, α 1e-6.
    #expect(over <= 5 + 11, "\(over) of 100 bounds above the ε kept")
    #expect(overByPairs <= 5 + 11, "\(overByPairs) of 100 bounds above twice the ε kept")
  }

  @Test func `equal scores give no bound and a reason`() {
    var stream = RandomKey(seed: "equal").stream("scores").stream(entity: 0)
    var audit = PairedAudit()
    #expect(audit.score == nil)
    audit.add(members: [1, 1, 1], others: [1, 1], using: &stream)
    #expect(audit.score?.value == nil && audit.score?.reason != nil)
  }
}
