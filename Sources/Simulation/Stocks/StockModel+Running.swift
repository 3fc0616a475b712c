// SPDX-License-Identifier: Apache-2.0
public import Tables

extension StockModel {
  /// Runs the model and returns a row for each recorded time, with every variable.
  ///
  /// A delayed value changes from step to step, not within one.
  ///
  /// - Throws: `DataError` if a value is no number, with the variable and the time.
  public func run() throws(DataError) -> Table {
    var run = StockRun(self)
    try run.begin()
    let steps = Int(((stop - start) / step).rounded())
    let every = max(1, Int((saveStep / step).rounded()))
    guard Double(steps / every) * Double(variables.count) < 1e9 else {
      throw DataError(
        "the run records more than a thousand million values",
        remedy: "Record less often, with `savestep`.")
    }
    var times: [Double] = []
    var columns = [[Double]](repeating: [], count: variables.count)
    for index in 0...steps {
      if index % every == 0 {
        times.append(run.time)
        for variable in variables.indices { columns[variable].append(run.value(variable)) }
      }
      if index < steps { try run.advance(to: start + Double(index + 1) * step) }
    }
    let form = WrittenForm.number(NumberForm(decimals: 12))
    let shown = variables.indices.filter { variables[$0].title != nil }
    return Table(
      name: "stocks",
      columns: [Column(name: "time", values: .numbers(times), form: form)]
        + shown.map {
          Column(
            name: variables[$0].title ?? "", values: .numbers(columns[$0]), form: form)
        })
  }

  /// What is true of the run: the method, the times, and how each variable starts.
  public func truth() -> Table {
    var rows = [
      ("run", "method", isRungeKutta ? "rk4" : "euler"), ("run", "start", "\(start)"),
      ("run", "stop", "\(stop)"), ("run", "step", "\(step)"),
    ]
    for variable in variables {
      guard let title = variable.title else { continue }
      switch variable.role {
      case .stock(_, let inflows, let outflows, _):
        rows.append(("stock", title, "\(inflows.count) inflows, \(outflows.count) outflows"))
      case .auxiliary, .initial, .delayed: rows.append(("variable", title, "computed"))
      }
    }
    return Table(
      name: "truth",
      columns: [("kind", rows.map(\.0)), ("name", rows.map(\.1)), ("value", rows.map(\.2))].map {
        Column(name: $0.0, texts: $0.1)
      })
  }
}
