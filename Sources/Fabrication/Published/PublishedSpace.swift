// SPDX-License-Identifier: Apache-2.0
import Numerics
import Tables

/// All combinations of the levels of some variables, the last one's level running fastest.
struct PublishedSpace: Sendable {
  /// A figure that weights must meet.
  struct Aim: Sendable {
    var control: EntropyFit.Control
    /// What is published, before tables are scaled to one total.
    var published: Double
    var statistic: PublishedStatistic?
    /// Whether it counts persons, where households are fitted with them.
    var isPerson = false
  }

  let variables: [PublishedVariable]
  /// By how much the number of a combination grows with the level of each variable.
  let strides: [Int]
  let count: Int

  /// - Throws: `DataError` if there are more than `PublishedPopulation.limit` combinations.
  init(_ variables: [PublishedVariable]) throws(DataError) {
    self.variables = variables
    var strides = variables.map { _ in 1 }
    var size = 1
    for place in variables.indices.reversed() {
      strides[place] = size
      size *= max(1, variables[place].levels.count)
      guard size <= PublishedPopulation.limit else {
        throw DataError(
          "the published tables have too many combinations of levels",
          remedy: "Leave a table out, or merge levels: at most "
            + "\(PublishedPopulation.limit) combinations.")
      }
    }
    self.strides = strides
    count = size
  }

  /// The level that a variable has in a combination.
  func level(of variable: Int, in cell: Int) -> Int {
    cell / strides[variable] % variables[variable].levels.count
  }

  /// What combinations weigh before anything is known: alike, but for cells of numbers, by their width.
  func base(of total: Double) -> [Double] {
    // Without numbers a start at 1, so that rounding is the same whatever the total.
    let isCut = variables.contains { $0.grid != nil }
    var base = [Double](repeating: isCut ? total / Double(count) : 1, count: count)
    for (place, variable) in variables.enumerated() where variable.grid != nil {
      let sizes = variable.levels.indices.map { variable.size(of: $0) }
      for cell in base.indices { base[cell] *= sizes[level(of: place, in: cell)] }
    }
    return base
  }

  /// The cells of a table as figures to be met; totals are scaled to one number.
  func aims(of table: PublishedTable, total: Double) -> [Aim] {
    let scale = table.total > 0 ? total / table.total : 1
    let own = table.variables.map { name in variables.firstIndex { $0.name == name } ?? 0 }
    // Levels that only other tables have come behind the table's, and count nobody.
    var names = table.levels
    var places: [[Int]] = []
    for (place, variable) in own.enumerated() {
      places.append(
        variables[variable].places(in: names[place]).enumerated().map { level, found in
          if let found { return found }
          let name = variables[variable].levels[level]
          if let known = names[place].firstIndex(of: name) { return known }
          names[place].append(name)
          return names[place].count - 1
        })
    }
    let size = names.reduce(1) { $0 * $1.count }
    var members = [[Int32]](repeating: [], count: size)
    for cell in 0..<count {
      var number = 0
      for (place, variable) in own.enumerated() {
        number = number * names[place].count + places[place][level(of: variable, in: cell)]
      }
      members[number].append(Int32(cell))
    }
    let counts = table.margin(table.variables)
    return members.indices.filter { !members[$0].isEmpty }.map { number in
      var rest = number
      var levels: [String] = []
      for list in names.reversed() {
        levels.insert(list[rest % list.count], at: 0)
        rest /= list.count
      }
      return Aim(
        control: EntropyFit.Control(
          name: zip(table.variables, levels).map { "\($0) = \($1)" }.joined(separator: ", "),
          table: table.name, members: members[number], target: (counts[levels] ?? 0) * scale),
        published: counts[levels] ?? 0)
    }
  }

