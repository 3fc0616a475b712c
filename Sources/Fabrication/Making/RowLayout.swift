// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

/// How many rows a table has, and the row of each parent to which each belongs.
struct RowLayout {
  private(set) var count: Int
  /// For each parent, the row of each row; −1 for none.
  private(set) var parents: [[Int32]]

  private static let maximumCount = 1_000_000_000

  init(
    _ specification: Specification, table: Int, _ data: FormulaData, key: RandomKey, scale: Double
  ) throws(DataError) {
    let own = specification.tables[table]
    count = Int((Double(own.rowCount) * scale).rounded())
    parents = own.parents.map { _ in [] }
    if let place = own.parents.firstIndex(where: { $0.each != nil }),
      let each = own.parents[place].each
    {
      let counts: [Int]
      if case .published = each, let members = own.published?.members {
        counts = PublishedDraw(specification: specification, key: key).sizes(
          of: members, count: data.tables[own.parents[place].table].count)
      } else {
        counts = try Self.counts(
          each, own.name, own.parents[place], data,
          key: key.stream(
            table: own.name, path: ["each", own.parents[place].name]))
      }
      count = counts.reduce(0, +)
      guard count <= Self.maximumCount else {
        throw DataError(
          "table `\(own.name)` would have more than \(Self.maximumCount) rows",
          remedy: "Lower `each` of its parent `\(own.parents[place].name)`.")
      }
      parents[place].reserveCapacity(count)
      for (row, number) in counts.enumerated() {
        parents[place].append(contentsOf: repeatElement(Int32(row), count: number))
      }
    }
    for (place, parent) in own.parents.enumerated() where parent.each == nil {
      parents[place] = try chosen(
        parent, isSelf: parent.table == table, own.name, data,
        key: key.stream(table: own.name, path: ["parent", parent.name]))
    }
    if !own.distinctParents.isEmpty { try separate(own, specification, data, key) }
  }

  private static func counts(
    _ each: Specification.Maker, _ name: String, _ parent: Specification.Parent,
    _ data: FormulaData, key: StreamKey
  ) throws(DataError) -> [Int] {
    let column: Column
    switch each {
    case .value(let formula): column = formula.column(named: name, data)
    case .draw(let draw): column = try draw.column(named: name, data, key: key)
    default: return []
    }
    let numbers: [Double] =
      switch column.values {
      case .numbers(let list): list
      case .wholeNumbers(let list): list.map { Double($0) }
      default: []
      }
    return numbers.enumerated().map { row, number in
      column.missing.isMissing(at: row) || number < 0.5
        ? 0 : Int(min(number.rounded(), Double(maximumCount)))
    }
  }

  /// Each row chooses a row of the parent; of its own table, one before it.
  private func chosen(
    _ parent: Specification.Parent, isSelf: Bool, _ name: String, _ data: FormulaData,
    key: StreamKey
  ) throws(DataError) -> [Int32] {
    let available = data.tables[parent.table].count
    guard isSelf || available > 0 || count == 0 || parent.optional == 1 else {
      throw DataError(
        "table `\(name)` has rows, but its parent `\(parent.name)` has none",
        remedy: "Give the parent rows, or write `optional: 1`.")
    }
    var weights: CumulativeWeights?
    if let formula = parent.weight {
      weights = try? CumulativeWeights(weights: formula.numbers(data).map { $0 ?? 0 })
      guard weights != nil else {
        throw DataError(
          "the weights of parent `\(parent.name)` are negative or all 0",
          remedy: "Use weights of 0 or above, one of them above 0.")
      }
    }
    return (0..<count).map { row in
      var stream = key.stream(entity: UInt64(row))
      if parent.optional > 0, Draws.uniform(using: &stream) < parent.optional { return -1 }
      if isSelf {
        return row == 0 ? -1 : Int32(Draws.integer(below: row, using: &stream))
      }
      if let weights { return Int32(weights.draw(using: &stream)) }
      return Int32(Draws.integer(below: available, using: &stream))
    }
  }

  /// Lets rows choose again until no two have the same parents.
  private mutating func separate(
    _ own: Specification.TableSpecification, _ specification: Specification, _ data: FormulaData,
    _ key: RandomKey
  ) throws(DataError) {
    let free = own.distinctParents.filter { own.parents[$0].each == nil }
    guard let last = free.last else { return }
    let available = data.tables[own.parents[last].table].count
    let stream = key.stream(table: own.name, path: ["distinct"])
    var taken: Set<[Int32]> = []
    for row in 0..<count {
      func tuple() -> [Int32] { own.distinctParents.map { parents[$0][row] } }
      var attempt: UInt32 = 0
      while !taken.insert(tuple()).inserted {
        attempt += 1
        if attempt <= 64 {
          var draws = stream.stream(entity: UInt64(row), period: attempt)
          for place in free {
            let size = data.tables[own.parents[place].table].count
            parents[place][row] = Int32(Draws.integer(below: size, using: &draws))
          }
        } else {
          // Hardly any pair is free: the next ones in turn.
          parents[last][row] = Int32((Int(parents[last][row]) + 1) % available)
          if Int(attempt) % available == 0, let first = free.first, first != last {
            let size = data.tables[own.parents[first].table].count
            parents[first][row] = Int32((Int(parents[first][row]) + 1) % size)
          }
        }
        guard Int(attempt) < 64 + available * (free.count > 1 ? count + 1 : 1) else {
          throw DataError(
            "table `\(own.name)` has more rows than there are different parents for its key",
            remedy: "Ask for fewer rows, or for more of its parents'.")
        }
      }
    }
  }
}
