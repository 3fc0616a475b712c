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
  private var first: [Int32]
  private var next: [Int32] = []
  private var before: [Int32] = []
  private var empty: [Int32] = []
  private var emptyPlace: [Int32] = []
  private var state: [Double]
  private var stack: [Double]
  private let actKey: StreamKey, orderKey: StreamKey, birthKey: StreamKey
  private(set) var snapshots: [Snapshot] = []
  private(set) var figures: [[Double]] = []

  init(_ model: AgentModel, _ key: RandomKey) throws(DataError) {
    self.model = model
    self.key = key
    let compiler = AgentCompiler(model: model)
    stride = model.columns.count
    firstPart = compiler.firstPart
    state = Array(repeating: 0, count: compiler.stateSize)
    for (index, parameter) in model.parameters.enumerated() {
      state[2 * stride + index] = parameter.value
    }
    stack = Array(repeating: 0, count: model.depth + 1)
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
      let own = key.stream(table: declared.name, "key").bits(entity: UInt64(row), draw: 0).0
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
      for kind in model.order where !model.kinds[kind].rules.isEmpty {
        let period = UInt32(truncatingIfNeeded: step)
        var order: [(draw: UInt64, agent: Int32)] = []
        for agent in kinds.indices where isAlive[agent] && Int(kinds[agent]) == kind {
          order.append(
            (orderKey.bits(entity: keys[agent], period: period, draw: 0).0, Int32(agent)))
        }
        order.sort { $0 < $1 }
        turns += order.count
        guard turns <= AgentModel.turnLimit, kinds.count <= AgentModel.agentLimit else {
          throw DataError(
            "the run has too many agents or turns", remedy: "Make `steps` or `rows` smaller.")
        }
        for (_, agent) in order where isAlive[Int(agent)] {
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
    for rule in model.kinds[kind].rules {
      guard isAlive[agent] else { return }
      load(agent, step)
      if let when = rule.when, value(when, agent, &draws) == 0 { continue }
      var other: Int?
      if let meet = rule.meet {
        other = companion(of: agent, meet.kind, meet.within, meet.condition, &draws)
        guard other != nil else { continue }
      }
      if let other { loadOther(other) }
      let new = rule.settings.map { ($0.column, value($0.program, agent, &draws)) }
      let others = rule.othersSettings.map { ($0.column, value($0.program, agent, &draws)) }
      for (column, value) in new { values[agent * stride + column] = value }
      if let other {
        for (column, value) in others { values[other * stride + column] = value }
        if rule.otherDies { remove(other) }
      }
      switch rule.action {
      case .none: break
      case .die: remove(agent)
      case .moveRandomEmpty:
        if !empty.isEmpty {
          move(agent, Int(empty[Draws.integer(below: empty.count, using: &draws)]))
        }
      case .moveRandom: move(agent, Draws.integer(below: first.count, using: &draws))
      case .moveNeighbour: wander(agent, &draws)
      case .reproduce: reproduce(agent, kind, rule, step, &draws)
      }
    }
  }

  private mutating func reproduce(
    _ agent: Int, _ kind: Int, _ rule: AgentRule, _ step: Int, _ draws: inout RandomStream
  ) {
    var cell = Int(cells[agent])
    if model.onePerCell {
      guard !empty.isEmpty else { return }
      cell = Int(empty[Draws.integer(below: empty.count, using: &draws)])
    }
    let own = birthKey.bits(entity: keys[agent], draw: births[agent]).0
    births[agent] &+= 1
    load(agent, step)
    let settings = rule.childSettings.map { ($0.column, value($0.program, agent, &draws)) }
    let child = add(kind, cell, own)
    for column in 0..<stride {
      values[child * stride + column] = values[agent * stride + column]
    }
    for (column, value) in settings { values[child * stride + column] = value }
  }

  private mutating func load(_ agent: Int, _ step: Int) {
    for column in 0..<stride { state[stride + column] = values[agent * stride + column] }
    let base = 2 * stride + model.parameters.count
    state[base] = Double(step)
    state[base + 1] = Double(Int(cells[agent]) % model.width + 1)
    state[base + 2] = Double(Int(cells[agent]) / model.width + 1)
  }

  private mutating func loadOther(_ other: Int) {
    for column in 0..<stride { state[column] = values[other * stride + column] }
  }

  private mutating func evaluate(_ program: RateProgram) -> Double {
    state.withUnsafeMutableBufferPointer { state in
      stack.withUnsafeMutableBufferPointer { stack in
        guard let place = state.baseAddress, let room = stack.baseAddress else { return 0 }
        return program.value(place, stack: room)
      }
    }
  }

  private mutating func value(
    _ program: AgentProgram, _ agent: Int, _ draws: inout RandomStream
  ) -> Double {
    for (index, part) in program.parts.enumerated() {
      switch part {
      case .count(let radius, let kind, let condition):
        var count = 0
        forEachNeighbour(of: agent, within: radius) { run, other in
          guard kind == nil || kind == Int(run.kinds[other]) else { return true }
          if let condition {
            run.loadOther(other)
            if run.evaluate(condition) == 0 { return true }
          }
          count += 1
          return true
        }
        state[firstPart + index] = Double(count)
      case .chance(let probability):
        let u = Draws.uniform(using: &draws)
        state[firstPart + index] = u < evaluate(probability) ? 1 : 0
      case .aggregate(let name, let kind, let value, let condition):
        state[firstPart + index] = aggregate(name, kind, value, condition)
      }
    }
    return evaluate(program.main)
  }

  private mutating func aggregate(
    _ name: String, _ kind: Int, _ value: RateProgram?, _ condition: RateProgram?
  ) -> Double {
    var (all, count, sum, least, most) = (0.0, 0.0, 0.0, Double.infinity, -Double.infinity)
    for agent in kinds.indices where isAlive[agent] && Int(kinds[agent]) == kind {
      all += 1
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

  /// Calls a body with each agent within some cells, itself left out, until it says false.
  @inline(__always)
  private mutating func forEachNeighbour(
    of agent: Int, within radius: Int, from start: Int = 0,
    _ body: (inout AgentRun, Int) -> Bool
  ) {
    let (row, column) = (Int(cells[agent]) / model.width, Int(cells[agent]) % model.width)
    for dy in -radius...radius {
      var y = row + dy
      if model.wraps {
        y = (y + radius * model.height) % model.height
      } else if y < 0 || y >= model.height {
        continue
      }
      for dx in -radius...radius {
        var x = column + dx
        if model.wraps {
          x = (x + radius * model.width) % model.width
        } else if x < 0 || x >= model.width {
          continue
        }
        var other = first[y * model.width + x]
        while other >= 0 {
          let following = next[Int(other)]
          if Int(other) != agent, !body(&self, Int(other)) { return }
          other = following
        }
      }
    }
  }

  private mutating func companion(
    of agent: Int, _ kind: Int, _ within: Int, _ condition: AgentProgram?,
    _ draws: inout RandomStream
  ) -> Int? {
    var found: Int?
    var seen = 0
    var own = draws
    forEachNeighbour(of: agent, within: within) { run, other in
      guard Int(run.kinds[other]) == kind else { return true }
      if let condition {
        run.loadOther(other)
        if run.evaluate(condition.main) == 0 { return true }
      }
      seen += 1
      // Each of those there is as likely as another.
      if seen == 1 || Draws.integer(below: seen, using: &own) == 0 { found = other }
      return true
    }
    draws = own
    return found
  }

  private mutating func wander(_ agent: Int, _ draws: inout RandomStream) {
    let (row, column) = (Int(cells[agent]) / model.width, Int(cells[agent]) % model.width)
    var choices: [Int] = []
    for dy in -1...1 {
      for dx in -1...1 where dx != 0 || dy != 0 {
        var (y, x) = (row + dy, column + dx)
        if model.wraps {
          y = (y + model.height) % model.height
          x = (x + model.width) % model.width
        } else if y < 0 || x < 0 || y >= model.height || x >= model.width {
          continue
        }
        let cell = y * model.width + x
        if !model.onePerCell || first[cell] < 0 { choices.append(cell) }
      }
    }
    guard !choices.isEmpty else { return }
    move(agent, choices[Draws.integer(below: choices.count, using: &draws)])
  }

  private mutating func add(_ kind: Int, _ cell: Int, _ own: UInt64) -> Int {
    kinds.append(Int32(kind))
    values.append(contentsOf: repeatElement(0, count: stride))
    isAlive.append(true)
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
      let agents = kinds.indices.filter { isAlive[$0] && Int(kinds[$0]) == kind }
      var also = declared.also.map { _ in [Double]() }
      for agent in agents where !declared.also.isEmpty {
        load(agent, step)
        var draws = actKey.stream(entity: keys[agent], period: UInt32(truncatingIfNeeded: step))
        for (place, item) in declared.also.enumerated() {
          also[place].append(value(item.program, agent, &draws))
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
    for figure in model.figures { line.append(value(figure.program, 0, &draws)) }
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
