// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

/// Which combination of a published population each row has.
///
/// Rows go through the population evenly and in a keyed order, so that each combination comes as often
/// as its weight says, to within one. Persons go evenly through those of their household's combination,
/// and what rounding leaves is carried on to the next one.
struct PublishedDraw {
  let specification: Specification
  let key: RandomKey

  /// The combinations of rows of a table that is no table of persons.
  ///
  /// - Parameter count: How many rows the table has.
  func cells(of table: Int, rows: some Sequence<Int>, count: Int) -> [Int] {
    guard let population = specification.tables[table].published else { return [] }
    let order = Permutation(count: max(1, count), key: stream(table, ["published"]))
    return rows.map { row in
      population.cell(at: (Double(order.place(of: row)) + 0.5) / Double(max(1, count)))
    }
  }

  /// How many persons belong to each household.
  func sizes(of members: PublishedMembers, count: Int) -> [Int] {
    cells(of: members.parent, rows: 0..<count, count: count).map { members.sizes[$0] }
  }

  /// The combinations of persons.
  ///
  /// - Parameters:
  ///   - parents: The household of each person.
  ///   - parentCount: How many households there are.
  func cells(of table: Int, _ members: PublishedMembers, parents: [Int32], parentCount: Int)
    -> [Int]
  {
    let households = cells(of: members.parent, rows: 0..<parentCount, count: parentCount)
    var rows = [[Int]](repeating: [], count: members.sizes.count)
    for (row, parent) in parents.enumerated() where parent >= 0 {
      rows[households[Int(parent)]].append(row)
    }
    let kinds = members.sizes.isEmpty ? 0 : members.shares.count / members.sizes.count
    var carried = [Double](repeating: 0, count: kinds)
    var result = [Int](repeating: 0, count: parents.count)
    let stream = stream(table, ["published"])
    for household in rows.indices where !rows[household].isEmpty {
      let shares = members.shares[household * kinds..<(household + 1) * kinds]
      let counts = Self.counts(rows[household].count, Array(shares), &carried)
      var order = rows[household]
      var draws = stream.stream(entity: UInt64(household))
      for place in order.indices.reversed() where place > 0 {
        order.swapAt(place, Draws.integer(below: place + 1, using: &draws))
      }
      var next = 0
      for (kind, number) in counts.enumerated() {
        for _ in 0..<number {
          result[order[next]] = kind
          next += 1
        }
      }
    }
    return result
  }

  /// Whole numbers near to shares of a number, which they add up to.
  static func counts(_ number: Int, _ shares: [Double], _ carried: inout [Double]) -> [Int] {
    var counts = shares.map { _ in 0 }
    var wanted: [(place: Int, rest: Double)] = []
    var left = number
    for place in shares.indices where shares[place] > 0 {
      carried[place] += shares[place] * Double(number)
      counts[place] = max(0, Int(carried[place].rounded(.down)))
      left -= counts[place]
      wanted.append((place, carried[place] - Double(counts[place])))
    }
    wanted.sort { $0.rest != $1.rest ? $0.rest > $1.rest : $0.place < $1.place }
    var turn = 0
    while left > 0, !wanted.isEmpty {
      counts[wanted[turn % wanted.count].place] += 1
      left -= 1
      turn += 1
    }
    turn = wanted.count - 1
    while left < 0, wanted.contains(where: { counts[$0.place] > 0 }) {
      if counts[wanted[turn].place] > 0 {
        counts[wanted[turn].place] -= 1
        left += 1
      }
      turn = turn > 0 ? turn - 1 : wanted.count - 1
    }
    for place in shares.indices where shares[place] > 0 { carried[place] -= Double(counts[place]) }
    return counts
  }

  /// A variable of rows whose combinations are known.
  ///
  /// - Parameter rows: The number of each row in the whole table, as many as `cells`.
  func column(_ variable: Int, named name: String, of table: Int, cells: [Int], rows: [Int])
    -> Column
  {
    guard let space = specification.tables[table].published?.space else {
      return Column(name: name, values: .wholeNumbers([]))
    }
    let own = space.variables[variable]
    guard let grid = own.grid else {
      // One level may stand for several sizes.
      let codes = own.levels.map { UInt32(own.levels.firstIndex(of: $0) ?? 0) }
      return Column(
        name: name,
        values: .texts(
          codes: cells.map { codes[space.level(of: variable, in: $0)] }, pool: TextPool(own.levels))
      )
    }
    let within = stream(table, [own.name, "within"])
    let values = zip(rows, cells).map { row, cell in
      grid.value(
        space.level(of: variable, in: cell),
        at: within.uniforms(entity: UInt64(row), draw: 0).0)
    }
    return grid.isWhole
      ? Column(
        name: name, values: .wholeNumbers(values.map { Int64($0.rounded()) }),
        form: .number(NumberForm()))
      : Column(name: name, values: .numbers(values))
  }

  private func stream(_ table: Int, _ path: [String]) -> StreamKey {
    key.stream(table: specification.tables[table].name, path: path)
  }
}
