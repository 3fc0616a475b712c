// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// How often an attack was made and succeeded, on those learned from, on others, and by guessing.
struct AttackTally: Sendable {
  /// Successes and attacks.
  struct Count: Sendable {
    var successes = 0
    var attacks = 0

    mutating func add(_ success: Bool) {
      attacks += 1
      if success { successes += 1 }
    }

    static func + (first: Count, second: Count) -> Count {
      Count(
        successes: first.successes + second.successes, attacks: first.attacks + second.attacks)
    }

    var interval: WilsonInterval? {
      WilsonInterval(successes: Double(successes), trials: Double(attacks))
    }
  }

  var training = Count()
  var control = Count()
  var guessing = Count()

  mutating func add(_ other: AttackTally) {
    training = training + other.training
    control = control + other.control
    guessing = guessing + other.guessing
  }

  /// The result.
  ///
  /// ## Source
  /// Giomi et al., "A unified framework for quantifying privacy risk in synthetic data", PoPETs 2023:
  /// Wilson's intervals, and the risk (r − r_c)/(1 − r_c) with the error of the difference.
  func attack(secret: String? = nil, reason: String) -> AttackReport.Attack {
    guard let r = training.interval, let rc = control.interval, let guess = guessing.interval
    else {
      let none = Score(notComputable: reason)
      return AttackReport.Attack(
        secret: secret, attackCount: training.attacks, training: none, control: none,
        guessing: none, risk: none, verdict: .notComputable)
    }
    let rest = 1 - rc.centre
    let risk = (r.centre - rc.centre) / rest
    let first = r.halfWidth / rest
    let second = rc.halfWidth * (r.centre - 1) / (rest * rest)
    let error = (first * first + second * second).squareRoot()
    let verdict: AttackReport.Verdict =
      guess.centre >= r.centre ? .inconclusive : risk - error > 0 ? .excess : .noExcess
    return AttackReport.Attack(
      secret: secret, attackCount: training.attacks, training: Self.score(training, r),
      control: Self.score(control, rc), guessing: Self.score(guessing, guess),
      risk: Score(
        min(1, max(0, risk)), reference: 0, lower: min(1, max(0, risk - error)),
        upper: min(1, max(0, risk + error)),
        note: verdict == .inconclusive
          ? "inconclusive: the attack does no better than guessing" : nil), verdict: verdict)
  }

  private static func score(_ count: Count, _ interval: WilsonInterval) -> Score {
    Score(interval.centre, lower: interval.lower, upper: interval.upper)
  }
}
