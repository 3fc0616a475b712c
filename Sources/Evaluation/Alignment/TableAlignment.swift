// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// The variables that several tables share, each read alike in all of them.
///
/// The first table is the real one. Identifiers and free text are left out: a synthetic table makes
/// them anew, so that comparing them says nothing.
public struct TableAlignment: Sendable {
  /// The variables that can be compared, in the order of the schema.
  public var columns: [AlignedColumn]
  /// The variables that cannot, and why.
  public var skipped: [FidelityReport.Skipped]
  /// The number of rows of each table.
  public var rowCounts: [Int]

  /// Aligns tables; the first is the real one, the second the synthetic one.
  ///
  /// - Throws: `DataError` if the first two tables share no column.
  public init(_ tables: [Table], schema: Schema) throws(DataError) {
    precondition(tables.count >= 2, "an alignment takes two tables or more")
    let tables = tables.map { schema.markingMissing(in: $0) }
    rowCounts = tables.map(\.rowCount)
    columns = []
    skipped = []
    let synthetic = Set(tables[1].columnNames)
    guard tables[0].columnNames.contains(where: synthetic.contains) else {
      throw DataError(
        "the synthetic table has none of the real table's columns",
        remedy: "Give two tables with the same header.")
    }
    for variable in schema.variables {
      let found = tables.map { $0.column(named: variable.name) }
      if let reason = Self.reason(againstComparing: variable, found: found) {
        skipped.append(.init(name: variable.name, reason: reason))
        continue
      }
      let parts = found.compactMap { $0 }
      if variable.kind.isContinuous {
        guard let sides = ScaleReading(parts).sides else {
          skipped.append(
            .init(name: variable.name, reason: "a table holds other text where values should be"))
          continue
        }
        columns.append(
          AlignedColumn(name: variable.name, kind: variable.kind, sides: sides, levels: []))
      } else {
        let reading = LevelReading(parts)
        columns.append(
          AlignedColumn(
            name: variable.name, kind: variable.kind, sides: reading.sides, levels: reading.levels))
      }
    }
    let known = Set(schema.variables.map(\.name)).union(tables[0].columnNames)
    for name in tables[1].columnNames where !known.contains(name) {
      skipped.append(.init(name: name, reason: "the real table has no such column"))
    }
  }

  private static func reason(againstComparing variable: Variable, found: [Column?]) -> String? {
    switch variable.role {
    case .identifier, .key, .parentKey, .entity:
      return "identifies records, and is made anew"
    default: break
    }
    if variable.kind == .text { return "free text, which is made anew" }
    if found[0] == nil { return "the real table has no such column" }
    if found[1] == nil { return "the synthetic table has no such column" }
    if found.contains(where: { $0 == nil }) { return "a control table has no such column" }
    return nil
  }
}
