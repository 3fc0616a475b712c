// SPDX-License-Identifier: Apache-2.0
public import Dictionaries
import Formulas
public import Schemas
public import Tables

/// The tables of a simulation as a contract names them: `column` where one table has it, else
/// `table.column`.
public struct SimulatedTables: Sendable {
  /// The tables that are handed out, and what their columns mean.
  public private(set) var tables: [Table]
  /// What the columns of each mean: as they are stored, and as the dictionary says.
  public private(set) var schemas: [Schema]
  /// The columns of which the dictionary speaks.
  private(set) var described: Set<Place> = []
  private var scope: FormulaScope
  private let parentRows: [[Int32]]

  /// A column of one of the tables.
  struct Place: Hashable {
    var table: Int
    var column: String
  }

  /// Takes tables, with what a dictionary says of them.
  ///
  /// - Throws: `DataError` with the dictionary's line, where it names no column or a kind that a column
  ///   cannot have.
  public init(_ tables: [Table], dictionary: SchemaOverrides? = nil) throws(DataError) {
    self.tables = tables
    schemas = tables.map { SchemaInference().infer($0) }
    let links = Self.links(tables)
    parentRows = links.map { Self.parentRows($0, tables) }
    var parts: [Int: [SchemaOverrides.Entry]] = [:]
    scope = FormulaScope(tables: [.init(columns: [])])
    for var entry in dictionary?.entries ?? [] {
      let place = try place(
        of: entry.name, in: dictionary?.file, ClausePlace(line: entry.line), "the dictionary")
      entry.name = place.column
      parts[place.table, default: []].append(entry)
      described.insert(place)
    }
    if var dictionary {
      for (table, entries) in parts.sorted(by: { $0.key < $1.key }) {
        dictionary.entries = entries
        schemas[table] = try dictionary.applied(to: schemas[table])
      }
    }
    scope = FormulaScope(
      tables: tables.indices.map { FormulaScope.Table(tables[$0], schema: schemas[$0]) },
      links: links.map { FormulaScope.Link(child: $0.child, parent: $0.parent, name: $0.name) })
  }

  /// The name of a column in words: with its table, unless there is only one.
  func name(_ place: Place) -> String {
    tables.count == 1 ? place.column : "\(tables[place.table].name).\(place.column)"
  }

  func column(_ place: Place) -> Column? { tables[place.table].column(named: place.column) }

  /// The column that a contract names.
  ///
  /// - Throws: `DataError` with the line, if no table has it, or several.
  func place(
    of name: String, in file: String?, _ line: ClausePlace, _ speaker: String = "the contract"
  ) throws(DataError) -> Place {
    let own = tables.indices.filter { tables[$0].columnNames.contains(name) }
    if own.count == 1 { return Place(table: own[0], column: name) }
    if own.count > 1 {
      let names = own.map { "`\(tables[$0].name).\(name)`" }
      throw DataError(
        "\(speaker) names \"\(name)\", which \(own.count) tables have", file: file,
        line: line.line, position: line.column,
        remedy: "Write \(names.joined(separator: " or ")).")
    }
    for (index, table) in tables.enumerated() where name.hasPrefix(table.name + ".") {
      let rest = String(name.dropFirst(table.name.count + 1))
      if table.columnNames.contains(rest) { return Place(table: index, column: rest) }
    }
    let known = tables.flatMap { table in
      table.columnNames + (tables.count > 1 ? table.columnNames.map { "\(table.name).\($0)" } : [])
    }
    throw DataError(
      "\(speaker) names \"\(name)\", which the simulated tables do not have", file: file,
      line: line.line, position: line.column, remedy: NearMiss.remedy(for: name, among: known))
  }

  // MARK: Rules

