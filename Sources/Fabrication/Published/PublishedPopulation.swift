// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A population that agrees with several published tables: of all such, the one of greatest entropy.
public struct PublishedPopulation: Sendable {
  /// The most combinations of levels.
  public static let limit = 4_000_000

  /// The variables, in the order in which tables name them first.
  public let variables: [String]
  /// The levels of each variable.
  public let levels: [[String]]
  /// How many of the population each combination is, the last variable's level running fastest.
  public let weights: [Double]
  /// The figures of the tables, each with what the population comes to.
  public let controls: [(control: EntropyFit.Control, sum: Double)]
  /// The weights added up, for drawing.
  let sums: [Double]

  /// Fits a population to tables.
  ///
  /// Tables that count the same people but differ by rounding, at most half a per cent, are scaled to the
  /// first one's total.
  ///
  /// - Throws: `DataError` that names two tables which contradict each other, or those that no
  ///   population can meet together.
  public init(_ tables: [PublishedTable]) throws(DataError) {
    var variables: [String] = []
    var levels: [[String]] = []
    for table in tables {
      for (place, name) in table.variables.enumerated() {
        if let known = variables.firstIndex(of: name) {
          for level in table.levels[place] where !levels[known].contains(level) {
            levels[known].append(level)
          }
        } else {
          variables.append(name)
          levels.append(table.levels[place])
        }
      }
    }
    guard let first = tables.first, first.total > 0 else {
      throw DataError(
        "the published tables count nobody", file: tables.first?.name,
        remedy: "Give a table with a count above 0.")
    }
    var size = 1
    for own in levels {
      size *= own.count
      guard size <= Self.limit else {
        throw DataError(
          "the published tables have too many combinations of levels",
          remedy: "Leave a table out, or merge levels: at most \(Self.limit) combinations.")
      }
    }
    try Self.refuseContradictions(tables)
    let controls = Self.controls(tables, variables, levels, size: size)
    let fit = EntropyFit(base: [Double](repeating: 1, count: size), controls: controls)
    if !fit.isMet { try Self.refuseMisfit(fit, controls) }
    self.variables = variables
    self.levels = levels
    weights = fit.weights
    self.controls = zip(controls, fit.sums).map { ($0, $1) }
    var sum = 0.0
    sums = fit.weights.map {
      sum += $0
      return sum
    }
  }

  /// How many the population is.
  public var total: Double { sums.last ?? 0 }

  /// Two tables must agree on the variables that both have; with none in common, on the total.
  private static func refuseContradictions(_ tables: [PublishedTable]) throws(DataError) {
    for (place, table) in tables.enumerated() {
      for other in tables[..<place] {
        let common = table.variables.filter { other.variables.contains($0) }
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
              + "\(plain(twin)) in one and \(plain(count)) in the other",
            file: table.name,
            remedy: "Take both from one release, or leave one of them out.")
        }
      }
    }
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  private static func controls(
    _ tables: [PublishedTable], _ variables: [String], _ levels: [[String]], size: Int
  ) -> [EntropyFit.Control] {
    var controls: [EntropyFit.Control] = []
    let total = tables[0].total
    for table in tables {
      let scale = table.total > 0 ? total / table.total : 1
      // A level that only other tables have is counted as none here.
      let own = table.variables.map { variables.firstIndex(of: $0) ?? 0 }
      var members: [[Int32]] = []
      var numbers: [[Int]: Int] = [:]
      var keys: [[Int]] = []
      for cell in 0..<size {
        let places = Self.places(of: cell, levels)
        let key = own.map { places[$0] }
        if let number = numbers[key] {
          members[number].append(Int32(cell))
        } else {
          numbers[key] = members.count
          members.append([Int32(cell)])
          keys.append(key)
        }
      }
      let counts = table.margin(table.variables)
      for (number, key) in keys.enumerated() {
        let names = zip(own, key).map { levels[$0][$1] }
        controls.append(
          EntropyFit.Control(
            name: zip(table.variables, names).map { "\($0) = \($1)" }.joined(separator: ", "),
            table: table.name, members: members[number], target: (counts[names] ?? 0) * scale))
      }
    }
    return controls
  }

  /// The places of a cell's levels.
  static func places(of cell: Int, _ levels: [[String]]) -> [Int] {
    var rest = cell
    var result = [Int](repeating: 0, count: levels.count)
    for variable in levels.indices.reversed() {
      result[variable] = rest % levels[variable].count
      rest /= levels[variable].count
    }
    return result
  }

  private static func refuseMisfit(
    _ fit: EntropyFit, _ controls: [EntropyFit.Control]
  ) throws(DataError) {
    let misses = zip(controls, fit.sums).map {
      ($0, abs($1 - $0.target) / max(1, abs($0.target)))
    }.sorted { $0.1 > $1.1 }
    guard let worst = misses.first, worst.1 > 1e-6 else { return }
    let names = Set(misses.filter { $0.1 > worst.1 / 10 }.map(\.0.table)).sorted()
    throw DataError(
      "no population agrees with all tables: \(names.map { "`\($0)`" }.joined(separator: ", ")) "
        + "cannot be met together, first of all where \(worst.0.name)",
      file: worst.0.table,
      remedy: "Look for a 0 in one table that another one needs, or leave one of them out.")
  }

  /// The combination at a share of the population, counted up cell by cell.
  func cell(at share: Double) -> Int {
    let target = share * total
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > target { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
