// SPDX-License-Identifier: Apache-2.0
import JointSynthesis
import TreeSynthesis

/// The methods there are.
public enum MethodCatalogue {
  /// A method in words.
  public struct Method: Hashable, Sendable {
    /// The name, for `--method`.
    public let name: String
    /// What it does, on one line.
    public let summary: String
    /// The page on it.
    public let page: String
  }

  /// The name of the one that chooses among the others.
  public static let automatic = TreeSynthesizer.automaticMethod

  /// All methods, the default first.
  public static let all: [Method] = [
    .trees,
    .boosting,
    .forest,
    .regression,
    .ridgeRegression,
    .properRegression,
    .survival,
    .naiveBayes,
    .nearest,
    .supportVectors,
    .nested,
    .copula,
    .bayesianNetwork,
    .mixture,
    .adversarialForest,
    .components,
    .neural,
    .autoencoder,
    .smote,
    .adasyn,
    .bootstrap,
    .automatic,
  ]
}
