// SPDX-License-Identifier: Apache-2.0

/// How an autoregressive network is made and trained.
public struct AutoregressiveOptions: Hashable, Sendable {
  /// The numbers that say what is known before a column; a multiple of 8.
  public var contextWidth: Int
  /// The numbers between what is known and the bins of a column; a multiple of 8.
  public var innerWidth: Int
  /// The rows between two steps.
  public var batchSize: Int
  /// The size of steps at the beginning.
  public var rate: Float
  /// The share of rows that are seen in an order of their own, and not in that of the columns.
  public var shuffledShare: Double
  /// The share of rows that training is judged by, and never learns from.
  public var validationShare: Double
  /// The most rounds through the rows.
  public var maximumRoundCount: Int
  /// How much of each weight a step takes away, for a step of size 1.
  public var decay: Float
  /// How often the size of steps is halved before training ends.
  public var halvings: Int
  /// After how many rounds without gain the size of steps is halved.
  public var patience: Int
  /// The least that counts as gain, in nats a row.
  public var leastGain: Double
  /// The most rows that training is judged by.
  public var mostKept: Int

  /// Creates options.
  public init(
    contextWidth: Int = 128, innerWidth: Int = 32, batchSize: Int = 512, rate: Float = 0.004,
    shuffledShare: Double = 0.25, validationShare: Double = 0.1, maximumRoundCount: Int = 60,
    decay: Float = 0.3, halvings: Int = 4, patience: Int = 1, leastGain: Double = 0.005,
    mostKept: Int = 5000
  ) {
    self.contextWidth = contextWidth
    self.innerWidth = innerWidth
    self.batchSize = batchSize
    self.rate = rate
    self.shuffledShare = shuffledShare
    self.validationShare = validationShare
    self.maximumRoundCount = maximumRoundCount
    self.decay = decay
    self.halvings = halvings
    self.patience = patience
    self.leastGain = leastGain
    self.mostKept = mostKept
  }
}
