// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads `CREATE TABLE` statements.
struct SQLSchemaReader {
  let tokens: [SQLToken]
  let text: [Character]
  let file: String
  private(set) var tables: [SQLTable] = []
  private var place = 0

  init(tokens: [SQLToken], text: [Character], file: String) {
    self.tokens = tokens
    self.text = text
    self.file = file
  }

  mutating func read() throws(DataError) {
    while current.kind != .end {
      let start = place
      if takes("CREATE") {
        _ = takes("TEMPORARY") || takes("TEMP")
        if takes("TABLE") {
          try readTable(from: start)
          continue
        }
      } else if takes("ALTER"), takes("TABLE") {
        try readAlteration()
      }
      skipStatement()
    }
  }

  // MARK: Tokens

  private var current: SQLToken { tokens[min(place, tokens.count - 1)] }

  private mutating func takes(_ word: String) -> Bool {
    guard current.isWord(word) else { return false }
    place += 1
    return true
  }

  private mutating func takes(sign: String) -> Bool {
    guard current.isSign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func skipStatement() {
    while current.kind != .end, !takes(sign: ";") { place += 1 }
  }

  private func broken(_ message: String, _ remedy: String) -> DataError {
    DataError(
      message, file: file, line: current.line, position: current.column, remedy: remedy)
  }

  private mutating func name() throws(DataError) -> String {
    guard current.isName else { throw broken("a name is missing here", "Write a name.") }
    var name = current.text
    place += 1
    // A schema's name before it says nothing here.
    while takes(sign: ".") {
      guard current.isName else { throw broken("a name is missing here", "Write a name.") }
      name = current.text
      place += 1
    }
    return name
  }

  private mutating func expect(sign: String) throws(DataError) {
    guard takes(sign: sign) else { throw broken("`\(sign)` is missing here", "Write it.") }
  }

  private mutating func names() throws(DataError) -> [String] {
    try expect(sign: "(")
    var names: [String] = []
    repeat {
      names.append(try name())
      _ = takes("ASC") || takes("DESC")
    } while takes(sign: ",")
    try expect(sign: ")")
    return names
  }

  /// Passes over what stands in brackets, the first of which is next.
  private mutating func skipBrackets() {
    var depth = 0
    repeat {
      if current.isSign("(") { depth += 1 }
      if current.isSign(")") { depth -= 1 }
      place += 1
    } while depth > 0 && current.kind != .end
  }

  // MARK: Statements

  private mutating func readTable(from start: Int) throws(DataError) {
    if takes("IF") { _ = takes("NOT") && takes("EXISTS") }
    var table = SQLTable(name: try name())
    guard !tables.contains(where: { $0.name.lowercased() == table.name.lowercased() }) else {
      throw broken("table `\(table.name)` is declared twice", "Keep one declaration.")
    }
    try expect(sign: "(")
    repeat {
      if try !readConstraint(of: &table) { try readColumn(of: &table) }
    } while takes(sign: ",")
    try expect(sign: ")")
    guard !table.columns.isEmpty else {
      throw broken("table `\(table.name)` has no columns", "Declare one.")
    }
    let end = tokens[place - 1].range.upperBound
    table.statement = String(text[tokens[start].range.lowerBound..<end])
    skipStatement()
    for index in table.columns.indices where table.primaryKey.contains(table.columns[index].name) {
      table.columns[index].isRequired = true
      if table.primaryKey.count == 1 { table.columns[index].isUnique = true }
    }
    tables.append(table)
  }

  private mutating func readAlteration() throws(DataError) {
    _ = takes("ONLY")
    let target = try name()
    guard let index = tables.firstIndex(where: { $0.name.lowercased() == target.lowercased() }),
      takes("ADD")
    else { return }
    var table = tables[index]
    _ = try readConstraint(of: &table)
    tables[index] = table
  }

  /// A constraint of the table; false if a column stands here.
  private mutating func readConstraint(of table: inout SQLTable) throws(DataError) -> Bool {
    let start = place
    if takes("CONSTRAINT") { _ = try name() }
    if takes("PRIMARY") {
      _ = takes("KEY") && (takes("CLUSTERED") || takes("NONCLUSTERED"))
      table.primaryKey = try names()
    } else if takes("FOREIGN") {
      _ = takes("KEY")
      let columns = try names()
      guard takes("REFERENCES") else {
        throw broken("REFERENCES is missing here", "Write the table that it points to.")
      }
      try readReference(of: columns, in: &table)
    } else if current.isWord("UNIQUE"),
      !tokens[min(place + 1, tokens.count - 1)].isName
        || tokens[min(place + 1, tokens.count - 1)].isWord("KEY")
    {
      place += 1
      if takes("KEY"), current.isName { _ = try name() }
      let columns = try names()
      if columns.count == 1,
        let index = table.columns.firstIndex(where: { $0.name == columns[0] })
      {
        table.columns[index].isUnique = true
      } else {
        table.uniqueKeys.append(columns)
      }
    } else if current.isWord("CHECK") {
      place += 1
      readCheck(of: &table)
    } else if current.isWord("KEY") || current.isWord("INDEX"),
      tokens[min(place + 2, tokens.count - 1)].isSign("(")
    {
      place += 2
      skipBrackets()
    } else {
      place = start
      return false
    }
    return true
  }

  private mutating func readReference(
    of columns: [String], in table: inout SQLTable
  ) throws(DataError) {
    let target = try name()
    let targets = current.isSign("(") ? try names() : []
    table.references.append(
      SQLTable.Reference(columns: columns, table: target, targets: targets))
    skipActions()
  }

  /// Passes over what a reference does when its row goes.
  private mutating func skipActions() {
    while true {
      if takes("ON") {
        place += 1
        if takes("SET") || takes("NO") { place += 1 } else { place += 1 }
      } else if takes("MATCH") {
        place += 1
      } else if current.isWord("NOT"), tokens[min(place + 1, tokens.count - 1)].isWord("DEFERRABLE")
      {
        place += 2
      } else if takes("DEFERRABLE") {
        continue
      } else if takes("INITIALLY") {
        place += 1
      } else {
        return
      }
    }
  }

  private mutating func readColumn(of table: inout SQLTable) throws(DataError) {
    var column = SQLTable.Column(name: try name(), type: "")
    while current.isName, !Self.constraints.contains(current.text.uppercased()) {
      column.type += (column.type.isEmpty ? "" : " ") + current.text.uppercased()
      place += 1
    }
    if current.isSign("("), !column.type.isEmpty {
      place += 1
      while current.kind != .end, !current.isSign(")") {
        if current.kind == .number, let size = Int(current.text) { column.sizes.append(size) }
        if current.kind == .text { column.levels.append(current.text) }
        place += 1
      }
      try expect(sign: ")")
    }
    table.columns.append(column)
    let index = table.columns.count - 1
    while !current.isSign(","), !current.isSign(")"), current.kind != .end {
      if takes("CONSTRAINT") {
        _ = try name()
      } else if takes("NOT") {
        if takes("NULL") { table.columns[index].isRequired = true }
      } else if takes("PRIMARY") {
        _ = takes("KEY")
        table.primaryKey = [column.name]
      } else if takes("UNIQUE") {
        table.columns[index].isUnique = true
      } else if takes("REFERENCES") {
        try readReference(of: [column.name], in: &table)
      } else if takes("CHECK") {
        readCheck(of: &table)
      } else if current.isSign("(") {
        skipBrackets()
      } else {
        place += 1
      }
    }
  }

  private static let constraints: Set<String> = [
    "CONSTRAINT", "NOT", "NULL", "PRIMARY", "UNIQUE", "REFERENCES", "CHECK", "DEFAULT", "COLLATE",
    "GENERATED", "AUTO_INCREMENT", "AUTOINCREMENT", "IDENTITY", "ON", "COMMENT", "UNSIGNED", "AS",
  ]

  private mutating func readCheck(of table: inout SQLTable) {
    let start = place
    skipBrackets()
    if !SQLCheck.apply(Array(tokens[start + 1..<max(start + 1, place - 1)]), to: &table) {
      table.openChecks += 1
    }
  }
}
