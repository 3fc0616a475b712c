// SPDX-License-Identifier: Apache-2.0
public import Tables

extension Derivation {
  /// Learns what a relation needs to be computed: for a lookup, the value behind each source level.
  ///
  /// - Throws: ``Tables/DataError`` if the plan names a column that is not there, or a lookup whose
  ///   source is no category.
  public init(
    fitting name: String, relation: Relation, table: Table, binned: BinnedTable
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
      entries = Self.entries(of: column, reasons: used, by: bins)
    }
    self.init(
      name: name, relation: relation, entries: entries,
      missingReasons: used.map { column.missing.reasons[Int($0) - 1] },
      storage: ScaleStorage(column.values) ?? .numbers, gridScale: column.gridScale)
  }

  private static func entries(
    of column: Column, reasons: [UInt8], by source: BinnedVariable
  ) -> LookupEntries {
    let missingCount = source.layout.missingReasons.count
    var count = source.layout.binCount
    if case .levels(let layout) = source.layout.content { count = missingCount + layout.count }
    var rowOfEntry = [Int](repeating: 0, count: count)
    var weights = [Double](repeating: 0, count: count)
    var missing = [UInt8](repeating: 0, count: count)
    for row in source.codes.indices {
      var entry = Int(source.codes[row])
      if !source.levelCodes.isEmpty, entry >= missingCount {
        guard source.levelCodes[row] != .max else { continue }
        entry = missingCount + Int(source.levelCodes[row])
      }
      // The bin of rare levels stands for no value.
      guard entry < count else { continue }
      rowOfEntry[entry] = row
      weights[entry] += 1
      let code = column.missing.codes.isEmpty ? 0 : column.missing.codes[row]
      missing[entry] = UInt8((reasons.firstIndex(of: code) ?? -1) + 1)
    }
    let distinct = DistinctValues(column)
    return LookupEntries(
      values: distinct.values(at: rowOfEntry.map { Int(distinct.codes[$0]) }), missing: missing,
      weights: weights)
  }
}
