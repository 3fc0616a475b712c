// SPDX-License-Identifier: Apache-2.0

/// How a variational autoencoder is made and trained.
public struct VariationalOptions: Hashable, Sendable {
  /// The normals behind a row; a multiple of 8.
  public var latentWidth: Int
  /// The numbers between bins and normals, on both ways; a multiple of 8.
  public var contextWidth: Int
  /// The numbers before the bins of a column; a multiple of 8.
  public var innerWidth: Int
  /// The rows between two steps.
  public var batchSize: Int
  /// The size of steps at the beginning.
  public var rate: Float
  /// The share of rows that training is judged by, and never learns from.
  public var validationShare: Double
  /// The most of these.
  public var mostKept: Int
  /// The most rounds through the rows.
  public var maximumRoundCount: Int
  /// The rounds until the divergence of normals counts in full; those before are not judged.
  public var warmUp: Int
  /// How much of each weight a step takes away, for a step of size 1.
  public var decay: Float
  /// How often the size of steps is halved before training ends.
  public var halvings: Int
  /// After how many rounds without gain the size of steps is halved.
  public var patience: Int
  /// The least that counts as gain, in nats a row.
  public var leastGain: Double

  /// Creates options.
  public init(
    latentWidth: Int = 24, contextWidth: Int = 128, innerWidth: Int = 32, batchSize: Int = 256,
    rate: Float = 0.003, validationShare: Double = 0.1, mostKept: Int = 5000,
    maximumRoundCount: Int = 80, warmUp: Int = 6, decay: Float = 0.1, halvings: Int = 4,
    patience: Int = 2, leastGain: Double = 0.005
  ) {
    self.latentWidth = latentWidth
    self.contextWidth = contextWidth
    self.innerWidth = innerWidth
    self.batchSize = batchSize
    self.rate = rate
    self.validationShare = validationShare
    self.mostKept = mostKept
    self.maximumRoundCount = maximumRoundCount
    self.warmUp = warmUp
    self.decay = decay
    self.halvings = halvings
    self.patience = patience
    self.leastGain = leastGain
  }
}
