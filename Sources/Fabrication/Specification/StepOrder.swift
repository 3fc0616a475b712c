// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// Puts the rules of a specification among the steps in which its columns are made.
///
/// What a rule depends on is made before it, and drawn again with it; what depends on one of those columns
/// is made after it. Rules that share such a column are one group.
struct StepOrder {
  let tables: [Specification.TableSpecification]
  /// The place of each slot's column, by table.
  let places: [[Int]]
  private(set) var groups: [RuleGroup] = []

  init(_ tables: [Specification.TableSpecification], places: [[Int]]) {
    self.tables = tables
    self.places = places
  }

  // MARK: Groups

  mutating func add(_ rules: [RowRule], of table: Int, made: [Specification.Step])
    throws(DataError)
  {
    var parts: [(rules: [RowRule], columns: Set<Int>)] = []
    for rule in rules {
      var columns = try drawn(by: rule, of: table)
      var joined = [rule]
      parts.removeAll { part in
        guard !part.columns.isDisjoint(with: columns) else { return false }
        columns.formUnion(part.columns)
        joined = part.rules + joined
        return true
      }
      parts.append((joined, columns))
    }
    for part in parts {
      let order = made.compactMap { step -> Int? in
        guard case .column(table: table, let place) = step, part.columns.contains(place) else {
          return nil
        }
        return place
      }
      var group = RuleGroup(table: table, rules: part.rules, columns: order)
      let references = references(of: group)
      let own = Set(order.map { tables[table].columns[$0].slot })
      group.inputs = Set(
        references.filter { $0.isOwnRow && $0.table == table && !own.contains($0.column) }
          .map(\.column)
      ).sorted()
      group.looksBelow = references.contains { reference in
        tables[reference.table].parents.contains { $0.table == table }
      }
      groups.append(group)
    }
  }

  private func references(of group: RuleGroup) -> Set<ColumnReference> {
    var all = Set(group.rules.flatMap(\.condition.references))
    for place in group.columns { all.formUnion(tables[group.table].columns[place].references) }
    return all
  }

  /// The columns that are drawn again where a row breaks a rule.
  private func drawn(by rule: RowRule, of table: Int) throws(DataError) -> Set<Int> {
    var found: Set<Int> = []
    var open = Array(rule.condition.references)
    while let reference = open.popLast() {
      guard reference.table == table else { continue }
      guard reference.isOwnRow else {
        throw rule.place.error(
          "the rule `\(rule.name)` compares rows of one table, which cannot be drawn again one by one",
          remedy: "Name columns of the row itself, or of a parent in another table.")
      }
      let place = places[table][reference.column]
      let column = tables[table].columns[place]
      guard !column.maker.isFixed, found.insert(place).inserted else { continue }
      open += column.references
      for mate in tables[table].mates(of: place) {
        open.append(
          ColumnReference(table: table, column: tables[table].columns[mate].slot, isOwnRow: true))
      }
    }
    return found
  }

  // MARK: Steps

  /// The steps with the rules among them.
  func steps(_ steps: [Specification.Step]) throws(DataError) -> [Specification.Step] {
    guard !groups.isEmpty else { return steps }
    var left = steps + groups.indices.map { .rules($0) }
    var done: Set<Specification.Step> = []
    var ordered: [Specification.Step] = []
    while !left.isEmpty {
      guard let next = left.firstIndex(where: { needs($0).isSubset(of: done) }) else {
        throw waiting(left)
      }
      let step = left.remove(at: next)
      done.insert(step)
      ordered.append(step)
    }
    return ordered
  }

  private func needs(_ step: Specification.Step) -> Set<Specification.Step> {
    var needs: Set<Specification.Step> = []
    func add(_ references: Set<ColumnReference>, inside group: Int?) {
      for reference in references {
        let place = places[reference.table][reference.column]
        needs.insert(.column(table: reference.table, place))
        for (number, other) in groups.enumerated()
        where number != group && other.table == reference.table && other.columns.contains(place) {
          needs.insert(.rules(number))
        }
      }
    }
    switch step {
    case .rows(let table):
      for parent in tables[table].parents {
        if parent.table != table { needs.insert(.rows(parent.table)) }
        add(parent.each?.references ?? [], inside: nil)
        add(parent.weight?.references ?? [], inside: nil)
      }
    case .column(let table, let place):
      needs.insert(.rows(table))
      let group = groups.firstIndex { $0.table == table && $0.columns.contains(place) }
      add(tables[table].columns[place].references, inside: group)
    case .rules(let number):
      let group = groups[number]
      for place in group.columns { needs.insert(.column(table: group.table, place)) }
      add(references(of: group), inside: number)
    }
    return needs
  }

  /// The error of steps that wait for each other.
  private func waiting(_ left: [Specification.Step]) -> DataError {
    for case .rules(let number) in left {
      let rule = groups[number].rules[0]
      return rule.place.error(
        "the rule `\(rule.name)` waits for rows that wait for its own columns",
        remedy: "Let the rule name columns of its own table or of a parent only.")
    }
    return DataError("columns wait for each other", remedy: "Let one of them do without the other.")
  }
}
