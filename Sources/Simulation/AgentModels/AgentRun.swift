// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// One run of an agent model.
struct AgentRun: Sendable {
  /// The agents of a kind at a recorded step.
  struct Snapshot: Sendable {
    var step: Int
    var kind: Int
    var ids: [Int64]
    var cells: [Int32]
    /// Column by column.
    var values: [[Double]]
    var also: [[Double]]
  }

  let model: AgentModel
  private let key: RandomKey
  private let stride: Int
  private let firstPart: Int
  private(set) var values: [Double] = []
  private(set) var kinds: [Int32] = []
  private(set) var cells: [Int32] = []
  private(set) var isAlive: [Bool] = []
  private var keys: [UInt64] = []
  private var births: [UInt32] = []
  /// Those who lived when a step began, and whoever was born since, in the order of their numbers.
  private var roster: [Int32] = []
  private var first: [Int32]
  private var next: [Int32] = []
  private var before: [Int32] = []
  private var empty: [Int32] = []
  private var emptyPlace: [Int32] = []
  private let state: RunMemory
  private let stack: RunMemory
  private let network: Network?
  private let acts: [[AgentAct]]
  private let figureFormulas: [AgentFormula]
  private let alsoFormulas: [[AgentFormula]]
  private var new: [Double] = []
  private let actKey: StreamKey, orderKey: StreamKey, birthKey: StreamKey
  private(set) var snapshots: [Snapshot] = []
  private(set) var figures: [[Double]] = []

  init(_ model: AgentModel, _ key: RandomKey) throws(DataError) {
    self.model = model
    self.key = key
    let compiler = AgentCompiler(model: model)
    stride = model.columns.count
    firstPart = compiler.firstPart
    let columnCount = model.columns.count
    state = RunMemory(Array(repeating: 0, count: compiler.stateSize))
    network = model.contacts.map {
      Network.smallWorld(
        nodeCount: model.width, degree: $0.degree, rewired: $0.rewired, key: key)
    }
    acts = model.kinds.map { $0.rules.map { AgentAct($0, columns: columnCount) } }
    figureFormulas = model.figures.map { AgentFormula($0.program, columns: columnCount) }
    alsoFormulas = model.kinds.map {
      $0.also.map { AgentFormula($0.program, columns: columnCount) }
    }
    for (index, parameter) in model.parameters.enumerated() {
      state[2 * stride + index] = parameter.value
    }
    stack = RunMemory(Array(repeating: 0, count: model.depth + 1))
    first = Array(repeating: -1, count: model.width * model.height)
    actKey = key.stream(table: "agent", "act")
    orderKey = key.stream(table: "agent", "order")
    birthKey = key.stream(table: "agent", "birth")
    emptyPlace = (0..<first.count).map { Int32($0) }
    empty = emptyPlace
    for kind in model.kinds.indices { try place(kind) }
  }

  private mutating func place(_ kind: Int) throws(DataError) {
    let declared = model.kinds[kind]
    let count = declared.place == .everyCell ? first.count : declared.rows
    var data = FormulaData(tables: [.init(columns: [], count: count)])
    var lists: [[Double]] = []
    for column in declared.columns {
      let made: Column =
        switch column.maker {
        case .value(let formula): formula.column(named: column.name, data)
        case .draw(let draw):
          try draw.column(
            named: column.name, data, key: key.stream(table: declared.name, column.name))
        }
      data.tables[0].columns.append(made)
      lists.append(Self.numbers(made))
    }
    let placeKey = key.stream(table: declared.name, "place")
    let ownKey = key.stream(table: declared.name, "key")
    for row in 0..<count {
      var stream = placeKey.stream(entity: UInt64(row))
      let cell: Int
      switch declared.place {
      case .everyCell: cell = row
      case .random: cell = Draws.integer(below: first.count, using: &stream)
      case .randomEmpty:
        guard !empty.isEmpty else {
          throw DataError(
            "there are more `\(declared.name)` than empty cells", remedy: "Make the grid larger.")
        }
        cell = Int(empty[Draws.integer(below: empty.count, using: &stream)])
      }
      let own = ownKey.bits(entity: UInt64(row), draw: 0).0
      let agent = add(kind, cell, own)
      for (place, column) in declared.columns.enumerated() {
        values[agent * stride + column.index] = lists[place][row]
      }
    }
  }

