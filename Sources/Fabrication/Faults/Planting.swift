// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Faults on their way into several tables.
struct Planting {
  private let tables: [DatasetFaultPlan.Table]
  private let plan: FaultPlan
  private let key: RandomKey
  private var cells: [[[String]]]
  private var faults: [[FaultPlan.Fault]]
  /// Of each table, the row in whose middle the file ends.
  private var cutRow: [Int?]
  private var fileKind: [DatasetFaultKind?]
  private var columnKind: [(kind: DatasetFaultKind, column: Int)?]
  /// Rows that are gone, by table.
  private var removed: [Set<Int>]
  /// Rows that stand at the end, by table: cells by column.
  private var added: [[[String]]]

  init(_ tables: [DatasetFaultPlan.Table], plan: FaultPlan, key: RandomKey) {
    self.tables = tables
    self.plan = plan
    self.key = key
    cells = tables.map(\.cells)
    faults = tables.map { _ in [] }
    cutRow = tables.map { _ in nil }
    fileKind = tables.map { _ in nil }
    columnKind = tables.map { _ in nil }
    removed = tables.map { _ in [] }
    added = tables.map { _ in [] }
  }

  private mutating func note(
    _ table: Int, row: Int, column: String, _ kind: DatasetFaultKind
  ) {
    faults[table].append(
      FaultPlan.Fault(
        table: tables[table].name, row: row, column: column, kind: kind.rawValue,
        assumption: kind.assumption, handling: kind.handling))
  }

  private func stream(_ kind: DatasetFaultKind, _ table: Int) -> RandomStream {
    key.stream(table: tables[table].name, path: ["faults", kind.rawValue]).stream(entity: 0)
  }

  /// Whether rows of other tables point to columns of a table.
  private func isParent(_ table: Int) -> Bool {
    tables.contains { $0.references.contains { $0.table == table } }
  }

  /// Columns of keys and foreign keys, and those to which others point.
  private func tiedColumns(_ table: Int) -> Set<Int> {
    var result = Set(tables[table].key)
    for reference in tables[table].references { result.formUnion(reference.columns) }
    for other in tables {
      for reference in other.references where reference.table == table {
        result.formUnion(reference.targets)
      }
    }
    return result
  }

  // MARK: Files and columns

  /// Plants a fault of a file or of its columns in one table; false if none is fit.
  mutating func plantInFile(_ kind: DatasetFaultKind) -> Bool {
    var fit = tables.indices.filter { table in
      kind.isOfFile ? fileKind[table] == nil : columnKind[table] == nil
    }
    switch kind {
    case .truncatedFile:
      // Where others point to the rows that are lost, they would be orphans as well.
      fit = fit.filter { tables[$0].rowCount >= 4 && !isParent($0) }
    case .columnMissing:
      fit = fit.filter { table in
        tables[table].columns.count > tiedColumns(table).count
          && tables[table].columns.count > 1
      }
    case .columnsReordered: fit = fit.filter { tables[$0].columns.count > 1 }
    case .columnRenamed: fit = fit.filter { tables[$0].columns.contains { Self.other($0) != nil } }
    default: break
    }
    // Those with the fewest faults first, so that faults are spread over the tables.
    func load(_ table: Int) -> Int {
      (fileKind[table] == nil ? 0 : 1) + (columnKind[table] == nil ? 0 : 1)
    }
    guard let least = fit.map(load).min() else { return false }
    fit = fit.filter { load($0) == least }
    var draws = key.stream(path: ["faults", kind.rawValue, "table"]).stream(entity: 0)
    let table = fit[Draws.integer(below: fit.count, using: &draws)]
    var own = stream(kind, table)
    switch kind {
    case .truncatedFile:
      let count = tables[table].rowCount
      let row = count / 2 + Draws.integer(below: count - count / 2, using: &own)
      cutRow[table] = row
      fileKind[table] = kind
      note(table, row: row + 1, column: "*", kind)
    case .wrongEncoding, .byteOrderMark:
      fileKind[table] = kind
      note(table, row: 0, column: "*", kind)
    case .columnMissing:
      let tied = tiedColumns(table)
      let free = tables[table].columns.indices.filter { !tied.contains($0) }
      let column = free[Draws.integer(below: free.count, using: &own)]
      columnKind[table] = (kind, column)
      note(table, row: 0, column: tables[table].columns[column], kind)
    case .columnRenamed:
      let named = tables[table].columns.indices.filter {
        Self.other(tables[table].columns[$0]).map { !tables[table].columns.contains($0) } ?? false
      }
      guard !named.isEmpty else { return false }
      let column = named[Draws.integer(below: named.count, using: &own)]
      columnKind[table] = (kind, column)
      note(table, row: 0, column: tables[table].columns[column], kind)
    default:
      columnKind[table] = (kind, 0)
      note(table, row: 0, column: "*", kind)
    }
    return true
  }