  /// How many rows break a rule, and of which table they are.
  ///
  /// A rule speaks of the rows of one table: the one whose columns it names. It may name columns of the
  /// table above as `parent.column`, and take numbers of the table below, as `count(child)`.
  ///
  /// - Throws: `DataError` with the rule's line where it is not understood.
  func count(_ rule: RuleClause, file: String?) throws(DataError) -> (table: Int, count: RuleCount)
  {
    let place = SourcePlace(
      file: file, line: rule.place.line ?? 1, column: rule.place.column ?? 1)
    var understood: [(table: Int, rule: Rule)] = []
    var problems: [Int: DataError] = [:]
    for table in tables.indices {
      var own = scope
      own.current = table
      do {
        understood.append((table, try Rule(rule.text, in: own, at: place)))
      } catch {
        problems[table] = error
      }
    }
    // The table that is named first, where several would do.
    let named = tables.indices.filter { RuleNames.contains(tables[$0].name, in: rule.text) }
    let first = named.min {
      Self.start(of: tables[$0].name, rule.text) < Self.start(of: tables[$1].name, rule.text)
    }
    guard !understood.isEmpty else {
      // Of several tables the one that has a name like the one that is unknown.
      let near = tables.indices.lazy.compactMap { problems[$0] }.first {
        !$0.remedy.hasPrefix("Use one of")
      }
      let told = first.flatMap { problems[$0] } ?? near ?? problems[0]
      throw told ?? place.error("there are no tables", remedy: "Take the rule out.")
    }
    guard
      let chosen = understood.count == 1
        ? understood[0] : understood.first(where: { $0.table == first })
    else {
      let names = understood.map { "`\(tables[$0.table].name)`" }.joined(separator: ", ")
      throw place.error(
        "the rule could be of several tables: \(names)",
        remedy: "Name the columns with their table, as `\(tables[understood[0].table].name).x`.")
    }
    let data = FormulaData(
      tables: tables.map { FormulaData.Rows(columns: $0.columns, count: $0.rowCount) },
      parentRows: parentRows)
    return (chosen.table, chosen.rule.count(data))
  }

  private static func start(of name: String, _ text: String) -> Int {
    let (name, text) = (Array(name), Array(text))
    return text.indices.first { text[$0...].starts(with: name) } ?? text.count
  }

  // MARK: Links

  private struct Link {
    var child: Int
    var parent: Int
    var name: String
    /// The columns by which rows are matched, of both tables.
    var columns: [String]
  }

  /// A table belongs to another whose number it has, in the same scenario, replication and period.
  private static func links(_ tables: [Table]) -> [Link] {
    var links: [Link] = []
    for (child, table) in tables.enumerated() {
      for (parent, other) in tables.enumerated() where parent != child {
        let number = "\(other.name)_id"
        guard table.columnNames.contains(number), other.columnNames.contains(number) else {
          continue
        }
        let shared = ["scenario", "replication", "period", "step"].filter {
          table.columnNames.contains($0) && other.columnNames.contains($0)
        }
        links.append(
          Link(child: child, parent: parent, name: other.name, columns: [number] + shared))
      }
    }
    return links
  }

  private static func parentRows(_ link: Link, _ tables: [Table]) -> [Int32] {
    func keys(_ table: Table) -> [[String]] {
      let columns = link.columns.compactMap { table.column(named: $0) }
      return (0..<table.rowCount).map { row in columns.map { text($0, row) } }
    }
    var rows: [[String]: Int32] = [:]
    for (row, key) in keys(tables[link.parent]).enumerated() { rows[key] = Int32(row) }
    return keys(tables[link.child]).map { rows[$0] ?? -1 }
  }

  private static func text(_ column: Column, _ row: Int) -> String {
    switch column.values {
    case .wholeNumbers(let list): "\(list[row])"
    case .numbers(let list):
      list[row] == list[row].rounded() ? "\(Int64(exactly: list[row]) ?? 0)" : "\(list[row])"
    case .texts(let codes, let pool): pool[Int(codes[row])]
    default: ""
    }
  }
}
