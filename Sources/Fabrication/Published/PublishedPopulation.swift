// SPDX-License-Identifier: Apache-2.0
public import Tables

/// A population that agrees with several published tables: of all such, the one of greatest entropy.
public struct PublishedPopulation: Sendable {
  /// The most combinations of levels.
  public static let limit = 4_000_000

  /// The combinations of the variables, which are in the order in which tables name them first.
  let space: PublishedSpace
  /// How many of the population each combination is, the last variable's level running fastest.
  public let weights: [Double]
  /// The figures of the tables, each with what the population comes to.
  public let figures: [PublishedFigure]
  /// How persons belong to households, where both levels are fitted together.
  let members: PublishedMembers?
  /// The weights added up, for drawing.
  let sums: [Double]

  /// Fits a population to tables of counts.
  ///
  /// Tables that count the same people but differ by rounding, at most half a per cent, are scaled to the
  /// first one's total.
  ///
  /// - Throws: `DataError` that names two tables which contradict each other, or those that no
  ///   population can meet together.
  public init(_ tables: [PublishedTable]) throws(DataError) {
    try self.init(PublishedInput(tables: tables))
  }

  /// Fits a population to tables and figures.
  init(_ input: PublishedInput) throws(DataError) {
    let total = try input.total()
    let space = try PublishedSpace(try input.variables())
    try input.refuseContradictions()
    let aims = try input.aims(in: space, total: total)
    let fit = EntropyFit(base: space.base(of: total), controls: aims.map(\.control))
    if !fit.isMet {
      try PublishedConflict(aims: aims, sums: fit.sums).refuse { part in
        let fit = EntropyFit(
          base: space.base(of: total), controls: part.map(\.control), tolerance: 1e-7,
          maximumRounds: 400)
        return fit.sums
      }
    }
    self.init(
      space: space, weights: fit.weights,
      figures: zip(aims, fit.sums).map { space.figure($0, sum: $1, weights: fit.weights) })
  }

  init(
    space: PublishedSpace, weights: [Double], figures: [PublishedFigure],
    members: PublishedMembers? = nil
  ) {
    self.space = space
    self.weights = weights
    self.figures = figures
    self.members = members
    var sum = 0.0
    sums = weights.map {
      sum += $0
      return sum
    }
  }

  /// The variables, in the order in which tables name them first.
  public var variables: [String] { space.variables.map(\.name) }

  /// The levels of each variable; of a number, its cells.
  public var levels: [[String]] { space.variables.map(\.levels) }

  /// How many the population is.
  public var total: Double { members?.personCount ?? sums.last ?? 0 }

  /// A number as people write it.
  static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
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
