// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Formats
import Releases
import Schemas
import Synthesis
import Tables

/// A page with the rows of a preview and what makes the table what it is, to be pasted into a letter.
struct PreviewPage {
  /// The most columns of the table of rows; all columns are described.
  private static let columnCount = 12
  private static let shownRows = 10

  let made: MadeTable
  /// What was not seen, where the file was only looked at.
  let sample: SampledFile?

  /// The text, in Markdown.
  func text() throws(DataError) -> String {
    let table = made.table
    let cells = try table.columns.map { column throws(DataError) in
      try FaultyTwin.texts(of: column)
    }
    let shown = min(Self.shownRows, table.rowCount)
    var lines = [
      "# \(SyntheticMark.full.title(Self.plain(made.input.baseName)))", "",
      SyntheticMark.full.statement, "",
      "A preview: made-up rows that show the structure. Each column is drawn for itself, so no relationship "
        + "can be read from them.", "", "## Columns", "", "| column | kind | remarks |",
      "|---|---|---|",
    ]
    for variable in made.input.schema.variables {
      lines.append(
        "| \(Self.plain(variable.name)) | \(variable.kind.rawValue) | \(remarks(on: variable)) |")
    }
    lines += ["", "## The first rows", ""]
    let columns = table.columns.indices.prefix(Self.columnCount)
    lines.append(
      "| " + columns.map { Self.plain(table.columnNames[$0]) }.joined(separator: " | ") + " |")
    lines.append("|" + columns.map { _ in "---|" }.joined())
    for row in 0..<shown {
      lines.append(
        "| " + columns.map { Self.plain(cells[$0][row]) }.joined(separator: " | ") + " |")
    }
    if columns.count < table.columnCount {
      lines += ["", "\(table.columnCount - columns.count) further columns are in the file."]
    }
    lines += ["", "## What was not seen", ""]
    lines.append(
      sample.map { "- Of the file " + $0.words + "." }
        ?? "- The whole file was read; levels and values of fewer than \(made.plan.minimumLevelCount) rows are not shown."
    )
    lines.append("- Extremes, totals, rare cases and relationships: a preview has none of them.")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What makes a column what it is, without a word about single rows.
  private func remarks(on variable: Variable) -> String {
    var words: [String] = []
    if let role = variable.role { words.append(role.rawValue) }
    if let label = variable.label["en"] ?? variable.label.values.sorted().first {
      words.append(Self.plain(label))
    }
    switch made.plan.step(for: variable.name)?.action {
    case .derived(let relation):
      words.append("follows exactly: \(Self.plain(relation.description))")
    case .regenerated: words.append("made anew in its pattern")
    case .constant: words.append("the same in every row")
    case .replaced: words.append("replaced")
    case .learned, nil: break
    }
    if let column = made.table.column(named: variable.name), !column.missing.isEmpty {
      words.append("may be missing")
    }
    return words.joined(separator: "; ")
  }

  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || "|<>`".unicodeScalars.contains($0) ? " " : $0 }
      ))
  }
}