  /// Another way to write a name.
  private static func other(_ name: String) -> String? {
    let words = name.split(separator: "_")
    let other =
      words.count > 1
      ? words.joined(separator: " ")
      : (name == name.uppercased() ? name.lowercased() : name.uppercased())
    return other == name ? nil : other
  }

  // MARK: Cells

  /// Plants faults of cells where no key is.
  mutating func plantInCells() {
    guard !plan.kinds.isEmpty || plan.repeatsRows else { return }
    for table in tables.indices {
      let own = tables[table]
      let tied = tiedColumns(table)
      let missing = columnKind[table].flatMap { $0.kind == .columnMissing ? $0.column : nil }
      let last = cutRow[table] ?? own.rowCount
      // A repeated row repeats its key, and takes the place of one to which others may point.
      let part = tied.isEmpty && missing == nil ? plan : plan.withoutRepeatedRows
      let (wrong, planted) = part.planted(
        in: own.cells.map { Array($0[..<last]) }, names: own.columns, types: own.types,
        table: own.name, key: key)
      for fault in planted {
        let row = fault.row - 1
        let places =
          fault.column == "*"
          ? Array(own.columns.indices)
          : own.columns.indices.filter { own.columns[$0] == fault.column }
        if fault.column != "*", places.contains(where: { tied.contains($0) || $0 == missing }) {
          continue
        }
        for place in places { cells[table][place][row] = wrong[place][row] }
        faults[table].append(
          FaultPlan.Fault(
            table: own.name, row: fault.row, column: fault.column, kind: fault.kind,
            assumption: fault.assumption, handling: fault.handling))
      }
    }
  }

  // MARK: Keys

  /// Plants a fault of keys in every table that is fit; false if none is.
  mutating func plantInKeys(_ kind: DatasetFaultKind) -> Bool {
    var isPlanted = false
    for table in tables.indices {
      switch kind {
      case .orphan:
        for reference in tables[table].references.indices where plantOrphans(table, reference) {
          isPlanted = true
        }
      case .duplicateKey: if repeatKeys(table) { isPlanted = true }
      default: if emptyGroups(table) { isPlanted = true }
      }
    }
    return isPlanted
  }

  /// Rows drawn by the share, one at least, out of those that are left.
  private func chosen(_ kind: DatasetFaultKind, _ table: Int, _ rows: [Int]) -> [Int] {
    guard !rows.isEmpty else { return [] }
    let share = min(plan.share, 0.02)
    let own = key.stream(table: tables[table].name, path: ["faults", kind.rawValue, "rows"])
    let found = rows.filter { row in
      var draws = own.stream(entity: UInt64(row))
      return Draws.bernoulli(share, using: &draws)
    }
    guard found.isEmpty else { return found }
    var draws = stream(kind, table)
    return [rows[Draws.integer(below: rows.count, using: &draws)]]
  }

  /// The rows that no other fault takes away.
  private func whole(_ table: Int) -> [Int] {
    (0..<(cutRow[table] ?? tables[table].rowCount)).filter { !removed[table].contains($0) }
  }

  private mutating func plantOrphans(_ table: Int, _ number: Int) -> Bool {
    let reference = tables[table].references[number]
    let parent = tables[reference.table]
    let targets = Set(
      tables.flatMap { other in
        other.references.filter { $0.table == table }.flatMap(\.targets)
      })
    // A column to which others point, or that a second foreign key shares, would break these too.
    guard
      let place = reference.columns.indices.last(where: { place in
        let column = reference.columns[place]
        return !targets.contains(column)
          && tables[table].references.count { $0.columns.contains(column) } == 1
      })
    else { return false }
    let column = reference.columns[place]
    let known = Set(parent.cells[reference.targets[place]])
    let rows = chosen(
      .orphan, table, whole(table).filter { !cells[table][column][$0].isEmpty })
    let most = known.compactMap { Int64($0) }.max()
    let isNumeric = most != nil && known.allSatisfy { Int64($0) != nil }
    for (offset, row) in rows.enumerated() {
      var value =
        isNumeric
        ? String((most ?? 0).addingReportingOverflow(Int64(1 + offset)).partialValue)
        : cells[table][column][row] + "-0"
      while known.contains(value) { value += "0" }
      cells[table][column][row] = value
      note(table, row: row + 1, column: tables[table].columns[column], .orphan)
    }
    return !rows.isEmpty
  }

