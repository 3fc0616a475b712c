// SPDX-License-Identifier: Apache-2.0
import Tables

/// A run under way.
struct StockRun {
  private let model: StockModel
  /// The clock's values, then a value for each variable.
  private var full: [Double]
  private var stack: [Double]
  private let stocks: [(index: Int, inflows: [Int], outflows: [Int], isNonNegative: Bool)]
  private let computed: [(index: Int, program: RateProgram)]
  private let delayed: [(index: Int, input: RateProgram)]
  private var delays: [Int] = []
  private var firsts: [Double] = []
  private var pasts: [[Double]] = []
  private static let clock = StockModel.clockNames.count

  init(_ model: StockModel) {
    self.model = model
    full = [model.start, model.step, model.start, model.stop]
    full += Array(repeating: 0, count: model.variables.count)
    var depth = 1
    var stocks: [(Int, [Int], [Int], Bool)] = []
    var delayed: [(Int, RateProgram)] = []
    for (index, variable) in model.variables.enumerated() {
      switch variable.role {
      case .auxiliary(let program), .initial(let program): depth = max(depth, program.depth)
      case .stock(let initial, let inflows, let outflows, let isNonNegative):
        depth = max(depth, initial.depth)
        stocks.append((index, inflows, outflows, isNonNegative))
      case .delayed(let input, let delay, let initial):
        depth = max(depth, input.depth, delay.depth, initial?.depth ?? 0)
        delayed.append((index, input))
      }
    }
    self.stocks = stocks
    self.delayed = delayed
    computed = model.laterOrder.compactMap { index in
      if case .auxiliary(let program) = model.variables[index].role {
        (index, program)
      } else {
        nil
      }
    }
    stack = Array(repeating: 0, count: depth)
  }

  var time: Double { full[0] }

  func value(_ variable: Int) -> Double { full[Self.clock + variable] }

  private mutating func evaluate(_ program: RateProgram) -> Double {
    full.withUnsafeMutableBufferPointer { full in
      stack.withUnsafeMutableBufferPointer { stack in
        guard let state = full.baseAddress, let room = stack.baseAddress else { return .nan }
        return program.value(state, stack: room)
      }
    }
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
      let base = stocks.map { value($0.index) }
      var total = [Double](repeating: 0, count: stocks.count)
      for (stage, weight) in [1.0, 2, 2, 1].enumerated() {
        if stage > 0 { try compute() }
        let slopes = stocks.map(slope)
        let part = stage == 2 ? length : length / 2
        for place in stocks.indices {
          total[place] += weight * slopes[place]
          full[Self.clock + stocks[place].index] = base[place] + part * slopes[place]
        }
        full[0] = stage < 2 ? from + length / 2 : from + length
      }
      for place in stocks.indices {
        let value = base[place] + length * total[place] / 6
        full[Self.clock + stocks[place].index] =
          stocks[place].isNonNegative ? max(0, value) : value
      }
    } else {
      let slopes = stocks.map(slope)
      for place in stocks.indices {
        full[Self.clock + stocks[place].index] += length * slopes[place]
      }
    }
    full[0] = time
    let moment = pasts.first?.count ?? 0
    for place in delayed.indices {
      let back = moment - delays[place]
      full[Self.clock + delayed[place].index] =
        back < 0 ? firsts[place] : back < pasts[place].count ? pasts[place][back] : .nan
    }
    try compute()
    // A delay of no length is the input itself.
    for place in delayed.indices where delays[place] == 0 {
      full[Self.clock + delayed[place].index] = evaluate(delayed[place].input)
    }
    cutOutflows()
    noteInputs()
    for stock in stocks where !value(stock.index).isFinite { throw failure(stock.index) }
  }

  private mutating func compute() throws(DataError) {
    for (index, program) in computed {
      let value = evaluate(program)
      guard value.isFinite else { throw failure(index) }
      full[Self.clock + index] = value
    }
  }

  private func slope(
    _ stock: (index: Int, inflows: [Int], outflows: [Int], isNonNegative: Bool)
  ) -> Double {
    let into = stock.inflows.reduce(0) { $0 + value($1) }
    return stock.outflows.reduce(into) { $0 - value($1) }
  }

  /// Cuts outflows, one after the other, where a stock would fall below 0 in a step.
  ///
  /// Under Runge–Kutta the stock itself is kept at 0 instead.
  private mutating func cutOutflows() {
    guard !model.isRungeKutta else { return }
    for stock in stocks where stock.isNonNegative {
      var room = value(stock.index) / model.step + stock.inflows.reduce(0) { $0 + value($1) }
      for flow in stock.outflows {
        full[Self.clock + flow] = min(value(flow), max(0, room))
        room -= value(flow)
      }
    }
  }

  private func failure(_ index: Int) -> DataError {
    DataError(
      "`\(model.variables[index].title ?? "a delay or smooth")` is no number at time \(time)",
      remedy: "Look for a division by 0 or a logarithm of nothing; `SAFEDIV` divides safely.")
  }
}
