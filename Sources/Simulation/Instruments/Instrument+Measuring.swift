// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Tables

extension Instrument {
  /// What everybody would have been measured as, had the instruments been perfect, goes to the truth.
  ///
  /// - Throws: `DataError` if there is no such table or column, or a column cannot be measured so.
  static func measure(
    _ outcome: SimulatedOutcome, with instruments: [Instrument], _ key: RandomKey
  ) throws(DataError) -> SimulatedOutcome {
    var result = outcome
    for instrument in instruments {
      guard let index = result.data.firstIndex(where: { $0.name == instrument.table }) else {
        throw DataError(
          "an instrument measures the table `\(instrument.table)`, which is not there",
          remedy: "Name one of "
            + result.data.map { "`\($0.name)`" }.joined(separator: ", ") + ".")
      }
      var whole = result.data[index]
      result.data[index] = try instrument.measured(whole, key)
      whole.name = "unmeasured-\(whole.name)"
      result.truth.append(whole)
    }
    return result
  }

  /// The table as it is collected.
  func measured(_ table: Table, _ key: RandomKey) throws(DataError) -> Table {
    let time = Self.numbers(
      table.column(named: "time") ?? table.column(named: "period") ?? table.column(named: "step"))
    let keys = Self.keys(table, time)
    var columns = table.columns
    for channel in channels {
      guard let place = columns.firstIndex(where: { $0.name == channel.column }) else {
        throw DataError(
          "table `\(self.table)` has no column `\(channel.column)` to measure",
          remedy: "Name one of " + columns.map { "`\($0.name)`" }.joined(separator: ", ") + ".")
      }
      columns[place] = try Self.measured(
        columns[place], channel, time, keys,
        key.stream(table: self.table, path: [channel.column, "instrument"]))
    }
    var rows = Array(0..<table.rowCount)
    if let every {
      guard let time else {
        throw DataError(
          "table `\(self.table)` has no time, and is to be sampled every \(every)",
          remedy: "Take `every` out.")
      }
      rows = rows.filter {
        ((time[$0] / every) - (time[$0] / every).rounded()).magnitude < 1e-9
      }
    }
    if nonresponse > 0 {
      let stream = key.stream(table: self.table, path: ["", "nonresponse"])
      // Whoever does not answer never does.
      rows = rows.filter {
        stream.uniforms(entity: keys[$0].entity, period: keys[$0].run, draw: 0).0 >= nonresponse
      }
    }
    return Table(name: table.name, columns: columns, rowCount: table.rowCount)
      .selecting(rows: rows)
  }

  private struct Key {
    var entity: UInt64
    var run: UInt32
    var moment: UInt64
  }

  /// A key of each row that stays under another scenario: the individual, the replication, the time.
  private static func keys(_ table: Table, _ time: [Double]?) -> [Key] {
    let run = numbers(table.column(named: "replication"))
    let id =
      table.column(named: "\(table.name)_id") ?? table.columns.first { $0.name.hasSuffix("_id") }
    var own: [UInt64]?
    switch id?.values {
    case .wholeNumbers(let list)?: own = list.map { UInt64(bitPattern: $0) }
    case .texts(let codes, let pool)?:
      let words = pool.texts.map { RandomKey(seed: "").stream(table: "id", $0).word }
      own = codes.map { words[Int($0)] }
    default: break
    }
    var scenario: [UInt32]?
    if case .texts(let codes, _)? = table.column(named: "scenario")?.values { scenario = codes }
    var counts: [UInt32: UInt64] = [:]
    return (0..<table.rowCount).map { row in
      // Without an id, a row is known by its place among those of its scenario.
      let place = counts[scenario?[row] ?? 0, default: 0]
      counts[scenario?[row] ?? 0] = place + 1
      return Key(
        entity: own?[row] ?? (time == nil ? place : 0), run: UInt32(run?[row] ?? 0),
        moment: own == nil && time == nil ? place : (time?[row] ?? 0).bitPattern)
    }
  }

  private static func numbers(_ column: Column?) -> [Double]? {
    switch column?.values {
    case .numbers(let list)?: list
    case .wholeNumbers(let list)?: list.map { Double($0) }
    case .dates(let list)?: list.map { Double($0) }
    default: nil
    }
  }

  private static func measured(
    _ column: Column, _ channel: Channel, _ time: [Double]?, _ keys: [Key], _ stream: StreamKey
  ) throws(DataError) -> Column {
    var result = column
    var reasons = column.missing.reasons
    var codes =
      column.missing.codes.isEmpty
      ? [UInt8](repeating: 0, count: column.count) : column.missing.codes
    func code(_ label: String) -> UInt8 {
      let reason = MissingReason(code: "", label: label)
      if let known = reasons.firstIndex(of: reason) { return UInt8(known + 1) }
      if reasons.count < 255 { reasons.append(reason) }
      return UInt8(reasons.count)
    }
    func draws(_ row: Int) -> RandomStream {
      let moment = stream.bits(entity: keys[row].moment, period: keys[row].run, draw: 0).0
      return stream.stream(entity: keys[row].entity ^ moment, period: keys[row].run, draw: 1)
    }
    let lost = code("lost")
    if channel.misclassified > 0 {
      switch column.values {
      case .booleans(var list):
        for row in list.indices {
          var draws = draws(row)
          if Draws.uniform(using: &draws) < channel.misclassified { list[row].toggle() }
        }
        result.values = .booleans(list)
      case .texts(var list, let pool) where pool.count > 1:
        for row in list.indices {
          var draws = draws(row)
          guard Draws.uniform(using: &draws) < channel.misclassified else { continue }
          let other = UInt32(Draws.integer(below: pool.count - 1, using: &draws))
          list[row] = other >= list[row] ? other + 1 : other
        }
        result.values = .texts(codes: list, pool: pool)
      default:
        throw DataError(
          "`\(channel.column)` has no levels to take for one another",
          remedy: "Write `noise` for numbers.")
      }
    } else if var list = numbers(column), !(isDate(column)) {
      let (low, high) = (code("below what can be seen"), code("above what can be seen"))
      for row in list.indices where codes[row] == 0 {
        var draws = draws(row)
        let spread = channel.noise + channel.relativeNoise * list[row].magnitude
        list[row] += channel.bias + channel.drift * (time?[row] ?? 0)
        if spread > 0 { list[row] += spread * Draws.normal(using: &draws) }
        if let limit = channel.below, list[row] < limit { codes[row] = low }
        if let limit = channel.above, list[row] > limit { codes[row] = high }
        if let unit = channel.rounding { list[row] = (list[row] / unit).rounded() * unit }
      }
      result.values = .numbers(list)
      result.form = .number(NumberForm(decimals: 12))
    } else if channel != Channel(column: channel.column, dropout: channel.dropout) {
      throw DataError(
        "`\(channel.column)` is no number", remedy: "Write `misclassified` or `dropout` for it.")
    }
    if channel.dropout > 0 {
      for row in codes.indices where codes[row] == 0 {
        let u = stream.uniforms(
          entity: keys[row].entity ^ keys[row].moment &* 0x9e37_79b9_7f4a_7c15,
          period: keys[row].run, draw: .max
        ).0
        if u < channel.dropout { codes[row] = lost }
      }
    }
    result.missing =
      codes.contains { $0 != 0 } ? MissingCells(reasons: reasons, codes: codes) : .none
    return result
  }

  private static func isDate(_ column: Column) -> Bool {
    if case .dates = column.values { return true }
    return false
  }
}
