// SPDX-License-Identifier: Apache-2.0
import Tables

/// How the persons of a published population belong to its households.
struct PublishedMembers: Sendable {
  /// The table of the households.
  let parent: Int
  /// The variable of the households that says how many persons belong to each.
  let sizeVariable: Int
  /// How many persons each combination of households has.
  let sizes: [Int]
  /// Of each combination of households, how likely its persons are of each combination.
  let shares: [Double]
  /// How many persons there are.
  let personCount: Double

  /// Fits households and persons together.
  ///
  /// - Parameters:
  ///   - parent: The place of the households' table and how persons' tables call it.
  ///   - size: The variable of the households that says how many persons there are.
  static func populations(
    households: PublishedInput, persons: PublishedInput, parent: (place: Int, name: String),
    size: String
  ) throws(DataError) -> (households: PublishedPopulation, persons: PublishedPopulation) {
    guard !persons.tables.isEmpty, !households.tables.isEmpty else {
      throw DataError(
        "no published table counts the \(persons.tables.isEmpty ? "persons" : "households")",
        file: persons.statistics.first?.file,
        remedy: "Add a table of counts, as `{of: [sex], counts: {f: 51, m: 49}}`.")
    }
    var own = try households.variables()
    guard let sizePlace = own.firstIndex(where: { $0.name == size }) else {
      throw DataError("no published table is of `\(size)`", remedy: "Add its counts.")
    }
    own[sizePlace] = try expanded(own[sizePlace], file: households.tables[0].name)
    let space = try PublishedSpace(own)
    // The persons' tables may name variables of the households.
    let prefix = parent.name + "."
    let all = try persons.variables()
    for variable in all where variable.name.hasPrefix(prefix) {
      let name = String(variable.name.dropFirst(prefix.count))
      let known = own.first { $0.name == name }?.levels ?? []
      for level in variable.levels where !known.contains(level) {
        throw DataError(
          known.isEmpty
            ? "a table of persons is of `\(variable.name)`, which no table of households counts"
            : "a table of persons is of `\(variable.name) = \(level)`, which no table of households counts",
          file: persons.tables[0].name, remedy: "Add a table of households with it.")
      }
    }
    let personSpace = try PublishedSpace(all.filter { !$0.name.hasPrefix(prefix) })
    let joint = try PublishedSpace(
      own.map { variable in
        var named = variable
        named.name = prefix + variable.name
        return named
      } + personSpace.variables)
    let total = try households.total()
    let personTotal = try persons.total()
    try households.refuseContradictions()
    try persons.refuseContradictions()
    var aims = try households.aims(in: space, total: total)
    aims += try persons.aims(in: joint, total: personTotal).map { aim in
      var aim = aim
      aim.isPerson = true
      return aim
    }
    let sizes = (0..<space.count).map {
      own[sizePlace].sizes?[space.level(of: sizePlace, in: $0)] ?? 0
    }
    let base = space.base(of: total)
    let personBase = personSpace.base(of: personTotal)
    let fit = HouseholdFit(base: base, personBase: personBase, sizes: sizes, aims: aims)
    if !fit.isMet {
      try PublishedConflict(aims: aims, sums: fit.sums).refuse { part in
        HouseholdFit(
          base: base, personBase: personBase, sizes: sizes, aims: part, tolerance: 1e-7,
          maximumRounds: 300
        ).sums
      }
    }
    let counts = fit.persons()
    let figures = zip(aims, fit.sums)
    return (
      PublishedPopulation(
        space: space, weights: fit.weights,
        figures: figures.filter { !$0.0.isPerson }.map {
          space.figure($0, sum: $1, weights: fit.weights)
        }),
      PublishedPopulation(
        space: personSpace, weights: [],
        figures: figures.filter { $0.0.isPerson }.map {
          joint.figure($0, sum: $1, weights: counts)
        },
        members: PublishedMembers(
          parent: parent.place, sizeVariable: sizePlace, sizes: sizes, shares: fit.shares,
          personCount: counts.reduce(0, +)))
    )
  }

  /// Levels as numbers of persons; `6+` may be six, and up to five more.
  private static func expanded(
    _ variable: PublishedVariable, file: String
  ) throws(DataError) -> PublishedVariable {
    var result = variable
    result.levels = []
    var sizes: [Int] = []
    for level in variable.levels {
      guard variable.grid == nil, let start = NumberBand.start(of: level, low: -1),
        start >= 0, start <= 1000, start == start.rounded()
      else {
        throw DataError(
          "a level of `\(variable.name)` is no number of persons", file: file,
          remedy: "Write sizes as `1`, `2` and `6+`.")
      }
      let isOpen = Double(level) == nil
      for size in Int(start)...Int(start) + (isOpen ? 5 : 0) {
        result.levels.append(level)
        sizes.append(size)
      }
    }
    result.sizes = sizes
    return result
  }
}
