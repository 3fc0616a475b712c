// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Releases
import Tables

/// Makes cells coarser or moves them by noise, by what the drawn rows themselves say of each column.
///
/// No figure of the real table is needed: steps and widths are those of the synthetic column. Values go
/// towards the middle of the column, so that no extreme grows.
struct CellEdits {
  /// The steps of the first try within the middle 90 % of a column; each further try doubles the step.
  private static let stepCount = 50.0

  private let table: Table
  private let spreads: Table
  private let seed: String

  /// - Parameters:
  ///   - table: The rows to edit.
  ///   - spreads: The rows as they were drawn, which say how wide a column is.
  init(_ table: Table, spreads: Table, seed: String) {
    self.table = table
    self.spreads = spreads
    self.seed = seed
  }

  /// The table with the cells of the entries edited.
  func applied(_ entries: [ReleaseManifest.Amendment]) -> Table {
    guard !entries.isEmpty else { return table }
    var cells: [String: [ReleaseManifest.Amendment]] = [:]
    for entry in entries {
      for column in entry.columns ?? [] { cells[column, default: []].append(entry) }
    }
    let columns = table.columns.map { column -> Column in
      guard let entries = cells[column.name], let drawn = spreads.column(named: column.name) else {
        return column
      }
      return edited(column, entries, Spread(drawn), drawn)
    }
    return Table(name: table.name, columns: columns, rowCount: table.rowCount)
  }

  private func edited(
    _ column: Column, _ entries: [ReleaseManifest.Amendment], _ spread: Spread?, _ drawn: Column
  ) -> Column {
    var column = column
    let present = entries.filter { !column.missing.isMissing(at: $0.row) }
    guard let spread else { return withLevels(column, present, drawn) }
    func put<Value>(_ list: [Value], _ make: (Double) -> Value, _ read: (Value) -> Double)
      -> [Value]
    {
      var list = list
      for entry in present {
        list[entry.row] = make(moved(read(list[entry.row]), entry, spread, column.name))
      }
      return list
    }
    switch column.values {
    case .numbers(let list): column.values = .numbers(put(list, { $0 }, { $0 }))
    case .wholeNumbers(let list):
      column.values = .wholeNumbers(put(list, { Int64($0) }, { Double($0) }))
    case .dates(let list): column.values = .dates(put(list, { Int32($0) }, { Double($0) }))
    case .times(let list): column.values = .times(put(list, { Int64($0) }, { Double($0) }))
    case .dateTimes(let list): column.values = .dateTimes(put(list, { Int64($0) }, { Double($0) }))
    case .texts, .booleans: break
    }
    return column
  }

  private func moved(
    _ value: Double, _ entry: ReleaseManifest.Amendment, _ spread: Spread, _ name: String
  ) -> Double {
    var factor = 1.0
    for _ in 1..<max(2, entry.attempt + 1) where entry.attempt > 1 { factor *= 2 }
    var result: Double
    if entry.action == .coarsen {
      let step = max(spread.grain, spread.step(spread.width / Self.stepCount * factor))
      result = (value / step).rounded(value > spread.middle ? .down : .up) * step
    } else {
      let key = RandomKey(seed: seed, replication: RowRedraw.firstReplication + entry.attempt)
      let draw = key.stream(path: ["blur", name]).uniforms(entity: UInt64(entry.row), draw: 0).0
      let width = spread.width / Self.stepCount * factor
      let isOutside = value < spread.low || value > spread.high
      let move = isOutside ? (value > spread.middle ? -1 : 1) * (draw + 0.5) : 2 * draw - 1
      result = value + move * max(width, spread.grain)
    }
    result = (result / spread.grain).rounded() * spread.grain
    return min(spread.most, max(spread.least, result))
  }

  /// Levels: the commonest one takes the place of a coarsened cell, another row's that of a blurred one.
  private func withLevels(
    _ column: Column, _ entries: [ReleaseManifest.Amendment], _ drawn: Column
  ) -> Column {
    let present = (0..<drawn.count).filter { !drawn.missing.isMissing(at: $0) }
    guard !present.isEmpty else { return column }
    var counts: [UInt32: (count: Int, row: Int)] = [:]
    if case .texts(let codes, _) = drawn.values {
      for row in present { counts[codes[row], default: (0, row)].count += 1 }
    }
    let commonest = counts.values.max { ($0.count, $1.row) < ($1.count, $0.row) }?.row ?? present[0]
    let sources = entries.map { entry -> Int in
      guard entry.action == .blur else { return commonest }
      let key = RandomKey(seed: seed, replication: RowRedraw.firstReplication + entry.attempt)
      let draw = key.stream(path: ["blur", column.name]).uniforms(
        entity: UInt64(entry.row), draw: 0
      ).0
      return present[min(present.count - 1, Int(draw * Double(present.count)))]
    }
    return column.replacing(rows: entries.map(\.row), by: drawn.selecting(rows: sources))
  }

  /// How a column of values on a scale lies; `nil` for levels and for columns without values.
  private struct Spread {
    let least, low, middle, high, most: Double
    /// The smallest step in which the column is written.
    let grain: Double

    /// The width of the middle 90 %, or of all values where those are one value.
    var width: Double { high > low ? high - low : most - least }

    init?(_ column: Column) {
      let values: [Double]
      switch column.values {
      case .numbers(let list):
        values = list
        var grain = 1.0
        for _ in 0..<min(9, column.form.number?.decimals ?? 6) { grain /= 10 }
        self.grain = grain
      case .wholeNumbers(let list): (values, grain) = (list.map { Double($0) }, 1)
      case .dates(let list): (values, grain) = (list.map { Double($0) }, 1)
      // Times are kept in microseconds; nobody writes cells finer than a second on purpose.
      case .times(let list): (values, grain) = (list.map { Double($0) }, 1_000_000)
      case .dateTimes(let list): (values, grain) = (list.map { Double($0) }, 1_000_000)
      case .texts, .booleans: return nil
      }
      let sorted = values.indices.filter { !column.missing.isMissing(at: $0) }.map { values[$0] }
        .sorted()
      guard let least = sorted.first, let most = sorted.last else { return nil }
      self.least = least
      self.most = most
      low = Quantiles.quantile(0.05, ofSorted: sorted) ?? least
      middle = Quantiles.quantile(0.5, ofSorted: sorted) ?? least
      high = Quantiles.quantile(0.95, ofSorted: sorted) ?? most
    }

    /// The next of 1, 2 and 5 times a power of ten, at or above a width.
    func step(_ width: Double) -> Double {
      guard width > 0 else { return grain }
      var power = 1.0
      while power > width { power /= 10 }
      while power * 10 <= width { power *= 10 }
      return [1, 2, 5, 10].map { $0 * power }.first { $0 >= width } ?? 10 * power
    }
  }
}
