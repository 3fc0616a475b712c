// SPDX-License-Identifier: Apache-2.0

/// A level of the ONS synthetic dataset spectrum, by what a generator was allowed to use.
///
/// ## Source
/// Bates, Špakulová, Dove & Mealor, "ONS methodology working paper series number 16: Synthetic data
/// pilot" (2018).
public enum FidelityLevel: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Format and data types only.
  case structural = 1
  /// As before, with plausible values.
  case valid
  /// The distribution of each variable.
  case plausible
  /// Some relationships besides.
  case multivariatePlausible
  /// The joint structure in detail.
  case multivariateDetailed
  /// Nearly everything.
  case replica

  /// The name that ONS gives it.
  public var name: String {
    switch self {
    case .structural: "synthetic structural"
    case .valid: "synthetic valid"
    case .plausible: "synthetically-augmented plausible"
    case .multivariatePlausible: "synthetically-augmented multivariate plausible"
    case .multivariateDetailed: "synthetically-augmented multivariate detailed"
    case .replica: "synthetically-augmented replica"
    }
  }

  /// The disclosure risk that ONS names for it, in our words but for ``plausible``.
  public var risk: String {
    switch self {
    case .structural: "none"
    case .valid: "minimal"
    case .plausible: "non-negligible; disclosure control evaluation case by case"
    case .multivariatePlausible: "high"
    case .multivariateDetailed: "very high"
    case .replica: "extremely high; evaluation critical"
    }
  }

  /// Lower levels come first.
  public static func < (first: FidelityLevel, second: FidelityLevel) -> Bool {
    first.rawValue < second.rawValue
  }
}
