// SPDX-License-Identifier: Apache-2.0

/// The methods that learn a ``BinDistribution``, one line each.
enum DistributionMethods {
  static let all: [any BinDistribution.Type] = [
    ForestDistribution.self,
    RegressionDistribution<PlainRegression>.self,
    RegressionDistribution<RidgeRegression>.self,
    RegressionDistribution<ProperRegression>.self,
    RegressionDistribution<SurvivalRegression>.self,
    NaiveBayesDistribution.self,
    NearestDistribution.self,
    SupportVectorDistribution.self,
    NestedDistribution.self,
  ]

  /// The method of a name; `nil` where it is none of these.
  static func named(_ name: String) -> (any BinDistribution.Type)? {
    all.first { $0.method == name }
  }
}
