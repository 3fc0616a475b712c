// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// The true effect of one column on another, from both worlds on the same draws.
struct EffectMeasures {
  struct Row {
    var measure: String
    var group: String
    var count: Int
    var value: Double
    /// Nil where it is no mean over rows.
    var error: Double?
  }

  var title: String
  var rows: [Row] = []
  /// Every row's outcome as collected and in both worlds.
  var individual: Table

  static func table(_ effects: [EffectMeasures]) -> Table {
    let rows = effects.flatMap { effect in effect.rows.map { (effect.title, $0) } }
    let number = WrittenForm.number(NumberForm(decimals: 12))
    let errors = rows.map { $0.1.error }
    return Table(
      name: "effects",
      columns: [
        Column(name: "effect", texts: rows.map(\.0)),
        Column(name: "measure", texts: rows.map(\.1.measure)),
        Column(name: "group", texts: rows.map(\.1.group)),
        Column(
          name: "rows", values: .wholeNumbers(rows.map { Int64($0.1.count) }),
          form: .number(NumberForm())),
        Column(name: "value", values: .numbers(rows.map(\.1.value)), form: number),
        Column(
          name: "standard_error", values: .numbers(errors.map { $0 ?? 0 }),
          missing: MissingCells(
            reasons: [MissingReason(code: "")], codes: errors.map { $0 == nil ? 1 : 0 }),
          form: number),
      ])
  }
}

extension StructuralModel {
  /// Makes both worlds of an effect and compares them, row by row.
  func measures(
    of effect: Effect, _ world: StructuralWorld, _ key: RandomKey
  ) throws(DataError) -> EffectMeasures {
    let first = try self.world(key, setting: [effect.treatment: effect.from])
    let second = try self.world(key, setting: [effect.treatment: effect.to])
    let table = effect.outcome.table
    guard first.keys[table] == world.keys[table], second.keys[table] == world.keys[table] else {
      throw DataError(
        "`\(name(of: effect.treatment))` changes how many rows `\(tables[table].name)` has",
        remedy: "Take an outcome whose rows are there in both worlds.")
    }
    let low = numbers(of: effect.outcome, first)
    let high = numbers(of: effect.outcome, second)
    let seen = numbers(of: effect.outcome, world)
    let from = effect.from.expression
    let to = effect.to.expression
    let title =
      "\(name(of: effect.treatment)) from \(from) to \(to) on \(name(of: effect.outcome))"
    // Which of the two values each row has in the world as it is.
    let uppers = world.rows(of: table, in: effect.treatment.table, self)
    let arms = arms(of: effect, world)
    let arm = uppers.map { arms[$0] }
    var measures = EffectMeasures(
      title: title,
      individual: individual(title, seen, low, high, arm, table))
    let rows = seen.indices.filter { low[$0] != nil && high[$0] != nil && seen[$0] != nil }
    let groups = groups(effect, world, rows)
    for (group, rows) in groups {
      func add(_ measure: String, _ rows: [Int], _ value: (Int) -> Double) {
        guard !rows.isEmpty else { return }
        let (mean, error) = Self.mean(rows.map(value))
        measures.rows.append(
          .init(measure: measure, group: group, count: rows.count, value: mean, error: error))
      }
      let gain = { (row: Int) in (high[row] ?? 0) - (low[row] ?? 0) }
      let treated = rows.filter { arm[$0] == 1 }
      let untreated = rows.filter { arm[$0] == 0 }
      add("mean under \(from)", rows) { low[$0] ?? 0 }
      add("mean under \(to)", rows) { high[$0] ?? 0 }
      add("ATE", rows, gain)
      add("ATT", treated, gain)
      add("ATU", untreated, gain)
      if !treated.isEmpty, !untreated.isEmpty {
        let (one, oneError) = Self.mean(treated.map { seen[$0] ?? 0 })
        let (other, otherError) = Self.mean(untreated.map { seen[$0] ?? 0 })
        measures.rows.append(
          .init(
            measure: "naive contrast", group: group, count: treated.count + untreated.count,
            value: one - other, error: (oneError * oneError + otherError * otherError).squareRoot())
        )
      }
    }
    return measures
  }

