// SPDX-License-Identifier: Apache-2.0
/// How the ensembles of a hierarchy grow.
public struct HierarchyOptions: Hashable, Sendable, Codable {
  /// The fewest rows that a leaf may ever rest on.
  public static let leastLeafCount = 40

  /// So many cuts at most are few.
  static let fewCuts = 4

  /// The same with smaller steps, and with ensembles that each learn from more of the rows.
  var finer: HierarchyOptions {
    var finer = self
    finer.rate *= 0.4
    finer.patience *= 3
    finer.maximumRoundCount *= 3
    finer.foldCount *= 2
    finer.greaterLeafCount *= 2
    finer.minimumGain = 0.05
    finer.ridge = 3
    finer.overshoot = 1.4
    return finer
  }

  /// The fewest rows in a leaf, of those an ensemble learns from.
  public var minimumLeafCount: Int
  /// The most leaves of a tree.
  public var maximumLeafCount: Int
  /// The most leaves of a tree where held-out rows are foretold better by so many.
  public var greaterLeafCount: Int
  /// The fewest rows at a cut for which this is tried.
  public var rowsForMoreLeaves: Int
  /// By what share larger trees must lower the held-out loss more than others do.
  public var leastAdvantage: Double
  /// The most trees of an ensemble.
  public var maximumRoundCount: Int
  /// What each tree's values are multiplied by.
  public var rate: Double
  /// Added to the sum of second derivatives in a leaf: pulls its value towards 0.
  public var ridge: Double
  /// The least gain of a split in log-likelihood (nats).
  public var minimumGain: Double
  /// How many ensembles a split has, each of which learns from all rows but a share of its own.
  public var foldCount: Int
  /// After how many trees without a better held-out loss no more are grown.
  public var patience: Int
  /// How many times as many trees are kept as lower the held-out loss of single ensembles, since their
  /// mean bears more than each alone.
  public var overshoot: Double

  /// Creates options.
  public init(
    minimumLeafCount: Int = leastLeafCount, maximumLeafCount: Int = 6,
    greaterLeafCount: Int = 31, rowsForMoreLeaves: Int = 1000, leastAdvantage: Double = 0.01,
    maximumRoundCount: Int = 400,
    rate: Double = 0.1, ridge: Double = 1, minimumGain: Double = 0.2, foldCount: Int = 5,
    patience: Int = 8, overshoot: Double = 2
  ) {
    self.minimumLeafCount = minimumLeafCount
    self.maximumLeafCount = maximumLeafCount
    self.greaterLeafCount = greaterLeafCount
    self.rowsForMoreLeaves = rowsForMoreLeaves
    self.leastAdvantage = leastAdvantage
    self.maximumRoundCount = maximumRoundCount
    self.rate = rate
    self.ridge = ridge
    self.minimumGain = minimumGain
    self.foldCount = foldCount
    self.patience = patience
    self.overshoot = overshoot
  }
}
