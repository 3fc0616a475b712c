// SPDX-License-Identifier: Apache-2.0
public import Schemas

/// The columns that say how a sample was drawn.
public struct SurveyDesign: Hashable, Sendable {
  /// How many of the population a row stands for.
  public var weights: String?
  /// The stratum that a row was drawn from.
  public var strata: String?
  /// The unit of the first stage that a row was drawn with.
  public var clusters: String?

  /// Creates a design; with no argument, that of a simple random sample.
  public init(weights: String? = nil, strata: String? = nil, clusters: String? = nil) {
    self.weights = weights
    self.strata = strata
    self.clusters = clusters
  }

  /// The design that roles of a schema tell; where several columns have a role, the first counts.
  public init(_ schema: Schema) {
    func name(_ role: VariableRole) -> String? {
      schema.variables.first { $0.role == role }?.name
    }
    self.init(weights: name(.weight), strata: name(.stratum), clusters: name(.cluster))
  }

  /// Whether nothing is named.
  public var isSimple: Bool { weights == nil && strata == nil && clusters == nil }

  /// What is named, as in "weights w, strata region".
  public var words: String {
    [("weights", weights), ("strata", strata), ("clusters", clusters)]
      .compactMap { name, column in column.map { "\(name) \($0)" } }.joined(separator: ", ")
  }
}
