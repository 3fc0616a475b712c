// SPDX-License-Identifier: Apache-2.0

/// How well someone with the synthetic rows can tell who was learned from.
public struct MembershipReport: Hashable, Sendable, Codable {
  /// The attacks.
  public var attacks: [Attack]

  /// Creates a report.
  public init(attacks: [Attack]) { self.attacks = attacks }

  /// One attack on one group of records.
  public struct Attack: Hashable, Sendable, Codable {
    /// The attack: `"distance"` or `"density ratio"`.
    public var name: String
    /// Whether only the records that lie farthest from all others are attacked.
    public var isOnVulnerable: Bool
    /// How many records were learned from.
    public var memberCount: Int
    /// How many were not.
    public var otherCount: Int
    /// The area under the curve; 0.5 tells nothing.
    public var area: Score
    /// The share of members found when 1 % of others are taken for members; the reference is 0.01.
    public var atOnePercent: Score
    /// The share of members found when 0.1 % of others are taken for members.
    public var atOneInThousand: Score
    /// What the attack shows at least of the generator's ε, with 95 % confidence; 0 shows nothing.
    public var epsilonAtLeast: Score?

    /// Creates a result.
    public init(
      name: String, isOnVulnerable: Bool, memberCount: Int, otherCount: Int, area: Score,
      atOnePercent: Score, atOneInThousand: Score, epsilonAtLeast: Score? = nil
    ) {
      self.name = name
      self.isOnVulnerable = isOnVulnerable
      self.memberCount = memberCount
      self.otherCount = otherCount
      self.area = area
      self.atOnePercent = atOnePercent
      self.atOneInThousand = atOneInThousand
      self.epsilonAtLeast = epsilonAtLeast
    }
  }
}
