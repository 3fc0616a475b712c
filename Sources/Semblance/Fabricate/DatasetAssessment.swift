// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Schemas
import Tables

/// How good several tables are that were made from a dictionary alone, keys included.
struct DatasetAssessment {
  private var tables: [(name: String, assessment: MetadataAssessment)] = []

  /// Checks tables against what is declared of them, and the foreign keys between them.
  init(
    _ dataset: Dataset, declared: [String: DeclaredSchema], specification: Specification
  ) {
    for table in dataset.tables {
      guard var assessment = declared[table.name]?.assessment(of: table) else { continue }
      for key in specification.foreignKeys(of: table.name) {
        guard let parent = dataset.tables.first(where: { $0.name == key.table }) else { continue }
        let known = Set(Self.rows(parent, key.targets).compactMap { $0 })
        let own = Self.rows(table, key.columns)
        assessment.add(
          MetadataAssessment.Check(
            variable: key.columns.joined(separator: ", "),
            fact: "each is a \(key.targets.joined(separator: ", ")) of \(key.table)",
            cellCount: own.count { $0 != nil },
            violationCount: own.count { $0.map { !known.contains($0) } ?? false }))
      }
      let key = specification.key(of: table.name)
      if key.count > 1 {
        let own = Self.rows(table, key).compactMap { $0 }
        assessment.add(
          MetadataAssessment.Check(
            variable: key.joined(separator: ", "), fact: "no combination comes twice",
            cellCount: own.count, violationCount: own.count - Set(own).count))
      }
      tables.append((table.name, assessment))
    }
  }

  /// The texts of some columns, row by row; nil where one is missing.
  private static func rows(_ table: Table, _ names: [String]) -> [[String]?] {
    let columns = names.compactMap { table.column(named: $0) }
    let texts = columns.map { column in
      (try? FaultyTwin.texts(of: column)) ?? [String](repeating: "", count: column.count)
    }
    return (0..<table.rowCount).map { row in
      columns.contains { $0.missing.isMissing(at: row) } ? nil : texts.map { $0[row] }
    }
  }

  /// The level of the scale: that of the least table.
  var level: Int { tables.map { $0.assessment.level }.min() ?? 1 }

  /// The assessment as a page of Markdown.
  var page: String {
    var lines = [
      "# Quality of tables made from a dictionary alone", "",
      MetadataAssessment.words(level: level), "", "## What was checked", "",
    ]
    for (name, assessment) in tables {
      lines += ["### \(name)", ""] + assessment.checkLines + [""]
    }
    lines.removeLast()
    lines += MetadataAssessment.unknown(
      tables.flatMap { name, assessment in assessment.unbounded.map { "\(name).\($0)" } })
    return lines.joined(separator: "\n") + "\n"
  }
}
