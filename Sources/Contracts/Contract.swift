// SPDX-License-Identifier: Apache-2.0

/// A fidelity contract: which features are to be faithful, which must not be, and how they are replaced.
public struct Contract: Hashable, Sendable {
  /// The purpose.
  public var purpose: Purpose
  /// The rows to make, as written: `1000` or `2x`; `nil` leaves that to the purpose.
  public var rows: String?
  /// The seed; `nil` leaves that to the run.
  public var seed: String?
  /// What is said of single variables.
  public var variables: [VariableClause]
  /// What is said of relationships.
  public var relationships: [RelationshipClause]
  /// What is done with outliers; `nil` leaves that to the purpose.
  public var outliers: OutlierPolicy?
  /// Where that stands.
  public var outliersPlace: ClausePlace
  /// Models that are to come out alike.
  public var analyses: [AnalysisClause]
  /// Conditions that hold in every row.
  public var rules: [RuleClause]
  /// Levels made plentiful.
  public var balance: [BalanceClause]
  /// Cases that the real table lacks.
  public var extrapolated: [ExtrapolationClause]
  /// The limits of disclosure.
  public var disclosure: DisclosureClause
  /// What is said of the data set, and of its documentation; `nil` for nothing.
  public var documentation: DocumentationClause?
  /// How the file is marked; `nil` leaves that to the purpose.
  public var marking: MarkingClause?
  /// The file's name for messages; `nil` for a contract that nobody wrote.
  public var file: String?

  /// Creates a contract that leaves everything to its purpose.
  public init(purpose: Purpose = .remoteWork) {
    self.purpose = purpose
    variables = []
    relationships = []
    outliersPlace = ClausePlace()
    analyses = []
    rules = []
    balance = []
    extrapolated = []
    disclosure = DisclosureClause()
  }

  /// The clause on a variable, or `nil`.
  public func variable(_ name: String) -> VariableClause? { variables.first { $0.name == name } }

  /// Whether nobody wrote it.
  public var isDefault: Bool { file == nil }
}
