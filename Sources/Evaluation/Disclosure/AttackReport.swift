// SPDX-License-Identifier: Apache-2.0

/// What attacks on the synthetic rows achieve, beside the same attacks on people who were not learned from.
///
/// An attack that does no better than guessing is inconclusive: a better one may yet succeed.
public struct AttackReport: Hashable, Sendable, Codable {
  /// Singling out by one column.
  public var singlingOutByOne: Attack
  /// Singling out by three columns together.
  public var singlingOutByThree: Attack
  /// Linking two halves of what is known of a person.
  public var linkability: Attack
  /// Inferring one column from all others, one result a column.
  public var inference: [Attack]

  /// Creates a report.
  public init(
    singlingOutByOne: Attack, singlingOutByThree: Attack, linkability: Attack, inference: [Attack]
  ) {
    self.singlingOutByOne = singlingOutByOne
    self.singlingOutByThree = singlingOutByThree
    self.linkability = linkability
    self.inference = inference
  }

  /// What can be said of an attack.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// It does better on those learned from than on others, beyond chance.
    case excess
    /// It does better than guessing, and not better on those learned from.
    case noExcess = "no excess"
    /// It does no better than guessing, so that it shows nothing.
    case inconclusive
    /// It could not be made.
    case notComputable = "not computable"
  }

  /// One attack.
  public struct Attack: Hashable, Sendable, Codable {
    /// The column that is inferred; `nil` for other attacks.
    public var secret: String?
    /// How many attacks were made on those learned from.
    public var attackCount: Int
    /// The share that succeeds on those learned from.
    public var training: Score
    /// The share that succeeds on others.
    public var control: Score
    /// The share that guessing achieves.
    public var guessing: Score
    /// The excess over the control in what the control leaves, 0...1: (r − r_c)/(1 − r_c).
    public var risk: Score
    /// What can be said.
    public var verdict: Verdict

    /// Creates a result.
    public init(
      secret: String?, attackCount: Int, training: Score, control: Score, guessing: Score,
      risk: Score, verdict: Verdict
    ) {
      self.secret = secret
      self.attackCount = attackCount
      self.training = training
      self.control = control
      self.guessing = guessing
      self.risk = risk
      self.verdict = verdict
    }
  }
}
