// SPDX-License-Identifier: Apache-2.0
import Tables

/// A run under way.
struct StockRun {
  private let model: StockModel
  /// The clock's values, then a value for each variable; the room for programs to work in.
  private let full: RunMemory
  private let stack: RunMemory
  private let stocks: [Stock]
  private let hasLimits: Bool
  /// The auxiliaries that change, in order, as one program, and their places.
  private let computed: RateProgram
  private let places: [Int]
  private let delayed: [(index: Int, input: RateProgram)]
  private var delays: [Int] = []
  private var firsts: [Double] = []
  private var pasts: [[Double]] = []
  private var slopes: [Double]
  private var base: [Double]
  private var total: [Double]
  private static let clock = StockModel.clockNames.count

  /// A stock: its place in the state, and those of its flows.
  private struct Stock {
    var place: Int
    var index: Int
    var inflows: [Int]
    var outflows: [Int]
    var isNonNegative: Bool
  }

  init(_ model: StockModel) {
    self.model = model
    full = RunMemory(
      [model.start, model.step, model.start, model.stop]
        + Array(repeating: 0, count: model.variables.count))
    var depth = 1
    var stocks: [Stock] = []
    var delayed: [(Int, RateProgram)] = []
    // What hangs on nothing that changes is reckoned once: the clock's time changes, and stocks do.
    var changing: Set<Int> = [0]
    for (index, variable) in model.variables.enumerated() {
      switch variable.role {
      case .auxiliary(let program): depth = max(depth, program.depth)
      case .initial(let program): depth = max(depth, program.depth)
      case .stock(let initial, let inflows, let outflows, let isNonNegative):
        depth = max(depth, initial.depth)
        changing.insert(Self.clock + index)
        stocks.append(
          Stock(
            place: Self.clock + index, index: index, inflows: inflows.map { Self.clock + $0 },
            outflows: outflows.map { Self.clock + $0 }, isNonNegative: isNonNegative))
        // A flow that is cut is reckoned anew.
        if isNonNegative { changing.formUnion(outflows.map { Self.clock + $0 }) }
      case .delayed(let input, let delay, let initial):
        depth = max(depth, input.depth, delay.depth, initial?.depth ?? 0)
        changing.insert(Self.clock + index)
        delayed.append((index, input))
      }
    }
    var programs: [(place: Int, program: RateProgram)] = []
    for index in model.laterOrder {
      guard case .auxiliary(let program) = model.variables[index].role else { continue }
      let place = Self.clock + index
      if !changing.isDisjoint(with: program.variables) { changing.insert(place) }
      if changing.contains(place) { programs.append((place, program)) }
    }
    self.stocks = stocks
    self.delayed = delayed
    hasLimits = stocks.contains(where: \.isNonNegative)
    computed = RateProgram(storing: programs)
    places = programs.map(\.place)
    stack = RunMemory(Array(repeating: 0, count: depth))
    slopes = Array(repeating: 0, count: stocks.count)
    base = slopes
    total = slopes
  }

  var time: Double { full[0] }

  @inline(__always)
  func value(_ variable: Int) -> Double { full[Self.clock + variable] }

  private func evaluate(_ program: RateProgram) -> Double {
    program.value(full.values, stack: stack.values)
  }

  /// Gives every variable its first value.
  mutating func begin() throws(DataError) {
    var delayOf: [Int: (Int, Double)] = [:]
    for index in model.firstOrder {
      switch model.variables[index].role {
      case .auxiliary(let program), .initial(let program), .stock(let program, _, _, _):
        full[Self.clock + index] = evaluate(program)
      case .delayed(let input, let delay, let initial):
        let length = evaluate(delay)
        guard length >= 0, length.isFinite else { throw failure(index) }
        let first = evaluate(initial ?? input)
        full[Self.clock + index] = first
        delayOf[index] = (Int((length / model.step).rounded()), first)
      }
      guard full[Self.clock + index].isFinite else { throw failure(index) }
    }
    for (index, _) in delayed {
      let (length, first) = delayOf[index] ?? (0, 0)
      delays.append(length)
      firsts.append(first)
      pasts.append([])
    }
    cutOutflows()
    noteInputs()
  }

  private mutating func noteInputs() {
    guard !delayed.isEmpty else { return }
    for place in delayed.indices { pasts[place].append(evaluate(delayed[place].input)) }
  }

  /// Takes one step.
  ///
  /// ## Source
  /// Euler's method, and the classical method of Kutta, Zeitschrift für Mathematik und Physik 46 (1901).
  mutating func advance(to time: Double) throws(DataError) {
    let length = model.step
    if model.isRungeKutta {
      let from = full[0]
      for place in stocks.indices {
        base[place] = full[stocks[place].place]
        total[place] = 0
      }
      for stage in 0..<4 {
        if stage > 0 { try compute() }
        noteSlopes()
        let part = stage == 2 ? length : length / 2
        let weight = stage == 0 || stage == 3 ? 1.0 : 2.0
        for place in stocks.indices {
          total[place] += weight * slopes[place]
          full[stocks[place].place] = base[place] + part * slopes[place]
        }
        full[0] = stage < 2 ? from + length / 2 : from + length
      }
      for place in stocks.indices {
        let value = base[place] + length * total[place] / 6
        full[stocks[place].place] = stocks[place].isNonNegative ? max(0, value) : value
      }
    } else {
      noteSlopes()
      for place in stocks.indices { full[stocks[place].place] += length * slopes[place] }
    }
    full[0] = time
    if !delayed.isEmpty { readDelays() }
    try compute()
    // A delay of no length is the input itself.
    for place in delayed.indices where delays[place] == 0 {
      full[Self.clock + delayed[place].index] = evaluate(delayed[place].input)
    }
    cutOutflows()
    noteInputs()
    for stock in stocks where !full[stock.place].isFinite { throw failure(stock.index) }
  }

  private func readDelays() {
    let moment = pasts.first?.count ?? 0
    for place in delayed.indices {
      let back = moment - delays[place]
      full[Self.clock + delayed[place].index] =
        back < 0 ? firsts[place] : back < pasts[place].count ? pasts[place][back] : .nan
    }
  }

  private func compute() throws(DataError) {
    computed.value(full.values, stack: stack.values)
    for place in places where !full[place].isFinite { throw failure(place - Self.clock) }
  }

  private mutating func noteSlopes() {
    for place in stocks.indices {
      var slope = 0.0
      for flow in stocks[place].inflows { slope += full[flow] }
      for flow in stocks[place].outflows { slope -= full[flow] }
      slopes[place] = slope
    }
  }

  /// Cuts outflows, one after the other, where a stock would fall below 0 in a step.
  ///
  /// Under Runge–Kutta the stock itself is kept at 0 instead.
  private func cutOutflows() {
    guard hasLimits, !model.isRungeKutta else { return }
    for stock in stocks where stock.isNonNegative {
      var room = full[stock.place] / model.step + stock.inflows.reduce(0) { $0 + full[$1] }
      for flow in stock.outflows {
        full[flow] = min(full[flow], max(0, room))
        room -= full[flow]
      }
    }
  }

  private func failure(_ index: Int) -> DataError {
    DataError(
      "`\(model.variables[index].title ?? "a delay or smooth")` is no number at time \(time)",
      remedy: "Look for a division by 0 or a logarithm of nothing; `SAFEDIV` divides safely.")
  }
}
