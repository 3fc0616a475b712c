// SPDX-License-Identifier: Apache-2.0
import Dictionaries
public import Fabrication
import Formats
public import Randomness
import Releases
public import Tables

extension FabricateVerb {
  /// The dictionary of a table that has rows made by hand: what its columns mean, and which rows are whose,
  /// representative or not; nil for a table without such rows.
  ///
  /// It is what `describe` writes, with a list `handmade` at its end.
  public func dictionary(of table: String, rowCount: Int) -> String? {
    let blocks = specification.handmade(in: table).filter { $0.rows.lowerBound < rowCount }
    guard !blocks.isEmpty else { return nil }
    var lines = ["handmade:"]
    for block in blocks {
      let last = min(block.rows.upperBound, rowCount)
      var fields = [
        "rows: \(block.rows.lowerBound + 1 == last ? "\(last)" : "\(block.rows.lowerBound + 1)-\(last)")",
        "origin: \(block.origin)",
      ]
      if let name = block.name { fields.append("name: \(SchemaYAML.quoted(name))") }
      if let mark = block.isRepresentative {
        fields.append("representative: \(mark ? "yes" : "no")")
      }
      if !block.breaks.isEmpty {
        let rules = block.breaks.map { SchemaYAML.quoted($0) }.joined(separator: ", ")
        fields.append("breaks: [\(rules)]")
      }
      if let notes = block.notes { fields.append("notes: \(SchemaYAML.quoted(notes))") }
      lines.append("  - {\(fields.joined(separator: ", "))}")
    }
    return SchemaYAML.text(for: specification.schema(of: table), rowCount: rowCount)
      + lines.joined(separator: "\n") + "\n"
  }

  /// The specification with the cells `*` of its typed rows filled in as a run makes them.
  ///
  /// - Parameters:
  ///   - key: The run.
  ///   - path: The file for the new specification, for the names of files of rows beside it.
  /// - Throws: `DataError` as making the tables does.
  public func frozen(key: RandomKey, for path: String) throws(DataError) -> FrozenSpecification {
    let file = String(path.split(separator: "/").last ?? "rows")
    let stem = file.split(separator: ".").first.map(String.init) ?? file
    return try FrozenSpecification(specification, text: text, key: key) { number in
      "\(stem).rows\(number == 0 ? "" : String(number + 1)).csv"
    }
  }

  /// Writes a frozen specification, and the rows of the files that it names beside it.
  ///
  /// - Throws: `DataError` if one of the files exists and `force` is not set, or cannot be written.
  public func write(_ frozen: FrozenSpecification, to path: String, force: Bool) throws {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    for (name, rows) in frozen.files {
      let columns = rows.names.enumerated().map { place, name in
        Column(
          name: name,
          values: .texts(
            codes: rows.rows.indices.map { UInt32($0) }, pool: TextPool(rows.rows.map { $0[place] })
          ))
      }
      let table = Table(columns: columns, rowCount: rows.rows.count)
      try AtomicFile.write(to: folder.isEmpty ? name : folder + "/" + name, force: force) {
        try CSVWriter().write(table, to: $0)
      }
    }
    try AtomicFile.write(to: path, force: force) {
      try FileBytes.write(Array(frozen.text.utf8), to: $0)
    }
  }
}