  /// A statistic as a figure to be met: a sum that is 0 where the statistic is as published.
  ///
  /// - Parameter known: What is published of means and deviations, by which others are centred.
  func aim(
    of statistic: PublishedStatistic, known: [PublishedStatistic], total: Double
  ) throws(DataError) -> Aim {
    let members = self.members(of: statistic.group)
    var control = EntropyFit.Control(
      name: statistic.name, table: statistic.table, members: members, target: 0)
    if statistic.kind == .count {
      control.target = statistic.value
      return Aim(control: control, published: statistic.published, statistic: statistic)
    }
    guard let place = variables.firstIndex(where: { $0.name == statistic.variable }),
      let grid = variables[place].grid
    else { throw unknown(statistic.variable, statistic) }
    control.scale = total
    func found(_ kind: PublishedStatistic.Kind, of name: String) throws(DataError) -> Double {
      guard
        let value = known.first(where: {
          $0.kind == kind && $0.variable == name && Set($0.group) == Set(statistic.group)
        })?.value
      else {
        throw statistic.problem(
          "the \(statistic.name) says nothing without the \(kind == .mean ? "mean" : "standard deviation")"
            + " of `\(name)`", "Publish that too, of the same people.")
      }
      return value
    }
    let values: [Double]
    switch statistic.kind {
    case .count: values = []
    case .mean:
      let unit = (grid.high - grid.low) / 4
      values = grid.cells.indices.map { (grid.mean($0) - statistic.value) / unit }
    case .deviation:
      let mean = try found(.mean, of: statistic.variable)
      let square = statistic.value * statistic.value
      values = grid.cells.indices.map { cell in
        let distance = grid.mean(cell) - mean
        return (distance * distance + grid.variance(cell)) / square - 1
      }
    case .quantile(let share):
      values = grid.cells.indices.map { grid.share($0, below: statistic.value) - share }
    case .correlation(let other):
      guard let second = variables.firstIndex(where: { $0.name == other }),
        let otherGrid = variables[second].grid
      else { throw unknown(other, statistic) }
      let means = [
        try found(.mean, of: statistic.variable), try found(.mean, of: other),
      ]
      let deviations = [
        try found(.deviation, of: statistic.variable), try found(.deviation, of: other),
      ]
      control.coefficients = members.map { member in
        let first = grid.mean(level(of: place, in: Int(member))) - means[0]
        let next = otherGrid.mean(level(of: second, in: Int(member))) - means[1]
        return first / deviations[0] * (next / deviations[1]) - statistic.value
      }
      return Aim(control: control, published: statistic.published, statistic: statistic)
    }
    control.coefficients = members.map { values[level(of: place, in: Int($0))] }
    return Aim(control: control, published: statistic.published, statistic: statistic)
  }

  private func unknown(_ name: String, _ statistic: PublishedStatistic) -> DataError {
    statistic.problem(
      "`\(name)` in `\(statistic.table)` is no number with a range",
      "Add `{of: \(name), from: 0, to: 100}`, or its minimum and maximum.")
  }

  private func members(of group: [PublishedStatistic.Condition]) -> [Int32] {
    (0..<Int32(count)).filter { cell in
      group.allSatisfy { condition in
        guard let place = variables.firstIndex(where: { $0.name == condition.variable }) else {
          return false
        }
        return variables[place].levels[level(of: place, in: Int(cell))] == condition.level
      }
    }
  }

  /// What weights come to, in the unit of the figure.
  func figure(_ aim: Aim, sum: Double, weights: [Double]) -> PublishedFigure {
    guard let statistic = aim.statistic, statistic.kind != .count else {
      return PublishedFigure(
        table: aim.control.table, name: aim.control.name, published: aim.published, population: sum)
    }
    return PublishedFigure(
      table: statistic.table, name: statistic.name, published: statistic.published,
      population: value(of: statistic, aim.control.members, weights))
  }

  private func value(
    of statistic: PublishedStatistic, _ members: [Int32], _ weights: [Double]
  ) -> Double {
    guard let place = variables.firstIndex(where: { $0.name == statistic.variable }),
      let grid = variables[place].grid
    else { return 0 }
    func mean(_ value: (Int) -> Double) -> Double {
      var sum = CompensatedSum()
      var weight = CompensatedSum()
      for member in members {
        sum.add(weights[Int(member)] * value(Int(member)))
        weight.add(weights[Int(member)])
      }
      return weight.value > 0 ? sum.value / weight.value : 0
    }
    func centred(_ place: Int, _ grid: NumberGrid) -> (mean: Double, deviation: Double) {
      let middle = mean { grid.mean(level(of: place, in: $0)) }
      let square = mean { cell in
        let own = level(of: place, in: cell)
        let distance = grid.mean(own) - middle
        return distance * distance + grid.variance(own)
      }
      return (middle, ElementaryFunctions.sqrt(square))
    }
    switch statistic.kind {
    case .count: return 0
    case .mean: return centred(place, grid).mean
    case .deviation: return centred(place, grid).deviation
    case .quantile:
      return mean { grid.share(level(of: place, in: $0), below: statistic.value) }
    case .correlation(let other):
      guard let second = variables.firstIndex(where: { $0.name == other }),
        let otherGrid = variables[second].grid
      else { return 0 }
      let (first, firstDeviation) = centred(place, grid)
      let (next, nextDeviation) = centred(second, otherGrid)
      let product = mean {
        (grid.mean(level(of: place, in: $0)) - first)
          * (otherGrid.mean(level(of: second, in: $0)) - next)
      }
      return firstDeviation * nextDeviation > 0 ? product / (firstDeviation * nextDeviation) : 0
    }
  }
}
