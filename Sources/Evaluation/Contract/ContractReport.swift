// SPDX-License-Identifier: Apache-2.0

/// A contract, clause by clause, as it was kept.
public struct ContractReport: Hashable, Sendable, Codable {
  /// The purpose.
  public var purpose: String
  /// Whether the contract was the purpose's own, because none was given.
  public var isDefault: Bool
  /// The level on the ONS spectrum that the plan allows.
  public var level: FidelityLevel
  /// The results, in the order of the contract.
  public var clauses: [ClauseResult]
  /// What was tried to mend broken clauses, in order.
  public var repairs: [String]

  /// Creates a report.
  public init(
    purpose: String, isDefault: Bool, level: FidelityLevel, clauses: [ClauseResult],
    repairs: [String] = []
  ) {
    self.purpose = purpose
    self.isDefault = isDefault
    self.level = level
    self.clauses = clauses
    self.repairs = repairs
  }

  /// The clauses that came out broken.
  public var broken: [ClauseResult] { clauses.filter { $0.outcome == .broken } }

  /// The same for everyone: figures rounded, those in the unit of a variable left to the owner.
  ///
  /// A difference of means beside the synthetic mean would tell the real one.
  public var rounded: ContractReport {
    var report = self
    report.clauses = clauses.map { clause in
      var clause = clause
      let step = clause.isFloor && clause.limit.map { $0 < 0.01 } == true ? 1000.0 : 100
      clause.figure = clause.isInUnit ? nil : clause.figure.map { ($0 * step).rounded() / step }
      clause.reference =
        clause.isInUnit ? nil : clause.reference.map { ($0 * step).rounded() / step }
      clause.limit = clause.isInUnit ? nil : clause.limit.map { ($0 * 1000).rounded() / 1000 }
      return clause
    }
    return report
  }
}
