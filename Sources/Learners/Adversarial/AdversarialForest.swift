// SPDX-License-Identifier: Apache-2.0

/// Trees that part real rows into leaves in which, as far as a forest can tell, variables are independent.
///
/// ## Source
/// Watson, Blesch, Kapar and Wright, "Adversarial random forests for density estimation and generative
/// modeling", AISTATS 2023 (PMLR 206: 5357–5375), algorithms 1 and 2.
public struct AdversarialForest: Sendable {
  /// For each tree the leaf of each row, below ``leafCounts`` of the tree.
  public let leaves: [[Int32]]
  /// The number of leaves of each tree.
  public let leafCounts: [Int]
  /// What was found in each round.
  public let rounds: [Round]
  /// Which of the rounds the leaves are those of.
  public let chosen: Int

  /// What one round found on rows that it did not learn from.
  public struct Round: Hashable, Sendable {
    /// The share of rows, half real and half made up, that the forest told right.
    public let accuracy: Double
    /// The mean log-likelihood (nats) of a real row, by the leaves' densities.
    public let logLikelihood: Double
  }
}
