// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A family of distributions that a formula can draw from: its arguments and its law.
public struct DistributionFamily: Sendable {
  /// What an argument may be.
  public enum Domain: String, Sendable {
    /// Any number.
    case any = "a number"
    /// Above 0.
    case positive = "above 0"
    /// 0 or above.
    case notNegative = "0 or above"
    /// From 0 to 1.
    case probability = "from 0 to 1"
    /// 0, 1, 2, …
    case count = "a whole number of 0 or above"
  }

  /// An argument.
  public struct Parameter: Sendable {
    /// Its name.
    public let name: String
    /// What it may be.
    public let domain: Domain
    /// What it is if left out.
    public let standard: Double?

    init(_ name: String, _ domain: Domain, _ standard: Double? = nil) {
      self.name = name
      self.domain = domain
      self.standard = standard
    }
  }

  /// A way to give the arguments.
  struct Form: Sendable {
    let parameters: [Parameter]
    /// Whether the arguments fit together; nil if they always do.
    var isValid: (@Sendable (SIMD4<Double>) -> Bool)?
    var validity = ""
    let draw: @Sendable (SIMD4<Double>, inout RandomStream) -> Double
    /// The same draws for many rows; nil where a draw may take more than one number.
    var fill: (@Sendable (DrawBlock) -> Void)?
  }

  /// What is drawn.
  enum Result: Sendable { case number, whole, boolean }

  /// The name.
  public let name: String
  /// What it is, in a few words, with its mean and spread.
  public let summary: String
  let result: Result
  let forms: [Form]

  /// How it is called, each way to give its arguments.
  public var signatures: [String] {
    forms.map { form in
      "\(name)("
        + form.parameters.map { $0.name + ($0.standard.map { " = \(Self.plain($0))" } ?? "") }
        .joined(separator: ", ") + ")"
    }
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(value)
  }

  /// The family of a name.
  public static func named(_ name: String) -> DistributionFamily? {
    byName[name] ?? (combining.contains(name) ? placeholder(name) : nil)
  }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// What is made of other distributions or of lists.
  static let combining: [String] = [
    "categorical", "softmax", "truncated", "mixture", "rounded", "heaped", "quantiles", "histogram",
    "zipf",
  ]

  /// How the combining ones are called.
  static let combiningSignatures: [String: String] = [
    "categorical": "categorical(a = 0.5, b = 0.3, c = 0.2)",
    "softmax": "softmax(a = 0, b = 1.2, c = -0.3)",
    "truncated": "truncated(normal(50, 10), 0, 100)",
    "mixture": "mixture(0.7, normal(30, 5), 0.3, normal(60, 8))",
    "rounded": "rounded(normal(50, 10), 5)",
    "heaped": "heaped(normal(50, 10), 10, 0.3)",
    "quantiles": "quantiles([0, 0.5, 1], [16, 40, 90])",
    "histogram": "histogram([0, 10, 20], [3, 1])",
    "zipf": "zipf(exponent, size)",
  ]

  /// How those are called that are made of other distributions or of lists, each with what it is.
  public static let combinations: [(signature: String, summary: String)] = [
    ("categorical", "levels by their weights"),
    ("softmax", "levels by the logarithms of their weights"),
    ("truncated", "a distribution between two bounds"),
    ("mixture", "one of several distributions, by their weights"),
    ("rounded", "multiples of a unit"), ("heaped", "a share of the values at multiples of a unit"),
    ("quantiles", "straight lines between quantiles"),
    ("histogram", "evenly within bins of given weights"),
    ("zipf", "ranks; the chance of rank k falls as k to the power of an exponent"),
  ].map { name, summary in (combiningSignatures[name] ?? name, summary) }

  private static func placeholder(_ name: String) -> DistributionFamily {
    DistributionFamily(
      name: name, summary: combiningSignatures[name] ?? name, result: .number, forms: [])
  }

  /// All names, for suggestions.
  public static var names: [String] { all.map(\.name) + combining }
}
