// SPDX-License-Identifier: Apache-2.0

/// A formula of an agent as a run uses it, kept in an ``AgentMemory``, so that a turn counts no references.
struct AgentFormula: BitwiseCopyable {
  let parts: UnsafeBufferPointer<AgentPart>
  let main: RateCode

  init(_ program: AgentProgram, columns: Int, in memory: AgentMemory) {
    parts = memory.keeping(
      program.parts.map { AgentPart($0, columns: columns, in: memory) })
    main = RateCode(program.main, in: memory)
  }
}

/// A program as a run uses it.
struct RateCode: BitwiseCopyable {
  let steps: UnsafeBufferPointer<RateProgram.Step>

  init(_ program: RateProgram, in memory: AgentMemory) {
    precondition(program.curves.isEmpty, "formulas of agents read no curves")
    steps = memory.keeping(program.steps)
  }

  @inline(__always)
  func value(_ state: RunMemory, stack: RunMemory) -> Double {
    RateProgram.value(steps, [], state.values, stack.values)
  }
}

/// What a formula finds out before it is reckoned.
struct AgentPart: BitwiseCopyable {
  enum Task {
    case count
    case near(Aggregate)
    case chance
    case aggregate(Aggregate)
  }

  /// A number taken over all agents of a kind.
  enum Aggregate: String, BitwiseCopyable { case count, share, sum, mean, min, max }

  let task: Task
  var radius = 0.0
  /// The kind of those who count; −1 for all.
  var kind = -1
  /// A probability, or the number that is taken.
  var value: RateCode?
  var condition: RateCode?
  /// A condition on a neighbour that compares one of its columns with a value of one's own.
  var comparison: AgentComparison?

  init(_ part: AgentProgram.Part, columns: Int, in memory: AgentMemory) {
    switch part {
    case .count(let radius, let kind, let condition):
      task = .count
      self.radius = radius
      self.kind = kind ?? -1
      self.condition = condition.map { RateCode($0, in: memory) }
      comparison = condition.flatMap { AgentComparison($0, columns: columns) }
    case .near(let name, let radius, let kind, let value, let condition):
      task = .near(Aggregate(rawValue: name) ?? .max)
      self.radius = radius
      self.kind = kind ?? -1
      self.value = RateCode(value, in: memory)
      self.condition = condition.map { RateCode($0, in: memory) }
    case .chance(let probability):
      task = .chance
      value = RateCode(probability, in: memory)
    case .aggregate(let name, let kind, let value, let condition):
      task = .aggregate(Aggregate(rawValue: name) ?? .max)
      self.kind = kind
      self.value = value.map { RateCode($0, in: memory) }
      self.condition = condition.map { RateCode($0, in: memory) }
    }
  }
}

/// A column of another, compared with a place of the state or with a constant.
struct AgentComparison: BitwiseCopyable {
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
struct AgentAct: BitwiseCopyable {
  let when: AgentFormula?
  let meetKind: Int
  let within: Double
  let meeting: RateCode?
  let action: AgentRule.Action
  let motion: UnsafeBufferPointer<AgentFormula>
  let settings: UnsafeBufferPointer<AgentSetting>
  let othersSettings: UnsafeBufferPointer<AgentSetting>
  let otherDies: Bool
  let childSettings: UnsafeBufferPointer<AgentSetting>

  init(_ rule: AgentRule, columns: Int, in memory: AgentMemory) {
    func made(
      _ list: [(column: Int, program: AgentProgram)]
    ) -> UnsafeBufferPointer<AgentSetting> {
      memory.keeping(
        list.map {
          AgentSetting(
            column: $0.column, formula: AgentFormula($0.program, columns: columns, in: memory))
        })
    }
    when = rule.when.map { AgentFormula($0, columns: columns, in: memory) }
    meetKind = rule.meet?.kind ?? -1
    within = rule.meet?.within ?? 0
    meeting = rule.meet?.condition.map { RateCode($0.main, in: memory) }
    action = rule.action
    motion = memory.keeping(
      rule.motion.map { AgentFormula($0, columns: columns, in: memory) })
    settings = made(rule.settings)
    othersSettings = made(rule.othersSettings)
    otherDies = rule.otherDies
    childSettings = made(rule.childSettings)
  }
}

/// A column that is given a value.
struct AgentSetting: BitwiseCopyable {
  var column: Int
  var formula: AgentFormula
}
