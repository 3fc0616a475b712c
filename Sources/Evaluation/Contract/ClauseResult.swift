// SPDX-License-Identifier: Apache-2.0

/// One promise of a contract, checked.
public struct ClauseResult: Hashable, Sendable, Codable {
  /// How a promise ended.
  public enum Outcome: String, Hashable, Sendable, Codable {
    /// The figure is within its limit.
    case kept
    /// The figure is beyond its limit.
    case broken
    /// There is no figure, and the result says why.
    case notComputable = "not computable"
  }

  /// The promise in words: "income: distribution".
  public var clause: String
  /// The line of the contract it stands on; `nil` if no line of a file says it.
  public var line: Int?
  /// How it ended.
  public var outcome: Outcome
  /// What the figure is: `ks`, `tv`, `p-value` …; `nil` without a figure.
  public var measure: String?
  /// The figure.
  public var figure: Double?
  /// The limit.
  public var limit: Double?
  /// Whether the figure must lie at or above the limit, and not at or below it.
  public var isFloor: Bool
  /// Whether figure and limit are in the unit of the variable, and so the owner's alone.
  public var isInUnit: Bool
  /// The same figure for a fresh real sample; `nil` where there is none.
  public var reference: Double?
  /// What a reader must know besides; why there is no figure.
  public var note: String?

  /// Creates a result from a figure and its limit.
  public init(
    _ clause: String, line: Int?, measure: String, figure: Double, limit: Double,
    isFloor: Bool = false, isInUnit: Bool = false, reference: Double? = nil, note: String? = nil
  ) {
    self.clause = clause
    self.line = line
    self.measure = measure
    self.figure = figure
    self.limit = limit
    self.isFloor = isFloor
    self.isInUnit = isInUnit
    self.reference = reference
    self.note = note
    outcome = (isFloor ? figure >= limit : figure <= limit) ? .kept : .broken
  }

  /// Creates a result without a figure.
  public init(_ clause: String, line: Int?, notComputable reason: String) {
    self.clause = clause
    self.line = line
    outcome = .notComputable
    isFloor = false
    isInUnit = false
    note = reason
  }
}
