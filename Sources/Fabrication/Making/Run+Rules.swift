// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension Run {
  /// The most attempts at a row.
  ///
  /// A row of a rule that one draw in a thousand keeps finds none in so many with a chance of 2 in 10⁹.
  static let maximumAttempt = 20_000
  /// How many attempts are made at once at all rows that are left; then few rows at a time are seen through.
  private static let firstSizes = [1, 1, 2, 4, 8, 16, 32]
  /// The most rows drawn at once, and the most that are seen through together.
  private static let batchSize = 1 << 16
  private static let lastRows = 64

  /// Draws the rows again that break a rule of a group, each until it keeps all of them.
  ///
  /// A row takes the first of its attempts that does, so that it is one function of seed and row.
  mutating func hold(_ group: RuleGroup) throws(DataError) {
    let count = data.tables[group.table].count
    let batch = RowBatch(firstRow..<firstRow + count)
    var tally = RuleTally(group)
    let flags = satisfied(group, batch, data, &tally)
    var open = (0..<count).filter { !flags[$0] }.map { firstRow + $0 }
    guard !open.isEmpty else { return }
    try checkFree(open, group, batch)
    var start = 1
    for size in Self.firstSizes where !open.isEmpty {
      open = try tried(open, group, start..<start + size, &tally)
      start += size
    }
    while !open.isEmpty {
      var left = Array(open.prefix(Self.lastRows))
      open.removeFirst(left.count)
      var from = start
      while !left.isEmpty {
        guard from <= Self.maximumAttempt else { throw tally.error }
        let upper = min(from + 256, Self.maximumAttempt + 1)
        left = try tried(left, group, from..<upper, &tally)
        from = upper
      }
    }
  }

  /// Tries some attempts at rows, and keeps the first of each row that will do; the rows that are left.
  private mutating func tried(
    _ rows: [Int], _ group: RuleGroup, _ attempts: Range<Int>, _ tally: inout RuleTally
  ) throws(DataError) -> [Int] {
    if group.looksBelow, attempts.count > 1 {
      // A row below belongs to one row, not to several attempts at it.
      var left = rows
      for attempt in attempts where !left.isEmpty {
        left = try tried(left, group, attempt..<attempt + 1, &tally)
      }
      return left
    }
    var left: [Int] = []
    let step = max(1, Self.batchSize / attempts.count)
    for start in stride(from: 0, to: rows.count, by: step) {
      let some = Array(rows[start..<min(rows.count, start + step)])
      let batch = RowBatch(rows: some, attempts: attempts)
      var part = gathered(group, batch)
      for place in group.columns {
        let slot = specification.tables[group.table].columns[place].slot
        part.tables[group.table].columns[slot] = try made(place, of: group.table, batch, part)
      }
      let flags = satisfied(group, batch, part, &tally)
      var taken: [(row: Int, place: Int)] = []
      for (index, row) in some.enumerated() {
        let first = index * attempts.count
        if let place = (first..<first + attempts.count).first(where: { flags[$0] }) {
          taken.append((row - firstRow, place))
        } else {
          left.append(row)
        }
      }
      for place in group.columns where !taken.isEmpty {
        let slot = specification.tables[group.table].columns[place].slot
        data.tables[group.table].columns[slot].take(
          taken, from: part.tables[group.table].columns[slot])
      }
    }
    return left
  }

  /// What formulas of a group see for some rows.
  private func gathered(_ group: RuleGroup, _ batch: RowBatch) -> FormulaData {
    let table = group.table
    let rows = (0..<batch.count).map { batch.row($0) - firstRow }
    var part = data
    part.tables[table].count = rows.count
    for slot in group.inputs {
      part.tables[table].columns[slot] = data.tables[table].columns[slot].selecting(rows: rows)
    }
    for (child, own) in specification.tables.enumerated() {
      for (place, parent) in own.parents.enumerated() {
        let link = own.firstLink + place
        if child == table {
          let above = data.parentRows[link]
          part.parentRows[link] = rows.map { above[$0] }
        } else if parent.table == table, group.looksBelow {
          var places: [Int32: Int32] = [:]
          for (place, row) in rows.enumerated() { places[Int32(row)] = Int32(place) }
          part.parentRows[link] = data.parentRows[link].map { places[$0] ?? -1 }
        }
      }
    }
    return part
  }

  /// Whether each row does what it is to do with each rule: keep it, or break it where it was asked to.
  private func satisfied(
    _ group: RuleGroup, _ batch: RowBatch, _ data: FormulaData, _ tally: inout RuleTally
  ) -> [Bool] {
    let handmade = specification.tables[group.table].handmade
    var flags = [Bool](repeating: true, count: batch.count)
    for (number, rule) in group.rules.enumerated() {
      for (place, truth) in rule.condition.truths(data).enumerated() {
        let row = batch.row(place)
        let isKept = truth != false
        if isKept { tally.kept[number] += 1 }
        guard row < handmade.count else {
          if !isKept { flags[place] = false }
          continue
        }
        switch demand(on: row, rule, handmade, group.table) {
        case .kept: if !isKept { flags[place] = false }
        case .broken: if isKept { flags[place] = false }
        case .free: break
        }
      }
    }
    tally.drawn += batch.count
    tally.together += flags.count { $0 }
    return flags
  }

  private enum Demand { case kept, broken, free }

  /// Rows of a design are held to no rule: a combination that breaks one is what they are for.
  private func demand(
    on row: Int, _ rule: RowRule, _ handmade: HandmadeRows, _ table: Int
  ) -> Demand {
    if handmade.design.contains(row) { return .free }
    if handmade.variations.contains(row) {
      let model = model(of: row, in: specification.tables[table])
      return handmade.block(of: model)?.breaks.contains(rule.name) == true ? .free : .kept
    }
    return handmade.block(of: row)?.breaks.contains(rule.name) == true ? .broken : .kept
  }

  /// Refuses rows in which nothing can be drawn again.
  private func checkFree(
    _ rows: [Int], _ group: RuleGroup, _ batch: RowBatch
  ) throws(DataError) {
    let own = specification.tables[group.table]
    let drawn = group.columns.map { own.columns[$0] }
    for row in rows {
      let block = own.handmade.block(of: row)
      let isFree = drawn.contains { column in
        if column.given[row] != nil { return false }
        if case .value = block?.scenario.flatMap({ column.scenarios[$0] }) ?? column.maker {
          return false
        }
        return true
      }
      if isFree { continue }
      let rule = broken(row, group)
      guard let block else {
        throw rule.place.error(
          "row \(row + 1) breaks the rule `\(rule.name)`, and none of the rule's columns is drawn",
          remedy: "Draw one of its columns, as `~ normal(0, 1)`, or change what they are made of.")
      }
      throw block.place(of: row).error(
        block.breaks.contains(rule.name)
          ? "the row made by hand keeps the rule `\(rule.name)`, which it is to break"
          : "the row made by hand breaks the rule `\(rule.name)`",
        remedy: block.breaks.contains(rule.name)
          ? "Change its values, or take `breaks` out."
          : "Change its values, write \"*\" for a cell to be made, or say so by `breaks:`.")
    }
  }

  /// The first rule of a group with which a row does not do what it is to do.
  private func broken(_ row: Int, _ group: RuleGroup) -> RowRule {
    let handmade = specification.tables[group.table].handmade
    for rule in group.rules {
      let isKept = rule.condition.truths(data)[row - firstRow] != false
      switch demand(on: row, rule, handmade, group.table) {
      case .kept: if !isKept { return rule }
      case .broken: if isKept { return rule }
      case .free: break
      }
    }
    return group.rules[0]
  }
}
