// SPDX-License-Identifier: Apache-2.0
import Tables

/// All that is published of one kind of things: tables of counts, and figures of numbers.
struct PublishedInput: Hashable, Sendable {
  /// The range of a number.
  struct Range: Hashable, Sendable {
    var low: Double?
    var high: Double?
    var step: Double?
    var table: String
  }

  var tables: [PublishedTable] = []
  var statistics: [PublishedStatistic] = []
  var ranges: [String: Range] = [:]

  /// The numbers, in the order in which they are named.
  private(set) var numbers: [String] = []

  init(tables: [PublishedTable] = []) { self.tables = tables }

  /// Takes in what a file or an entry says.
  mutating func add(_ other: PublishedInput) {
    tables += other.tables
    statistics += other.statistics
    for name in other.numbers { addNumber(name) }
    for (name, range) in other.ranges.sorted(by: { $0.key < $1.key }) {
      var own = ranges[name] ?? range
      own.low = own.low ?? range.low
      own.high = own.high ?? range.high
      own.step = own.step ?? range.step
      ranges[name] = own
    }
  }

  mutating func addNumber(_ name: String) {
    if !numbers.contains(name) { numbers.append(name) }
  }

  /// How many there are: by the first table, else by a published number, else 1,000.
  func total() throws(DataError) -> Double {
    if let first = tables.first {
      guard first.total > 0 else {
        throw DataError(
          "the published tables count nobody", file: first.name,
          remedy: "Give a table with a count above 0.")
      }
      return first.total
    }
    return statistics.first { $0.kind == .count && $0.group.isEmpty && $0.value > 0 }?.value ?? 1000
  }

  /// The levels of the variables that are not numbers, in the order in which they come.
  private func categories() throws(DataError) -> [PublishedVariable] {
    var found: [PublishedVariable] = []
    for table in tables {
      for (place, name) in table.variables.enumerated() where !numbers.contains(name) {
        if let known = found.firstIndex(where: { $0.name == name }) {
          for level in table.levels[place] where !found[known].levels.contains(level) {
            found[known].levels.append(level)
          }
        } else {
          found.append(PublishedVariable(name: name, levels: table.levels[place]))
        }
      }
    }
    let counted = Set(found.map(\.name))
    for statistic in statistics {
      for condition in statistic.group {
        guard !numbers.contains(condition.variable) else {
          throw statistic.problem(
            "`\(condition.variable)` is a number, and figures cannot be by its values",
            "Give it as a table of counts, or by another variable.")
        }
        if let known = found.firstIndex(where: { $0.name == condition.variable }) {
          guard !found[known].levels.contains(condition.level) else { continue }
          guard !counted.contains(condition.variable) else {
            throw statistic.problem(
              "`\(statistic.table)` has a figure of `\(condition.variable) = \(condition.level)`, which no table counts",
              "Use one of: " + found[known].levels.joined(separator: ", ") + ".")
          }
          found[known].levels.append(condition.level)
        } else {
          found.append(PublishedVariable(name: condition.variable, levels: [condition.level]))
        }
      }
    }
    return found
  }

  /// All variables; numbers last, cut into cells as fine as their number allows.
  func variables() throws(DataError) -> [PublishedVariable] {
    var found = try categories()
    let size = found.reduce(1.0) { $0 * Double($1.levels.count) }
    // As many cells as twenty thousand combinations hold, between 8 and 40.
    var cellCount = 40
    func combinations(_ cells: Int) -> Double {
      numbers.reduce(size) { product, _ in product * Double(cells) }
    }
    while cellCount > 8, combinations(cellCount) > 20_000 { cellCount -= 1 }
    for name in numbers { found.append(try number(name, cellCount: cellCount)) }
    return found
  }

  private func number(_ name: String, cellCount: Int) throws(DataError) -> PublishedVariable {
    let own = statistics.filter { $0.variable == name || $0.kind == .correlation(with: name) }
    guard let range = ranges[name], let low = range.low, let high = range.high else {
      throw DataError(
        "nothing says between which values `\(name)` lies",
        file: own.first?.file ?? own.first?.table,
        line: own.first?.line, position: own.first?.position,
        remedy: "Add `{of: \(name), from: 0, to: 100}`, or its minimum and maximum.")
    }
    guard low < high, low.isFinite, high.isFinite else {
      throw DataError(
        "the range of `\(name)` has no width", file: range.table,
        remedy: "Let `from` be below `to`.")
    }
    if let step = range.step {
      let count = (high - low) / step
      guard step > 0, abs(count - count.rounded()) < 1e-6, count < 1e9 else {
        throw DataError(
          "the steps of `\(name)` do not go from `from` to `to`", file: range.table,
          remedy: "Let the range be a whole number of steps, as `from: 0, to: 100, step: 1`.")
      }
    }
    for statistic in own where statistic.variable == name {
      try statistic.check(low: low, high: high)
    }
    var starts: [Double] = []
    for table in tables {
      guard let place = table.variables.firstIndex(of: name) else { continue }
      for level in table.levels[place] {
        guard let start = NumberBand.start(of: level, low: low) else {
          throw DataError(
            "a level of the number `\(name)` is no band of numbers", file: table.name,
            remedy: "Write bands as `16-64`, `65+` or `under 16`.")
        }
        starts.append(start)
      }
    }
    if let least = starts.min(), least > low {
      throw DataError(
        "the bands of `\(name)` begin above its least value", file: range.table,
        remedy: "Let `from` be \(PublishedPopulation.plain(least)), or add a band.")
    }
    let points = own.compactMap { statistic -> Double? in
      if case .quantile = statistic.kind, statistic.variable == name {
        statistic.value
      } else {
        nil
      }
    }
    let grid = NumberGrid(
      low: low, high: high, step: range.step, starts: starts, points: points, cellCount: cellCount)
    return PublishedVariable(
      name: name, levels: grid.cells.map { PublishedPopulation.plain($0.low) }, grid: grid)
  }

  /// All figures to be met, in the order of the tables.
  func aims(in space: PublishedSpace, total: Double) throws(DataError) -> [PublishedSpace.Aim] {
    var aims: [PublishedSpace.Aim] = []
    for table in tables { aims += space.aims(of: table, total: total) }
    if tables.isEmpty, !statistics.contains(where: { $0.kind == .count && $0.group.isEmpty }) {
      aims.append(
        PublishedSpace.Aim(
          control: EntropyFit.Control(
            name: "number", table: PublishedConflict.everybody,
            members: (0..<Int32(space.count)).map { $0 },
            target: total), published: total))
    }
    for statistic in statistics {
      aims.append(try space.aim(of: statistic, known: statistics, total: total))
    }
    return aims
  }

  /// Two tables must agree on the variables that both have; with none in common, on the total.
  func refuseContradictions() throws(DataError) {
    for (place, table) in tables.enumerated() {
      for other in tables[..<place] {
        let common = table.variables.filter {
          other.variables.contains($0) && !numbers.contains($0)
        }
        let own = table.margin(common)
        let others = other.margin(common)
        for (levels, count) in own.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
          let twin = others[levels] ?? 0
          guard abs(count - twin) > max(0.5, 0.005 * max(count, twin)) else { continue }
          let what =
            common.isEmpty
            ? "the total"
            : zip(common, levels).map { "\($0) = \($1)" }.joined(separator: ", ")
          throw DataError(
            "tables `\(other.name)` and `\(table.name)` contradict each other: \(what) counts "
              + "\(PublishedPopulation.plain(twin)) in one and \(PublishedPopulation.plain(count)) in the other",
            file: table.name, remedy: "Take both from one release, or leave one of them out.")
        }
      }
    }
  }
}
