// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// Finds exact relations among columns; none leads back to itself.
struct RelationFinder {
  private let columns: [Column]
  private let schema: Schema
  private let binned: BinnedTable
  private var found: [(name: String, relation: Relation)] = []
  private var derived: Set<String> = []
  private var sources: Set<String> = []

  init(columns: [Column], schema: Schema, binned: BinnedTable) {
    self.columns = columns
    self.schema = schema
    self.binned = binned
  }

  /// Returns the columns that follow from others, each with its relation.
  mutating func find() -> [(name: String, relation: Relation)] {
    findArithmetic()
    findLookups()
    return inOrder()
  }

  /// The relations so that each comes after those that its sources follow by.
  private func inOrder() -> [(name: String, relation: Relation)] {
    var rest = found
    var ordered: [(name: String, relation: Relation)] = []
    while !rest.isEmpty {
      let waiting = Set(rest.map(\.name))
      let ready = rest.filter { waiting.isDisjoint(with: $0.relation.sources) }
      precondition(!ready.isEmpty, "relations lead back to themselves")
      ordered += ready
      let done = Set(ready.map(\.name))
      rest.removeAll { done.contains($0.name) }
    }
    return ordered
  }

  /// Whether a column already takes part, over any number of steps, in making one of some others.
  private func leadsBack(_ name: String, to others: [String]) -> Bool {
    var pending = others
    var seen: Set<String> = []
    while let next = pending.popLast() {
      if next == name { return true }
      guard seen.insert(next).inserted else { continue }
      for entry in found where entry.name == next { pending += entry.relation.sources }
    }
    return false
  }

  private mutating func add(_ name: String, _ relation: Relation) {
    found.append((name, relation))
    derived.insert(name)
    sources.formUnion(relation.sources)
  }

  private mutating func findArithmetic() {
    let scales = columns.compactMap { column -> ScaleColumn? in
      schema.variable(named: column.name)?.kind.isContinuous == true ? ScaleColumn(column) : nil
    }
    let sums = SumFinder(columns: scales)
    let products = ProductFinder(columns: scales)
    for (index, column) in scales.enumerated() {
      guard let relation = relation(for: index, scales, sums, products),
        !leadsBack(column.name, to: relation.sources)
      else { continue }
      add(column.name, relation)
    }
  }

  private func relation(
    for index: Int, _ scales: [ScaleColumn], _ sums: SumFinder, _ products: ProductFinder
  ) -> Relation? {
    if let (plus, minus) = sums.sum(for: index) {
      return .sum(plus: plus.map { scales[$0].name }, minus: minus.map { scales[$0].name })
    }
    if let (late, early) = sums.difference(for: index) {
      return .sum(plus: [scales[late].name], minus: [scales[early].name])
    }
    guard let (factor, powers) = products.product(for: index) else { return nil }
    let named = powers.map { (scales[$0.key].name, $0.value) }
    return .product(factor: factor, powers: Dictionary(named, uniquingKeysWith: { $1 }))
  }

  private mutating func findLookups() {
    // Sources are levels: a scale's smooth values have no entry to look up.
    let isLevel = columns.map { column in
      schema.variable(named: column.name)?.kind.isCategorical == true
        && binned.variable(named: column.name)?.layout.hasLookupValues == true
    }
    let levels = columns.indices.filter { isLevel[$0] }
    var coded = [LookupFinder.Coded](repeating: .unknown, count: columns.count)
    for place in levels { coded[place] = LookupFinder.Coded(columns[place]) }
    // A column of more values than any source has follows from none, and need not be counted whole.
    let most = levels.map { coded[$0].count }.max() ?? 0
    for place in columns.indices
    where !isLevel[place] && !LookupFinder.hasMore(than: most, columns[place]) {
      coded[place] = LookupFinder.Coded(columns[place])
    }
    let tries = columns.count * isLevel.count { $0 }
    // Coarse columns are derived first, from the finest that decide them.
    let finestFirst = columns.indices.sorted { (coded[$1].count, $0) < (coded[$0].count, $1) }
    for target in finestFirst.reversed() {
      let name = columns[target].name
      guard !sources.contains(name), !derived.contains(name) else { continue }
      for source in finestFirst
      where source != target && isLevel[source] && !derived.contains(columns[source].name) {
        // Of two that decide each other, the one with words stays; else the first in the file.
        if coded[source].count == coded[target].count, isLevel[target],
          preference(target) < preference(source)
        {
          continue
        }
        if LookupFinder.follows(coded[target], from: coded[source], tries: tries) {
          add(name, .lookup(of: columns[source].name))
          break
        }
      }
    }
  }

  private func preference(_ column: Int) -> Int {
    if case .texts = columns[column].values { return column }
    return column + columns.count
  }
}