  private static func numbers(_ column: Column) -> [Double] {
    switch column.values {
    case .numbers(let list): list
    case .wholeNumbers(let list): list.map { Double($0) }
    case .booleans(let list): list.map { $0 ? 1 : 0 }
    case .texts(let codes, _): codes.map { Double($0) }
    default: Array(repeating: 0, count: column.count)
    }
  }

  // MARK: Running

  mutating func run() throws(DataError) {
    record(0)
    var turns = 0
    for step in 1...model.steps {
      let lives = isAlive
      roster.removeAll { !lives[Int($0)] }
      for kind in model.order where !model.kinds[kind].rules.isEmpty {
        let period = UInt32(truncatingIfNeeded: step)
        var active: [Int32] = []
        for agent in roster where isAlive[Int(agent)] && Int(kinds[Int(agent)]) == kind {
          active.append(agent)
        }
        let order = AgentTurns.order(active, keys: keys, key: orderKey, step: step)
        turns += order.count
        guard turns <= AgentModel.turnLimit, kinds.count <= AgentModel.agentLimit else {
          throw DataError(
            "the run has too many agents or turns", remedy: "Make `steps` or `rows` smaller.")
        }
        for agent in order where isAlive[Int(agent)] {
          var draws = actKey.stream(entity: keys[Int(agent)], period: period)
          act(Int(agent), kind, step, &draws)
        }
      }
      record(step)
    }
  }

  private mutating func act(
    _ agent: Int, _ kind: Int, _ step: Int, _ draws: inout RandomStream
  ) {
    for act in acts[kind] {
      guard isAlive[agent] else { return }
      load(agent, step)
      if let when = act.when, value(when, agent, &draws) == 0 { continue }
      var other = -1
      if act.meetKind >= 0 {
        other = companion(of: agent, act.meetKind, act.within, act.meeting, &draws)
        guard other >= 0 else { continue }
        loadOther(other)
      }
      if !act.settings.isEmpty || !act.othersSettings.isEmpty {
        set(act, agent, other, &draws)
      }
      if other >= 0, act.otherDies { remove(other) }
      switch act.action {
      case .none: break
      case .die: remove(agent)
      case .moveRandomEmpty:
        if !empty.isEmpty {
          move(agent, Int(empty[Draws.integer(below: empty.count, using: &draws)]))
        }
      case .moveRandom: move(agent, Draws.integer(below: first.count, using: &draws))
      case .moveNeighbour: wander(agent, &draws)
      case .reproduce: reproduce(agent, kind, act, step, &draws)
      }
    }
  }

  /// Gives columns their values, all of which are reckoned before one changes.
  private mutating func set(
    _ act: AgentAct, _ agent: Int, _ other: Int, _ draws: inout RandomStream
  ) {
    new.removeAll(keepingCapacity: true)
    for setting in act.settings { new.append(value(setting.formula, agent, &draws)) }
    for setting in act.othersSettings { new.append(value(setting.formula, agent, &draws)) }
    var next = 0
    for setting in act.settings {
      values[agent * stride + setting.column] = new[next]
      next += 1
    }
    for setting in act.othersSettings {
      if other >= 0 { values[other * stride + setting.column] = new[next] }
      next += 1
    }
  }

  private mutating func reproduce(
    _ agent: Int, _ kind: Int, _ act: AgentAct, _ step: Int, _ draws: inout RandomStream
  ) {
    var cell = Int(cells[agent])
    if model.onePerCell {
      guard !empty.isEmpty else { return }
      cell = Int(empty[Draws.integer(below: empty.count, using: &draws)])
    }
    let own = birthKey.bits(entity: keys[agent], draw: births[agent]).0
    births[agent] &+= 1
    load(agent, step)
    let settings = act.childSettings.map { ($0.column, value($0.formula, agent, &draws)) }
    let child = add(kind, cell, own)
    for column in 0..<stride {
      values[child * stride + column] = values[agent * stride + column]
    }
    for (column, value) in settings { values[child * stride + column] = value }
  }

  private func load(_ agent: Int, _ step: Int) {
    for column in 0..<stride { state[stride + column] = values[agent * stride + column] }
    let base = 2 * stride + model.parameters.count
    state[base] = Double(step)
    state[base + 1] = Double(Int(cells[agent]) % model.width + 1)
    state[base + 2] = Double(Int(cells[agent]) / model.width + 1)
  }

  private func loadOther(_ other: Int) {
    for column in 0..<stride { state[column] = values[other * stride + column] }
  }

