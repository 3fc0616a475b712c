// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Checks a life model's names and types under the parameters of a period.
struct LifeCompiler {
  let model: LifeModel
  let scenario: LifeModel.Scenario
  private var expressions = LifeExpression()
  private(set) var program = LifeProgram()
  /// Columns that formulas make, table by table, with the type known so far.
  private var made: [[FormulaScope.Column]] = []
  /// Columns whose first value comes further down than where a formula stands.
  private var known: [Set<String>] = []
  private var ordinals: [String: Int] = [:]

  /// The program of a period.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  static func program(
    _ model: LifeModel, _ scenario: LifeModel.Scenario, period: Int,
    unknown: [String: Double] = [:]
  ) throws(DataError) -> LifeProgram {
    var compiler = LifeCompiler(model: model, scenario: scenario)
    var parameters: [String: Expression.Literal] = [
      "period": model.periods.literal(of: period)
    ]
    let day = model.periods.firstDay(of: period)
    for parameter in scenario.parameters {
      switch try parameter.value(on: day) {
      case .number(let literal): parameters[parameter.name] = literal
      case .scale(let scale): compiler.expressions.scales[parameter.name] = scale
      case .none: compiler.expressions.ended.insert(parameter.name)
      }
    }
    for (name, value) in unknown { parameters[name] = .number(value) }
    return try compiler.compiled(parameters)
  }

  private init(model: LifeModel, scenario: LifeModel.Scenario) {
    self.model = model
    self.scenario = scenario
  }

  private mutating func compiled(
    _ parameters: [String: Expression.Literal]
  ) throws(DataError) -> LifeProgram {
    let (start, steps) = (try rewritten(model.start), try rewritten(settled()))
    made = model.populations.map { _ in [] }
    for step in start + steps { noteColumns(of: step) }
    // Types are taken as missing, which suits all, and found anew until they stay.
    for _ in 0..<8 {
      let before = made
      layOut(parameters)
      known = model.populations.map { Set($0.columns.map(\.name)) }
      ordinals = [:]
      program.start = []
      for step in start { program.start.append(try compile(step)) }
      program.steps = []
      for step in steps { program.steps.append(try compile(step)) }
      if before == made { return program }
    }
    throw DataError(
      "the types of the columns cannot be found", file: model.file, line: 1, position: 1,
      remedy: "Give each column a first value of its type, under `start:`.")
  }

  /// The steps with what the scenario sets: in place of every assignment of the column, or before all.
  private func settled() -> [LifeStep] {
    var steps = model.steps
    for setting in scenario.settings {
      var isFound = false
      steps = steps.map { step in
        guard case .assign(var assignment) = step, assignment.table == setting.table,
          assignment.column == setting.column
        else { return step }
        isFound = true
        (assignment.formula, assignment.alignment) = (setting.formula, nil)
        return .assign(assignment)
      }
      if !isFound { steps.insert(.assign(setting), at: 0) }
    }
    return steps
  }

  // MARK: Rewriting

  private mutating func rewritten(_ steps: [LifeStep]) throws(DataError) -> [LifeStep] {
    var result: [LifeStep] = []
    for step in steps {
      switch step {
      case .assign(let assignment): result.append(.assign(try rewritten(assignment)))
      case .remove(let table, let condition, let place):
        result.append(
          .remove(table: table, condition: try expressions.rewritten(condition), place: place))
      case .births(var birth):
        if let of = birth.of { birth.of = try expressions.rewritten(of) }
        birth.when = try expressions.rewritten(birth.when)
        birth.columns = try rewritten(birth.columns)
        result.append(.births(birth))
      case .move(var move):
        move.condition = try expressions.rewritten(move.condition)
        move.columns = try rewritten(move.columns)
        result.append(.move(move))
      case .pair(var pairing):
        pairing.first = try expressions.rewritten(pairing.first)
        pairing.second = try expressions.rewritten(pairing.second)
        if let by = pairing.by { pairing.by = try expressions.rewritten(by) }
        result.append(.pair(pairing))
      }
    }
    return result
  }

  private mutating func rewritten(
    _ columns: [LifeAssignment]
  ) throws(DataError) -> [LifeAssignment] {
    var result: [LifeAssignment] = []
    for column in columns { result.append(try rewritten(column)) }
    return result
  }

  private mutating func rewritten(_ assignment: LifeAssignment) throws(DataError) -> LifeAssignment
  {
    var result = assignment
    result.formula = try expressions.rewritten(assignment.formula)
    if let only = assignment.only { result.only = try expressions.rewritten(only) }
    return result
  }

  // MARK: Columns

  private mutating func noteColumns(of step: LifeStep) {
    func note(_ table: Int, _ column: String) {
      guard !model.populations[table].columns.contains(where: { $0.name == column }),
        !made[table].contains(where: { $0.name == column })
      else { return }
      made[table].append(.init(name: column, type: .missing))
    }
    switch step {
    case .assign(let assignment): note(assignment.table, assignment.column)
    case .pair(let pairing): note(pairing.table, pairing.column)
    case .births(let birth): for column in birth.columns { note(birth.table, column.column) }
    case .move(let move):
      for column in move.columns { note(model.links[move.link].parent, column.column) }
    case .remove: break
    }
  }

  private mutating func layOut(_ parameters: [String: Expression.Literal]) {
    program.lags = []
    var tables: [FormulaScope.Table] = []
    for (index, population) in model.populations.enumerated() {
      var columns = (types.isEmpty ? population.columns : types[index]) + made[index]
      for (source, column) in columns.enumerated() {
        for back in 0..<(expressions.lags[column.name] ?? 0) {
          program.lags.append((index, columns.count, source, back + 1))
          columns.append(
            .init(name: LifeExpression.name(column.name, back: back + 1), type: column.type))
        }
      }
      tables.append(FormulaScope.Table(name: population.name, columns: columns))
    }
    program.scope = FormulaScope(
      tables: tables,
      links: model.links.map { .init(child: $0.child, parent: $0.parent, name: $0.name) },
      parameters: parameters, lookups: model.lookups)
  }

  /// The population's own columns, with types that assignments have widened.
  private var types: [[FormulaScope.Column]] = []

  private mutating func settle(
    _ table: Int, _ column: Int, _ type: FormulaType, at place: SourcePlace
  ) throws(DataError) {
    let old = program.scope.tables[table].columns[column]
    let new: FormulaType
    switch (old.type, type) {
    case (.missing, _): new = type
    case (_, .missing): new = old.type
    case (.number, .whole), (.whole, .number): new = .number
    case (.category(let one), .category(let other)):
      var joined = one
      for (code, label) in zip(other.codes, other.labels) where joined.index(of: code) == nil {
        joined.codes.append(code)
        joined.labels.append(label)
      }
      new = .category(joined)
    case (.category, .text): new = old.type
    case (.text, .category): new = .text
    default:
      guard old.type == type else {
        throw place.error(
          "`\(old.name)` is \(old.type.words), and this gives \(type.words)",
          remedy: "Take another name for the new column, or convert the value.")
      }
      new = type
    }
    guard new != old.type else { return }
    program.scope.tables[table].columns[column].type = new
    let own = model.populations[table].columns.count
    if types.isEmpty { types = model.populations.map(\.columns) }
    if column < own {
      types[table][column].type = new
    } else if column - own < made[table].count {
      made[table][column - own].type = new
    }
    for lag in program.lags where lag.table == table && lag.source == column {
      program.scope.tables[table].columns[lag.column].type = new
    }
  }

  // MARK: Steps

  func scope(of table: Int) -> FormulaScope {
    var scope = program.scope
    scope.current = table
    return scope
  }

  private func index(_ table: Int, _ column: String) -> Int {
    program.scope.tables[table].columns.firstIndex { $0.name == column } ?? 0
  }

  private func maker(
    _ formula: Formula, _ scope: FormulaScope
  ) throws(DataError) -> LifeProgram.Maker {
    switch formula {
    case .value(let expression): .value(try CompiledFormula(expression, in: scope))
    case .draw(let call): .draw(try CompiledDraw(call, in: scope))
    }
  }

  private func reads(_ table: Int, _ expressions: [Expression]) -> Set<Int> {
    let words = expressions.reduce(into: Set<String>()) { $0.formUnion($1.words) }
    return Set(
      program.scope.tables[table].columns.indices.filter {
        words.contains(program.scope.tables[table].columns[$0].name)
      })
  }

  /// That a formula reads nothing of its own table that comes further down.
  private func checkOrder(_ table: Int, _ expressions: [Expression]) throws(DataError) {
    let later = Set(made[table].map(\.name)).subtracting(known[table])
    for expression in expressions {
      if let name = expression.names.first(where: { $0.count == 1 && later.contains($0[0]) }) {
        throw expression.place.error(
          "`\(name[0])` is made further down",
          remedy: "Move it up, or write `\(name[0])[-1]` for the period before.")
      }
    }
  }

  private mutating func ordinal(_ name: String) -> Int {
    defer { ordinals[name, default: 0] += 1 }
    return ordinals[name] ?? 0
  }

  private mutating func compile(_ step: LifeStep) throws(DataError) -> LifeProgram.Step {
    switch step {
    case .assign(let assignment): return .assign(try compile(assignment))
    case .remove(let table, let condition, let place):
      try checkOrder(table, [condition.expression])
      let maker = try maker(condition, scope(of: table))
      try demand(maker, isCount: false, "remove", at: condition.expression.place)
      let name = model.populations[table].name
      let stream = ["", "remove", "\(ordinal("remove \(name)"))"]
      return .remove(table: table, condition: maker, stream: stream, place: place)
    case .births(let birth): return .births(try compile(birth))
    case .move(let move): return .move(try compile(move))
    case .pair(let pairing): return .pair(try compile(pairing))
    }
  }

  private func demand(
    _ maker: LifeProgram.Maker, isCount: Bool, _ what: String, at place: SourcePlace
  ) throws(DataError) {
    switch maker.type {
    case .boolean, .missing: return
    case .whole where isCount: return
    default:
      throw place.error(
        "`\(what)` takes a truth value\(isCount ? " or a whole number" : ""), not \(maker.type.words)",
        remedy: "Compare it with something, as `x > 0`, or draw `~ bernoulli(p)`.")
    }
  }

  private mutating func compile(
    _ assignment: LifeAssignment
  ) throws(DataError) -> LifeProgram.Assignment {
    let table = assignment.table
    let parts = [assignment.formula.expression] + (assignment.only.map { [$0] } ?? [])
    try checkOrder(table, parts)
    let scope = scope(of: table)
    let maker = try maker(assignment.formula, scope)
    let column = index(table, assignment.column)
    var result = LifeProgram.Assignment(
      table: table, column: column, maker: maker,
      stream: [assignment.column]
        + (assignment.ordinal == 0 ? [] : ["again", "\(assignment.ordinal)"]),
      only: try assignment.only.map { (only) throws(DataError) in
        try CompiledFormula(condition: only, in: scope)
      }, reads: reads(table, parts), decimals: assignment.decimals, place: assignment.place)
    if let name = assignment.alignment {
      guard case .draw(let call) = assignment.formula,
        case .call("bernoulli", let arguments) = call.kind, arguments.count == 1
      else {
        throw assignment.place.error(
          "`align` stands beside something else than a draw of truth values",
          remedy: "Write `value: ~ bernoulli(p)`.")
      }
      let keys = assignment.alignmentKeys.map { "`\($0)`" }.joined(separator: ", ")
      let place = assignment.place
      result.alignment = .init(
        probability: try CompiledFormula(arguments[0].value, in: scope),
        target: try CompiledFormula(
          Expression(parsing: "table('\(name)', \(keys))", at: place), in: scope),
        cell: try CompiledFormula(
          Expression(parsing: "table('\(name)#cell', \(keys))", at: place), in: scope),
        isCount: assignment.alignsToCounts)
    }
    try settle(table, column, maker.type, at: assignment.place)
    known[table].insert(assignment.column)
    if assignment.decimals != nil, !maker.type.isNumeric {
      throw assignment.place.error(
        "`\(assignment.column)` is \(maker.type.words) and has no decimals",
        remedy: "Take `decimals` out.")
    }
    return result
  }

  /// Columns of rows that are new, which see the row they come from as `parent`.
  private mutating func compile(
    new columns: [LifeAssignment], of table: Int, from source: Int
  ) throws(DataError) -> [(column: Int, maker: LifeProgram.Maker, stream: [String])] {
    var scope = program.scope
    scope.tables.append(FormulaScope.Table(name: "new", columns: []))
    scope.current = scope.tables.count - 1
    scope.links.append(.init(child: scope.current, parent: source, name: "parent"))
    for link in model.links where link.child == table && link.parent != table {
      scope.links.append(.init(child: scope.current, parent: link.parent, name: link.name))
    }
    var result: [(column: Int, maker: LifeProgram.Maker, stream: [String])] = []
    for column in columns {
      let maker = try maker(column.formula, scope)
      let index = index(table, column.column)
      try settle(table, index, maker.type, at: column.place)
      known[table].insert(column.column)
      scope.tables[scope.current].columns.append(
        .init(name: column.column, type: program.scope.tables[table].columns[index].type))
      result.append((index, maker, ["", "new", column.column]))
    }
    return result
  }

  private mutating func compile(_ birth: LifeBirth) throws(DataError) -> LifeProgram.Birth {
    let parts = [birth.when.expression] + (birth.of.map { [$0] } ?? [])
    try checkOrder(birth.table, parts)
    let scope = scope(of: birth.table)
    let when = try maker(birth.when, scope)
    try demand(when, isCount: true, "when", at: birth.when.expression.place)
    return LifeProgram.Birth(
      name: birth.name, table: birth.table,
      of: try birth.of.map { (of) throws(DataError) in
        try CompiledFormula(condition: of, in: scope)
      },
      reads: reads(birth.table, parts), when: when,
      columns: try compile(new: birth.columns, of: birth.table, from: birth.table))
  }

  private mutating func compile(_ move: LifeMove) throws(DataError) -> LifeProgram.Move {
    try checkOrder(move.table, [move.condition.expression])
    let condition = try maker(move.condition, scope(of: move.table))
    try demand(condition, isCount: false, "move", at: move.condition.expression.place)
    return LifeProgram.Move(
      table: move.table, condition: condition, goal: move.goal, link: move.link,
      columns: try compile(
        new: move.columns, of: model.links[move.link].parent, from: move.table),
      ordinal: ordinal("move"))
  }

  private mutating func compile(_ pairing: LifePairing) throws(DataError) -> LifeProgram.Pairing {
    try checkOrder(pairing.table, [pairing.first, pairing.second])
    let scope = scope(of: pairing.table)
    let by = try pairing.by.map { (by) throws(DataError) in try CompiledFormula(by, in: scope) }
    guard by?.type.isNumeric != false else {
      throw pairing.place.error(
        "`by` is \(by?.type.words ?? "")", remedy: "Write a number that should be alike, as `age`.")
    }
    let id = index(pairing.table, model.populations[pairing.table].idColumn)
    let column = index(pairing.table, pairing.column)
    try settle(
      pairing.table, column, program.scope.tables[pairing.table].columns[id].type,
      at: pairing.place)
    known[pairing.table].insert(pairing.column)
    return LifeProgram.Pairing(
      declared: pairing, first: try CompiledFormula(condition: pairing.first, in: scope),
      second: try CompiledFormula(condition: pairing.second, in: scope), by: by, column: column,
      ordinal: ordinal("pair"))
  }
}
