// SPDX-License-Identifier: Apache-2.0
import Tables

/// The names of the columns: those of the header, made distinct, or V1, V2 … where there is none.
struct ColumnNames {
  /// The names, all distinct and none empty.
  private(set) var names: [String] = []
  /// The names as the header spells them.
  private(set) var original: [String] = []
  /// What was changed.
  private(set) var diagnostics: [Diagnostic] = []

  init(_ cells: FieldText, hasHeader: Bool) {
    guard hasHeader else {
      names = (0..<cells.width).map { "V\($0 + 1)" }
      original = names
      diagnostics.append(
        Diagnostic(
          .note, "the first line holds values, so the columns are named V1 to V\(cells.width)"))
      return
    }
    original = (0..<cells.width).map { cells.string(row: 0, column: $0) }
    var taken: Set<String> = []
    var changed = 0
    for (column, name) in original.enumerated() {
      var candidate = name.isEmpty ? "V\(column + 1)" : name
      var copy = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(name.isEmpty ? "V\(column + 1)" : name)_\(copy)"
        copy += 1
      }
      if candidate != name { changed += 1 }
      names.append(candidate)
    }
    if changed > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          "\(changed) column name(s) were empty or stood twice; they got a name of their own",
          line: 1))
    }
  }
}