  /// Rows at the end of a table that have the key of one and the other cells of another.
  private mutating func repeatKeys(_ table: Int) -> Bool {
    let own = tables[table]
    guard !own.key.isEmpty, own.rowCount > 1, cutRow[table] == nil else { return false }
    let faulty = Set(faults[table].map { $0.row - 1 })
    let rows = chosen(.duplicateKey, table, whole(table).filter { !faulty.contains($0) })
    for (offset, row) in rows.enumerated() {
      let other = (row + 1) % own.rowCount
      // Foreign keys go with the key that may hold them, so that no orphan comes of it.
      var tied = Set(own.key)
      for reference in own.references { tied.formUnion(reference.columns) }
      added[table].append(
        own.columns.indices.map { own.cells[$0][tied.contains($0) ? row : other] })
      note(
        table, row: own.rowCount + offset + 1,
        column: own.key.map { own.columns[$0] }.joined(separator: ", "), .duplicateKey)
    }
    return !rows.isEmpty
  }

  /// Takes away all rows that belong to a row of a parent, where nothing points to these rows.
  private mutating func emptyGroups(_ table: Int) -> Bool {
    let own = tables[table]
    guard !isParent(table), cutRow[table] == nil,
      let reference = own.references.first(where: { $0.table != table }), own.rowCount > 1
    else { return false }
    var groups: [[String]: [Int]] = [:]
    for row in 0..<own.rowCount {
      groups[reference.columns.map { own.cells[$0][row] }, default: []].append(row)
    }
    // Rows with a fault of their own stay, and so does the last group.
    let faulty = Set(faults[table].map { $0.row - 1 })
    let fit = groups.filter { group in
      group.value.count < own.rowCount && !group.key.contains("")
        && group.value.allSatisfy { !faulty.contains($0) && !removed[table].contains($0) }
    }.sorted { $0.value[0] < $1.value[0] }
    guard !fit.isEmpty else { return false }
    // As many groups as the share says, one at least, and never all of them.
    let most = max(1, Int(min(plan.share, 0.02) * Double(groups.count)))
    for place in chosen(.emptyGroup, table, Array(fit.indices)).prefix(most) {
      for row in fit[place].value {
        removed[table].insert(row)
        note(table, row: row + 1, column: "*", .emptyGroup)
      }
    }
    return true
  }

  // MARK: The end

  func finished() -> ([DatasetFaultPlan.Result], [FaultPlan.Fault]) {
    let results = tables.indices.map { table in
      var names = tables[table].columns
      var columns = names.indices.map { place -> [String] in
        let own = cells[table][place].indices.filter { !removed[table].contains($0) }.map {
          cells[table][place][$0]
        }
        return own + added[table].map { $0[place] }
      }
      var result = DatasetFaultPlan.Result(columns: names, cells: columns)
      switch columnKind[table]?.kind {
      case .columnMissing?:
        names.remove(at: columnKind[table]?.column ?? 0)
        columns.remove(at: columnKind[table]?.column ?? 0)
      case .columnRenamed?:
        let place = columnKind[table]?.column ?? 0
        names[place] = Self.other(names[place]) ?? names[place]
      case .columnsReordered?:
        names.insert(names.removeLast(), at: 0)
        columns.insert(columns.removeLast(), at: 0)
      default: break
      }
      result.columns = names
      result.cells = columns
      result.cutRow = cutRow[table]
      result.isRecoded = fileKind[table] == .wrongEncoding
      result.hasMark = fileKind[table] == .byteOrderMark
      return result
    }
    let sorted = faults.map { $0.sorted { ($0.row, $0.column) < ($1.row, $1.column) } }
    return (results, sorted.flatMap { $0 })
  }
}
