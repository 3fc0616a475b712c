// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Schemas
import Tables

/// The sheet that says what the columns of another mean: a line a variable, and one a code below it.
enum DictionarySheet {
  /// The usual name of the sheet.
  static let name = "dictionary"
  /// The name of the sheet with notes on the file.
  static let notesName = "about"

  static let header = [
    "variable", "label", "kind", "measure", "role", "code", "meaning", "missing",
  ]

  /// Names under which people keep dictionaries and notes, in small letters without spaces.
  private static let names: Set<String> = [
    "dictionary", "datadictionary", "codebook", "variables", "metadata",
  ]

  /// Whether a sheet of this name may be a dictionary.
  static func mayBeNamed(_ name: String) -> Bool {
    names.contains(name.lowercased().filter { $0.isLetter })
  }

  // MARK: Reading

  /// Reads a dictionary; `nil` if the sheet is something else.
  static func codebook(_ grid: SheetGrid, file: String) -> Codebook? {
    guard grid.rowCount > 0 else { return nil }
    var places: [String: Int] = [:]
    for column in grid.columns.indices {
      places[grid.text(0, column).lowercased()] = column
    }
    guard let variable = places["variable"] ?? places["name"],
      places["label"] != nil || places["meaning"] != nil || places["description"] != nil
    else { return nil }
    func text(_ row: Int, _ names: String...) -> String {
      names.lazy.compactMap { places[$0] }.first.map { grid.text(row, $0) } ?? ""
    }
    var entries: [Codebook.Entry] = []
    for row in 1..<max(1, grid.rowCount) {
      let name = grid.text(row, variable)
      if !name.isEmpty, name != entries.last?.name { entries.append(Codebook.Entry(name: name)) }
      guard !entries.isEmpty else { continue }
      let place = entries.count - 1
      let code = text(row, "code", "value")
      let meaning = text(row, "meaning", "value label")
      let isMissing = ["yes", "true", "1", "missing"].contains(text(row, "missing").lowercased())
      if !code.isEmpty {
        if isMissing {
          entries[place].missingCodes.append(
            MissingReason(code: code, label: meaning.isEmpty ? nil : meaning))
        }
        if !meaning.isEmpty { entries[place].valueLabels.append((code: code, label: meaning)) }
        continue
      }
      entries[place].label = text(row, "label", "description")
      entries[place].kind = VariableKind(rawValue: text(row, "kind", "type").lowercased())
      entries[place].measure = Measure(rawValue: text(row, "measure", "level").lowercased())
      entries[place].role = VariableRole(rawValue: text(row, "role").lowercased())
    }
    guard !entries.isEmpty else { return nil }
    return Codebook(format: "dictionary sheet", file: file, entries: entries)
  }

  // MARK: Writing

  /// The rows of a dictionary, the header first.
  static func rows(of variables: [Variable], table: Table) -> [[String]] {
    var rows = [header]
    for (variable, column) in zip(variables, table.columns) {
      rows.append([
        variable.name, text(variable.label), variable.kind.rawValue, variable.measure.rawValue,
        variable.role?.rawValue ?? "", "", "", "",
      ])
      var missing = variable.missingCodes
      for reason in column.missing.reasons
      where !["", "."].contains(reason.code) && !missing.contains(where: { $0.code == reason.code })
      {
        missing.append(reason)
      }
      let codes = Set(missing.map(\.code))
      for label in variable.valueLabels {
        rows.append(
          row(variable.name, label.code, text(label.label), codes.contains(label.code)))
      }
      let labelled = Set(variable.valueLabels.map(\.code))
      for reason in missing where !labelled.contains(reason.code) && !reason.code.isEmpty {
        rows.append(row(variable.name, reason.code, reason.label ?? "", true))
      }
    }
    return rows
  }

  private static func row(_ name: String, _ code: String, _ meaning: String, _ isMissing: Bool)
    -> [String]
  {
    [name, "", "", "", "", code, meaning, isMissing ? "yes" : ""]
  }

  /// The English text, or the first of another language.
  private static func text(_ label: [String: String]) -> String {
    label["en"] ?? label.min { $0.key < $1.key }?.value ?? ""
  }
}