  @inline(__always)
  private func evaluate(_ program: RateProgram) -> Double {
    program.value(state.values, stack: stack.values)
  }

  private mutating func value(
    _ formula: AgentFormula, _ agent: Int, _ draws: inout RandomStream
  ) -> Double {
    for (index, part) in formula.parts.enumerated() {
      switch part.part {
      case .count(let radius, let kind, let condition):
        state[firstPart + index] = Double(
          count(radius, kind ?? -1, condition, part.comparison, around: agent))
      case .chance(let probability):
        let u = Draws.uniform(using: &draws)
        state[firstPart + index] = u < evaluate(probability) ? 1 : 0
      case .aggregate(let name, let kind, let value, let condition):
        state[firstPart + index] = aggregate(name, kind, value, condition)
      }
    }
    return evaluate(formula.main)
  }

  /// How many neighbours there are, of a kind unless it is −1, for whom a condition holds.
  private func count(
    _ radius: Int, _ kind: Int, _ condition: RateProgram?, _ comparison: AgentComparison?,
    around agent: Int
  ) -> Int {
    var count = 0
    if let comparison {
      let own = comparison.place < 0 ? comparison.constant : state[comparison.place]
      forEachNeighbour(of: agent, within: radius) { other in
        if kind >= 0, Int(kinds[other]) != kind { return }
        if comparison.holds(values[other * stride + comparison.column], own) { count += 1 }
      }
    } else {
      forEachNeighbour(of: agent, within: radius) { other in
        if kind >= 0, Int(kinds[other]) != kind { return }
        if let condition {
          loadOther(other)
          if evaluate(condition) == 0 { return }
        }
        count += 1
      }
    }
    return count
  }

  private func aggregate(
    _ name: String, _ kind: Int, _ value: RateProgram?, _ condition: RateProgram?
  ) -> Double {
    var (all, count, sum, least, most) = (0.0, 0.0, 0.0, Double.infinity, -Double.infinity)
    for number in roster where isAlive[Int(number)] && Int(kinds[Int(number)]) == kind {
      let agent = Int(number)
      all += 1
      if value == nil, condition == nil {
        count += 1
        continue
      }
      loadOther(agent)
      if let condition, evaluate(condition) == 0 { continue }
      count += 1
      guard let value else { continue }
      let number = evaluate(value)
      sum += number
      least = min(least, number)
      most = max(most, number)
    }
    switch name {
    case "count": return count
    case "share": return all > 0 ? count / all : 0
    case "sum": return sum
    case "mean": return count > 0 ? sum / count : 0
    case "min": return count > 0 ? least : 0
    default: return count > 0 ? most : 0
    }
  }

  // MARK: The grid

  /// Calls a body with each agent within some cells, itself left out.
  @inline(__always)
  private func forEachNeighbour(of agent: Int, within radius: Int, _ body: (Int) -> Void) {
    if let network {
      for other in network.neighbours(of: agent) where isAlive[Int(other)] { body(Int(other)) }
      return
    }
    let (width, height, wraps) = (model.width, model.height, model.wraps)
    let (row, column) = (Int(cells[agent]) / width, Int(cells[agent]) % width)
    for dy in -radius...radius {
      guard let y = Self.place(row + dy, height, wraps) else { continue }
      for dx in -radius...radius {
        guard let x = Self.place(column + dx, width, wraps) else { continue }
        var other = Int(first[y * width + x])
        while other >= 0 {
          if other != agent { body(other) }
          other = Int(next[other])
        }
      }
    }
  }

  /// A place along a side of the grid; nil beyond an edge.
  @inline(__always)
  private static func place(_ index: Int, _ size: Int, _ wraps: Bool) -> Int? {
    if index >= 0, index < size { return index }
    guard wraps else { return nil }
    let rest = index % size
    return rest < 0 ? rest + size : rest
  }

  /// One of those who are met, each as likely as another; −1 if there is nobody.
  private func companion(
    of agent: Int, _ kind: Int, _ within: Int, _ condition: RateProgram?,
    _ draws: inout RandomStream
  ) -> Int {
    var found = -1
    var seen = 0
    var own = draws
    forEachNeighbour(of: agent, within: within) { other in
      guard Int(kinds[other]) == kind else { return }
      if let condition {
        loadOther(other)
        if evaluate(condition) == 0 { return }
      }
      seen += 1
      if seen == 1 || Draws.integer(below: seen, using: &own) == 0 { found = other }
    }
    draws = own
    return found
  }

