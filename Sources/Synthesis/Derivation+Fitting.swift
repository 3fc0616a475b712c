// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Derivation {
  /// Learns what a relation needs to be computed: for a lookup, the value behind each source level.
  ///
  /// - Parameters:
  ///   - name: The column to compute.
  ///   - relation: How it depends on others.
  ///   - table: The real rows.
  ///   - binned: The table's bins.
  ///   - minimumCount: The fewest rows behind an entry; the entries of missing reasons that have fewer
  ///     take the place of the commonest.
  /// - Throws: `DataError` if the plan names a column that is not there, or a lookup whose
  ///   source is no category.
  public init(
    fitting name: String, relation: Relation, table: Table, binned: BinnedTable,
    minimumCount: Int
  ) throws(DataError) {
    guard let column = table.column(named: name) else {
      throw DataError(
        "the plan names a variable that the table does not have", column: name,
        remedy: "Take the step out of the plan, or add the column.")
    }
    let used = Set(column.missing.codes).subtracting([0]).sorted()
    var entries: LookupEntries?
    if case .lookup(let source) = relation {
      guard let bins = binned.variable(named: source) else {
        throw DataError(
          "the plan looks a value up in a variable that the table does not have", column: source,
          remedy: "Change the step of \"\(name)\", or add the column.")
      }
      guard bins.layout.hasLookupValues, let source = table.column(named: source) else {
        throw DataError(
          "the plan looks a value up in a variable that has no list of levels", column: source,
          remedy: "Change the step of \"\(name)\" to \"learned\".")
      }
      entries = Self.entries(
        of: column, reasons: used, by: bins, source: source, minimumCount: minimumCount)
    }
    self.init(
      name: name, relation: relation, entries: entries,
      missingReasons: used.map { column.missing.reasons[Int($0) - 1] },
      storage: ScaleStorage(column.values) ?? .numbers, gridScale: column.gridScale)
  }

  private static func entries(
    of column: Column, reasons: [UInt8], by source: BinnedVariable, source sourceColumn: Column,
    minimumCount: Int
  ) -> LookupEntries? {
    let distinct = DistinctValues(column)
    let entryOfRow = entryNumbers(of: source, column: sourceColumn)
    let count = source.layout.lookupCount
    var rowOfEntry = [Int?](repeating: nil, count: count)
    var weights = [Double](repeating: 0, count: count)
    for (row, entry) in entryOfRow.enumerated() {
      guard let entry, entry < count else { continue }
      rowOfEntry[entry] = row
      weights[entry] += 1
    }
    // What too few rows stand behind is not kept: a common entry takes its place.
    guard let commonest = weights.indices.max(by: { weights[$0] < weights[$1] }),
      weights[commonest] >= Double(minimumCount), let row = rowOfEntry[commonest]
    else { return nil }
    for entry in weights.indices where weights[entry] < Double(minimumCount) {
      let own = rowOfEntry[entry]
      let isOwnMissing = own.map { column.missing.isMissing(at: $0) } ?? false
      rowOfEntry[entry] = isOwnMissing ? own : row
      weights[entry] = 0
    }
    let rows = rowOfEntry.map { $0 ?? row }
    let missing = rows.map { row -> UInt8 in
      let code = column.missing.codes.isEmpty ? 0 : column.missing.codes[row]
      return UInt8((reasons.firstIndex(of: code) ?? -1) + 1)
    }
    // The value that stands behind a missing cell means nothing; it may be any that is shown.
    let shown = rows.first { !column.missing.isMissing(at: $0) } ?? row
    let values = zip(rows, missing).map { Int(distinct.codes[$1 == 0 ? $0 : shown]) }
    return LookupEntries(values: distinct.values(at: values), missing: missing, weights: weights)
  }

  /// The entry that each row of the source belongs to; `nil` for rare levels and values.
  private static func entryNumbers(of source: BinnedVariable, column: Column) -> [Int?] {
    let missingCount = source.layout.missingReasons.count
    switch source.layout.content {
    case .levels(let layout):
      return source.codes.indices.map { row in
        var entry = Int(source.codes[row])
        if !source.levelCodes.isEmpty, entry >= missingCount {
          guard source.levelCodes[row] != .max else { return nil }
          entry = missingCount + Int(source.levelCodes[row])
        }
        return entry < missingCount + layout.count ? entry : nil
      }
    case .scale:
      let values = source.layout.lookupValues
      let numbers = column.values.scaleValues
      return source.codes.indices.map { row in
        guard Int(source.codes[row]) >= missingCount else { return Int(source.codes[row]) }
        let place = Binner.index(of: numbers[row], in: values)
        return place < values.count && values[place] == numbers[row] ? missingCount + place : nil
      }
    }
  }
}
