// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// One run of an agent model.
///
/// Its rules are lists in its memory, which no thread changes.
struct AgentRun: @unchecked Sendable {
  /// The agents of a kind at a recorded step.
  struct Snapshot: Sendable {
    var step: Int
    var kind: Int
    var ids: [Int64]
    var cells: [Int32]
    /// Where they are on a plane; empty on a grid or a network.
    var points: [SIMD2<Double>]
    /// Column by column.
    var values: [[Double]]
    var also: [[Double]]
  }

  let model: AgentModel
  private let key: RandomKey
  let stride: Int
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
  let state: RunMemory
  private let stack: RunMemory
  private let network: Network?
  var plane: PlaneIndex?
  /// Who is near, as ``forEachNeighbour`` found them on a plane.
  let near = NearAgents()
  private let memory = AgentMemory()
  private let acts: [UnsafeBufferPointer<AgentAct>]
  /// Whether a formula reads where an agent is.
  private let readsPlace: Bool
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
    plane = model.plane.map {
      PlaneIndex(width: $0.x, height: $0.y, wraps: model.wraps, reach: model.reach)
    }
    let memory = memory
    acts = model.kinds.map {
      memory.keeping($0.rules.map { AgentAct($0, columns: columnCount, in: memory) })
    }
    figureFormulas = model.figures.map {
      AgentFormula($0.program, columns: columnCount, in: memory)
    }
    alsoFormulas = model.kinds.map {
      $0.also.map { AgentFormula($0.program, columns: columnCount, in: memory) }
    }
    let across = 2 * stride + model.parameters.count + 1
    readsPlace = model.programs.contains {
      $0.variables.contains(across) || $0.variables.contains(across + 1)
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
      var point = SIMD2<Double>.zero
      if let size = model.plane {
        stream = placeKey.stream(entity: UInt64(row))
        point = Self.point(of: size, &stream)
      }
      let agent = add(kind, cell, own, at: point)
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
        let own = order.map { keys[Int($0)] }
        actKey.forEachStream(count: order.count, period: period, entity: { own[$0] }) {
          turn, draws in
          guard isAlive[Int(order[turn])] else { return }
          act(Int(order[turn]), kind, step, &draws)
        }
      }
      record(step)
    }
  }

  private mutating func act(
    _ agent: Int, _ kind: Int, _ step: Int, _ draws: inout RandomStream
  ) {
    load(agent, step)
    for act in acts[kind] {
      guard isAlive[agent] else { return }
      if let when = act.when, value(when, agent, &draws) == 0 { continue }
      var other = -1
      if act.meetKind >= 0 {
        other = companion(of: agent, act.meetKind, act.within, act.meeting, &draws)
        guard other >= 0 else { continue }
        loadOther(other)
        if let plane {
          loadWay(plane.way(from: plane.positions[agent], to: plane.positions[other]))
        }
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
      case .moveRandom where plane != nil:
        if let size = model.plane { travel(agent, to: Self.point(of: size, &draws)) }
      case .moveBy, .moveHeading, .moveTowards, .moveTowardsThem:
        if let point = destination(of: agent, act, other, &draws) { travel(agent, to: point) }
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
      state[stride + setting.column] = new[next]
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
    new.removeAll(keepingCapacity: true)
    for setting in act.childSettings { new.append(value(setting.formula, agent, &draws)) }
    let child = add(kind, cell, own, at: plane?.positions[agent] ?? .zero)
    for column in 0..<stride {
      values[child * stride + column] = values[agent * stride + column]
    }
    for (place, setting) in act.childSettings.enumerated() {
      values[child * stride + setting.column] = new[place]
    }
  }

  private func load(_ agent: Int, _ step: Int) {
    for column in 0..<stride { state[stride + column] = values[agent * stride + column] }
    state[2 * stride + model.parameters.count] = Double(step)
    loadPlace(agent)
  }

  func loadPlace(_ agent: Int) {
    guard readsPlace else { return }
    let base = 2 * stride + model.parameters.count + 1
    if let plane {
      state[base] = plane.positions[agent].x
      state[base + 1] = plane.positions[agent].y
      return
    }
    state[base] = Double(Int(cells[agent]) % model.width + 1)
    state[base + 1] = Double(Int(cells[agent]) / model.width + 1)
  }

  func loadOther(_ other: Int) {
    for column in 0..<stride { state[column] = values[other * stride + column] }
  }

  @inline(__always)
  func evaluate(_ code: RateCode) -> Double { code.value(state, stack: stack) }

  mutating func value(
    _ formula: AgentFormula, _ agent: Int, _ draws: inout RandomStream
  ) -> Double {
    for (index, part) in formula.parts.enumerated() {
      switch part.task {
      case .count: state[firstPart + index] = Double(count(part, around: agent))
      case .near(let aggregate):
        state[firstPart + index] = taken(aggregate, over: part, around: agent)
      case .chance:
        let u = Draws.uniform(using: &draws)
        guard let probability = part.value else { continue }
        state[firstPart + index] = u < evaluate(probability) ? 1 : 0
      case .aggregate(let aggregate):
        state[firstPart + index] = self.aggregate(aggregate, part.kind, part.value, part.condition)
      }
    }
    return evaluate(formula.main)
  }

  /// How many neighbours there are, of a kind unless it is −1, for whom a condition holds.
  private func count(_ part: AgentPart, around agent: Int) -> Int {
    var count = 0
    let kind = part.kind
    if let comparison = part.comparison {
      let own = comparison.place < 0 ? comparison.constant : state[comparison.place]
      forEachNeighbour(of: agent, within: part.radius) { other in
        if kind >= 0, Int(kinds[other]) != kind { return }
        if comparison.holds(values[other * stride + comparison.column], own) { count += 1 }
      }
    } else {
      forEachNeighbour(of: agent, within: part.radius) { other in
        if kind >= 0, Int(kinds[other]) != kind { return }
        if let condition = part.condition {
          loadOther(other)
          if evaluate(condition) == 0 { return }
        }
        count += 1
      }
    }
    return count
  }

  private func aggregate(
    _ aggregate: AgentPart.Aggregate, _ kind: Int, _ value: RateCode?, _ condition: RateCode?
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
    switch aggregate {
    case .count: return count
    case .share: return all > 0 ? count / all : 0
    case .sum: return sum
    case .mean: return count > 0 ? sum / count : 0
    case .min: return count > 0 ? least : 0
    case .max: return count > 0 ? most : 0
    }
  }

  // MARK: The grid

  /// Calls a body with each agent within some cells, itself left out.
  @inline(__always)
  func forEachNeighbour(of agent: Int, within radius: Double, _ body: (Int) -> Void) {
    if let plane {
      near.find(agent, within: radius, on: plane, keys)
      for place in 0..<near.count {
        loadWay(near.ways[place])
        body(Int(near.agents[place]))
      }
      return
    }
    let radius = Int(radius)
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
    of agent: Int, _ kind: Int, _ within: Double, _ condition: RateCode?,
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
    let around = Surroundings(
      of: cells[agent], width: model.width, height: model.height, wraps: model.wraps)
    var free: UInt8 = .max
    if model.onePerCell {
      for number in 0..<around.count where first[Int(around[number])] >= 0 {
        free &= ~(1 << UInt8(number))
      }
    }
    free &= UInt8(truncatingIfNeeded: 1 << around.count &- 1)
    guard free != 0 else { return }
    // The cell whose place among those that are free is drawn.
    for _ in 0..<Draws.integer(below: free.nonzeroBitCount, using: &draws) { free &= free &- 1 }
    move(agent, Int(around[free.trailingZeroBitCount]))
  }

  private mutating func add(
    _ kind: Int, _ cell: Int, _ own: UInt64, at point: SIMD2<Double>
  ) -> Int {
    plane?.add(at: point)
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
    loadPlace(agent)
  }

  private mutating func remove(_ agent: Int) {
    guard isAlive[agent] else { return }
    isAlive[agent] = false
    plane?.remove(agent)
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
          points: plane.map { plane in agents.map { plane.positions[$0] } } ?? [],
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
