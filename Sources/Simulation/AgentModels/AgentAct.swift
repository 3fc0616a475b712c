// SPDX-License-Identifier: Apache-2.0

/// A formula of an agent as a run uses it: one object, so that a turn copies nothing.
final class AgentFormula: Sendable {
  let parts: [AgentPart]
  let main: RateProgram

  init(_ program: AgentProgram, columns: Int) {
    parts = program.parts.map { AgentPart($0, columns: columns) }
    main = program.main
  }

  convenience init?(_ program: AgentProgram?, columns: Int) {
    guard let program else { return nil }
    self.init(program, columns: columns)
  }
}

/// What a formula finds out before it is reckoned.
final class AgentPart: Sendable {
  let part: AgentProgram.Part
  /// A condition on a neighbour that compares one of its columns with a value of one's own.
  let comparison: AgentComparison?

  init(_ part: AgentProgram.Part, columns: Int) {
    self.part = part
    if case .count(_, _, let condition?) = part {
      comparison = AgentComparison(condition, columns: columns)
    } else {
      comparison = nil
    }
  }
}

/// A column of another, compared with a place of the state or with a constant.
struct AgentComparison: Sendable {
  var column: Int
  var operation: RateProgram.Operation
  /// The place of the state, or −1 for the constant.
  var place: Int
  var constant: Double

  /// The comparison that a program makes; nil if it does something else.
  init?(_ program: RateProgram, columns: Int) {
    guard program.steps.count == 3, program.steps[0].operation == .variable,
      program.steps[0].index < columns
    else { return nil }
    let (other, sign) = (program.steps[1], program.steps[2].operation)
    switch sign {
    case .equal, .different, .less, .atMost, .greater, .atLeast: operation = sign
    default: return nil
    }
    column = Int(program.steps[0].index)
    switch other.operation {
    case .variable where other.index >= columns: (place, constant) = (Int(other.index), 0)
    case .constant: (place, constant) = (-1, other.constant)
    default: return nil
    }
  }

  @inline(__always)
  func holds(_ value: Double, _ other: Double) -> Bool {
    switch operation {
    case .equal: value == other
    case .different: value != other
    case .less: value < other
    case .atMost: value <= other
    case .greater: value > other
    default: value >= other
    }
  }
}

/// A rule as a run uses it.
final class AgentAct: Sendable {
  let when: AgentFormula?
  let meetKind: Int
  let within: Int
  let meeting: RateProgram?
  let action: AgentRule.Action
  let settings: [AgentSetting]
  let othersSettings: [AgentSetting]
  let otherDies: Bool
  let childSettings: [AgentSetting]

  init(_ rule: AgentRule, columns: Int) {
    func made(_ list: [(column: Int, program: AgentProgram)]) -> [AgentSetting] {
      list.map {
        AgentSetting(column: $0.column, formula: AgentFormula($0.program, columns: columns))
      }
    }
    when = AgentFormula(rule.when, columns: columns)
    meetKind = rule.meet?.kind ?? -1
    within = rule.meet?.within ?? 0
    meeting = rule.meet?.condition?.main
    action = rule.action
    settings = made(rule.settings)
    othersSettings = made(rule.othersSettings)
    otherDies = rule.otherDies
    childSettings = made(rule.childSettings)
  }
}

/// A column that is given a value.
struct AgentSetting: Sendable {
  var column: Int
  var formula: AgentFormula
}