  private mutating func wander(_ agent: Int, _ draws: inout RandomStream) {
    let (row, column) = (Int(cells[agent]) / model.width, Int(cells[agent]) % model.width)
    var (choices, count) = (SIMD8<Int32>.zero, 0)
    for dy in -1...1 {
      guard let y = Self.place(row + dy, model.height, model.wraps) else { continue }
      for dx in -1...1 where dx != 0 || dy != 0 {
        guard let x = Self.place(column + dx, model.width, model.wraps) else { continue }
        let cell = y * model.width + x
        guard !model.onePerCell || first[cell] < 0 else { continue }
        choices[count] = Int32(cell)
        count += 1
      }
    }
    guard count > 0 else { return }
    move(agent, Int(choices[Draws.integer(below: count, using: &draws)]))
  }

  private mutating func add(_ kind: Int, _ cell: Int, _ own: UInt64) -> Int {
    kinds.append(Int32(kind))
    values.append(contentsOf: repeatElement(0, count: stride))
    isAlive.append(true)
    roster.append(Int32(isAlive.count - 1))
    keys.append(own)
    births.append(0)
    cells.append(Int32(cell))
    next.append(-1)
    before.append(-1)
    link(kinds.count - 1, cell)
    return kinds.count - 1
  }

  private mutating func move(_ agent: Int, _ cell: Int) {
    unlink(agent)
    link(agent, cell)
  }

  private mutating func remove(_ agent: Int) {
    guard isAlive[agent] else { return }
    isAlive[agent] = false
    unlink(agent)
  }

  private mutating func link(_ agent: Int, _ cell: Int) {
    let head = first[cell]
    if head < 0 {
      // The last empty cell takes the place of the one that fills.
      let (place, last) = (Int(emptyPlace[cell]), empty[empty.count - 1])
      empty[place] = last
      emptyPlace[Int(last)] = Int32(place)
      empty.removeLast()
    }
    next[agent] = head
    before[agent] = -1
    if head >= 0 { before[Int(head)] = Int32(agent) }
    first[cell] = Int32(agent)
    cells[agent] = Int32(cell)
  }

  private mutating func unlink(_ agent: Int) {
    let cell = Int(cells[agent])
    let (ahead, behind) = (before[agent], next[agent])
    if ahead >= 0 { next[Int(ahead)] = behind } else { first[cell] = behind }
    if behind >= 0 { before[Int(behind)] = ahead }
    if first[cell] < 0 {
      emptyPlace[cell] = Int32(empty.count)
      empty.append(Int32(cell))
    }
  }

  // MARK: Recording

  private mutating func record(_ step: Int) {
    for kind in model.kinds.indices where step % model.kinds[kind].every == 0 || step == model.steps
    {
      let declared = model.kinds[kind]
      let agents = roster.map { Int($0) }.filter { isAlive[$0] && Int(kinds[$0]) == kind }
      var also = declared.also.map { _ in [Double]() }
      for agent in agents where !declared.also.isEmpty {
        load(agent, step)
        var draws = actKey.stream(entity: keys[agent], period: UInt32(truncatingIfNeeded: step))
        for (place, formula) in alsoFormulas[kind].enumerated() {
          also[place].append(value(formula, agent, &draws))
        }
      }
      snapshots.append(
        Snapshot(
          step: step, kind: kind, ids: agents.map { Int64($0 + 1) },
          cells: agents.map { cells[$0] },
          values: declared.columns.map { column in
            agents.map { values[$0 * stride + column.index] }
          }, also: also))
    }
    var draws = actKey.stream(entity: .max, period: UInt32(truncatingIfNeeded: step))
    state[2 * stride + model.parameters.count] = Double(step)
    var line: [Double] = []
    for figure in figureFormulas { line.append(value(figure, 0, &draws)) }
    figures.append(line)
  }
}

extension AgentModel {
  /// The deepest stack any formula needs.
  var depth: Int {
    var depth = 1
    func note(_ program: AgentProgram?) { depth = max(depth, program?.depth ?? 1) }
    for kind in kinds {
      for rule in kind.rules {
        note(rule.when)
        note(rule.meet?.condition)
        for setting in rule.settings + rule.othersSettings + rule.childSettings {
          note(setting.program)
        }
      }
      for item in kind.also { note(item.program) }
    }
    for figure in figures { note(figure.program) }
    return depth
  }
}
