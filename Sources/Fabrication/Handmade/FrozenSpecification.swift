// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Randomness
public import Tables

/// A specification in which the cells to be made of the typed rows hold the values that a seed gave them.
public struct FrozenSpecification: Sendable {
  /// The specification.
  public private(set) var text: String
  /// The rows of the files that it names, each under its new name.
  public private(set) var files: [(name: String, rows: TypedRows)] = []
  /// How many cells were filled in.
  public private(set) var cellCount = 0

  /// Fills in the cells `*` of the rows under `given`; cells that are left out go on being made.
  ///
  /// - Parameters:
  ///   - text: The text from which the specification was read.
  ///   - key: The run whose values are taken.
  ///   - newName: The new name of the *n*-th file of rows, counted from 0.
  /// - Throws: `DataError` as making the tables does.
  public init(
    _ specification: Specification, text: String, key: RandomKey, newName: (Int) -> String
  ) throws(DataError) {
    var made: [Table] = []
    if specification.isLoneTable {
      let count = specification.tables[0].handmade.typedCount
      made = [try specification.sample(rows: 0..<count, key: key)]
    } else {
      made = try specification.tables(key: key).tables
    }
    var changes: [(place: SourcePlace, old: Int, new: String)] = []
    self.text = text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (own, table) in zip(specification.tables, made) {
      for block in own.handmade.blocks where block.scenario == nil {
        let inFile = block.source?.rowCount ?? 0
        for row in block.rows.dropFirst(inFile) {
          for (name, cell) in own.handmade.typed[row].cells where cell.text == "*" {
            guard
              let value = table.column(named: name).flatMap({ Self.cell($0, row, asYAML: true) })
            else { continue }
            changes.append((cell.place, 3, value))
            cellCount += 1
          }
        }
        guard let source = block.source else { continue }
        let name = newName(files.count)
        let line = Array(lines[source.place.line - 1].unicodeScalars)
        let first = source.place.column - 1
        let isQuoted = line.indices.contains(first) && (line[first] == "\"" || line[first] == "'")
        let length =
          isQuoted
          ? (line[(first + 1)...].firstIndex(of: line[first]) ?? first) - first + 1
          : source.name.unicodeScalars.count
        changes.append((source.place, length, SQLSchema.quoted(name)))
        files.append((name, filled(block.rows.prefix(inFile), own, table)))
      }
    }
    self.text = Self.changed(text, changes)
  }

  /// The rows of a file with its cells filled in; the columns are those of the first row, in the order of
  /// the table.
  private mutating func filled(
    _ rows: Range<Int>, _ own: Specification.TableSpecification, _ table: Table
  ) -> TypedRows {
    let known = rows.first.map { Set(own.handmade.typed[$0].cells.keys) } ?? []
    let names = own.columns.map(\.name).filter(known.contains)
    var cells: [[String]] = []
    for row in rows {
      cells.append(
        names.map { name in
          let text = own.handmade.typed[row].cells[name]?.text ?? ""
          guard text == "*",
            let value = table.column(named: name).flatMap({ Self.cell($0, row, asYAML: false) })
          else { return text }
          cellCount += 1
          return value
        })
    }
    return TypedRows(names: names, rows: cells)
  }

  /// A cell as a person would type it; nil for times, which cannot be typed.
  private static func cell(_ column: Column, _ row: Int, asYAML: Bool) -> String? {
    switch GivenValue(column, row: row) {
    case .missing: return asYAML ? "null" : ""
    case .number(let value):
      let isWhole = value == value.rounded() && value.magnitude < 1e15
      return isWhole ? String(Int64(value)) : value.description
    case .whole(let value): return String(value)
    case .boolean(let value): return value ? "true" : "false"
    case .text(let text): return asYAML ? quoted(text) : text
    case .days(let days):
      return Expression.Literal.date(Int(days)).description
    case .microseconds: return nil
    }
  }

  /// A text in double quotes, as YAML takes it.
  private static func quoted(_ text: String) -> String {
    String(decoding: JSONText.quoted(text), as: UTF8.self)
  }

  /// The text with some of its parts replaced, by line and column.
  private static func changed(
    _ text: String, _ changes: [(place: SourcePlace, old: Int, new: String)]
  ) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.unicodeScalars)
    }
    let ordered = changes.sorted {
      ($0.place.line, $0.place.column) > ($1.place.line, $1.place.column)
    }
    for change in ordered {
      let line = change.place.line - 1
      let first = change.place.column - 1
      guard lines.indices.contains(line), first + change.old <= lines[line].count else { continue }
      lines[line].replaceSubrange(first..<first + change.old, with: change.new.unicodeScalars)
    }
    return lines.map { line in
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: line)
      return String(scalars)
    }.joined(separator: "\n")
  }
}