  /// 1 where the column has the second value of an effect by itself, 0 where the first, else −1.
  private func arms(of effect: Effect, _ world: StructuralWorld) -> [Int8] {
    let column = world.data.tables[effect.treatment.table].columns[effect.treatment.column]
    let count = world.data.tables[effect.treatment.table].count
    let texts = column.keys
    let low = effect.from.column(named: "", world.data).keys
    let high = effect.to.column(named: "", world.data).keys
    return (0..<count).map { row in texts[row] == high[row] ? 1 : texts[row] == low[row] ? 0 : -1 }
  }

  private func numbers(of place: Place, _ world: StructuralWorld) -> [Double?] {
    let column = world.data.tables[place.table].columns[place.column]
    let list: [Double] =
      switch column.values {
      case .numbers(let list): list
      case .wholeNumbers(let list): list.map { Double($0) }
      case .booleans(let list): list.map { $0 ? 1 : 0 }
      default: []
      }
    return list.indices.map { column.missing.isMissing(at: $0) ? nil : list[$0] }
  }

  /// All rows first, then those of each group, in the order of appearance.
  private func groups(
    _ effect: Effect, _ world: StructuralWorld, _ rows: [Int]
  ) -> [(String, [Int])] {
    var groups: [(String, [Int])] = [("all", rows)]
    for (formula, name) in zip(effect.groups, effect.groupNames) {
      let keys = formula.column(named: name, world.data).keys
      var found: [String: [Int]] = [:]
      var order: [String] = []
      for row in rows {
        if found[keys[row]] == nil { order.append(keys[row]) }
        found[keys[row], default: []].append(row)
      }
      for key in order.sorted() { groups.append(("\(name) = \(key)", found[key] ?? [])) }
    }
    return groups
  }

  private func individual(
    _ title: String, _ seen: [Double?], _ low: [Double?], _ high: [Double?], _ arm: [Int8],
    _ table: Int
  ) -> Tables.Table {
    func column(_ name: String, _ list: [Double?]) -> Tables.Column {
      Tables.Column(
        name: name, values: .numbers(list.map { $0 ?? 0 }),
        missing: list.contains { $0 == nil }
          ? MissingCells(
            reasons: [MissingReason(code: "")], codes: list.map { $0 == nil ? 1 : 0 }) : .none,
        form: .number(NumberForm(decimals: 17)))
    }
    return Tables.Table(
      name: title,
      columns: [
        Tables.Column(
          name: "row", values: .wholeNumbers(seen.indices.map { Int64($0 + 1) }),
          form: .number(NumberForm())),
        column("as_it_is", seen), column("under_first", low), column("under_second", high),
      ])
  }

  /// The mean, and its standard error as of a sample.
  private static func mean(_ values: [Double]) -> (Double, Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, values.count < 2 ? 0 : (square / (count - 1) / count).squareRoot())
  }
}

extension Tables.Column {
  /// Each value as a text that tells values apart.
  fileprivate var keys: [String] {
    let texts: [String] =
      switch values {
      case .numbers(let list): list.map { "\($0 == $0.rounded() ? $0 : $0)" }
      case .wholeNumbers(let list): list.map { "\(Double($0))" }
      case .booleans(let list): list.map { $0 ? "true" : "false" }
      case .dates(let list): list.map { "\($0)" }
      case .times(let list), .dateTimes(let list): list.map { "\($0)" }
      case .texts(let codes, let pool):
        {
          let texts = pool.texts
          return codes.map { texts[Int($0)] }
        }()
      }
    return texts.indices.map { missing.isMissing(at: $0) ? "missing" : texts[$0] }
  }
}
