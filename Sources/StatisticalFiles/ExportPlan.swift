// SPDX-License-Identifier: Apache-2.0
import Schemas
import Studies
import Tables

/// Everything that goes into a file, and what the format cannot hold.
struct ExportPlan {
  let kind: StatisticalFormat
  let limits: ExportLimits
  private(set) var variables: [ExportVariable] = []
  private(set) var fileLabel = ""
  private(set) var notes: [String] = []
  private(set) var weight: Int?
  private(set) var diagnostics: [Diagnostic] = []
  let rowCount: Int
  let tableName: String

  private let document: StudyDocument
  /// The program the variables' stored forms speak to.
  private let source: CalendarScale.Program?

  init(_ document: StudyDocument, kind: StatisticalFormat) {
    self.document = document
    self.kind = kind
    rowCount = document.table.rowCount
    source = StatisticalFormat(rawValue: document.file.format)?.calendar
    let version = ExportVersion(document, kind: kind)
    limits = version.limits
    diagnostics = version.diagnostics
    tableName = String(
      document.file.tableName.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        .drop { $0.isNumber }.prefix(8))
    var names = ExportNames(kind, limits: limits)
    for column in document.table.columns {
      let name = names.name(for: column.name)
      variables.append(variable(column, name: name))
      if document.file.weight == column.name, kind == .sav || kind == .zsav {
        weight = variables.count - 1
      }
    }
    diagnostics += names.diagnostics
    addFileFacts()
  }

  // MARK: The file

  private mutating func addFileFacts() {
    let label = plain(document.file.label)
    fileLabel = ExportLimits.cut(label, bytes: limits.fileLabelBytes, characters: 80)
    if fileLabel != label {
      diagnostics.append(
        Diagnostic(.warning, "the file label was cut to \(limits.fileLabelBytes) bytes"))
    }
    if limits.noteBytes == 0 {
      if !document.file.notes.isEmpty {
        diagnostics.append(
          Diagnostic(
            .warning, "\(document.file.notes.count) notes were left out: \(kind.rawValue) has none")
        )
      }
    } else {
      notes = document.file.notes.flatMap { lines(of: $0, bytes: limits.noteBytes) }
    }
    if let name = document.file.weight, weight == nil {
      diagnostics.append(
        Diagnostic(
          .warning, "\(kind.rawValue) cannot state that the variable is the weight", column: name))
    }
  }

  /// A note as lines of a number of bytes, broken at spaces.
  private func lines(of note: String, bytes: Int) -> [String] {
    guard note.utf8.count > bytes else { return [note] }
    var lines: [String] = []
    var line = ""
    for word in note.split(separator: " ", omittingEmptySubsequences: false) {
      var word = String(word)
      if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > bytes {
        lines.append(line)
        line = ""
      }
      while word.utf8.count > bytes {
        let piece = ExportLimits.cut(word, bytes: bytes)
        guard !piece.isEmpty else { break }
        lines.append(piece)
        word.removeFirst(piece.count)
      }
      line = line.isEmpty ? word : line + " " + word
    }
    return lines + [line]
  }

  /// A text without characters that the format lacks.
  private func plain(_ text: String) -> String {
    limits.isUnicode ? text : String(text.map { $0.isASCII ? $0 : "?" })
  }

  // MARK: A variable

  private mutating func variable(_ column: Column, name: String) -> ExportVariable {
    let variable = document.variable(of: column)
    let stored = variable.stored
    let plainCells = CellExport(column: column, kind: kind, missing: [])
    let missing = MissingExport(
      column, variable: variable, kind: kind,
      takesLetters: kind == .xpt || limits.version >= 113, leastNumber: plainCells.leastNumber())
    diagnostics += missing.diagnostics
    let export = CellExport(column: column, kind: kind, missing: missing.cells)
    var result = ExportVariable(
      name: name, label: label(variable), storage: .double, width: 0, format: "", displayWidth: 0,
      alignment: stored?.alignment, measure: nil, labelSet: stored?.labelSet, labels: [],
      missingNumbers: [], missingTexts: [], missingRanges: [], cells: .numbers([], tags: []))
    if export.isText {
      addTexts(export, stored, to: &result)
    } else {
      let (values, tags) = export.numbers()
      result.storage = NumberStorage.storage(
        values, tags: tags, stored: stored?.storage, kind: kind)
      result.width = kind == .xpt ? (source == .sas ? stored?.width ?? 8 : 8) : 0
      result.cells = .numbers(values, tags: tags)
    }
    result.format = DisplayFormat.format(
      for: column, stored: stored, storedBy: source, program: kind.calendar,
      storage: result.storage, width: result.width)
    result.displayWidth = stored?.displayWidth ?? 0
    if kind == .sav || kind == .zsav {
      let isStated = stored?.statesMeasure ?? true
      result.measure = isStated ? variable.measure : nil
      declareMissing(variable, export, missing, in: &result)
    } else if kind == .por {
      declareMissing(variable, export, missing, in: &result)
    }
    addLabels(variable, column, missing, to: &result)
    return result
  }

  private mutating func label(_ variable: Variable) -> String {
    let label = plain(
      variable.label["en"] ?? variable.label.sorted { $0.key < $1.key }.first?.value ?? "")
    let cut = ExportLimits.cut(
      label, bytes: limits.labelBytes, characters: limits.labelCharacters)
    if cut != label {
      diagnostics.append(
        Diagnostic(
          .warning, "the label was cut to \(limits.labelBytes) bytes", column: variable.name))
    }
    return cut
  }

  private mutating func addTexts(
    _ export: CellExport, _ stored: StoredForm?, to result: inout ExportVariable
  ) {
    let name = export.column.name
    let takesLong = kind == .dta && limits.version >= 117
    let (cells, width, cut, replaced) = export.texts(
      limit: takesLong ? 2_000_000_000 : limits.textBytes, isUnicode: limits.isUnicode)
    result.cells = cells
    result.storage =
      takesLong && (width > limits.textBytes || stored?.storage == .longText) ? .longText : .text
    let statedWidth = stored?.storage == .text && source == kind.calendar ? stored?.width ?? 0 : 0
    result.width = min(max(width, statedWidth, 1), limits.textBytes)
    if cut > 0 {
      diagnostics.append(
        Diagnostic(
          .warning, "\(cut) texts were cut to \(limits.textBytes) bytes", column: name))
    }
    if replaced > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          "\(replaced) different texts have letters that \(kind.rawValue) lacks; "
            + "a question mark stands for each", column: name))
    }
  }

  private mutating func declareMissing(
    _ variable: Variable, _ export: CellExport, _ missing: MissingExport,
    in result: inout ExportVariable
  ) {
    let declaration: MissingDeclaration
    if let stored = variable.stored, source == .spss {
      declaration = MissingDeclaration(stored, isText: export.isText)
    } else {
      let column = export.column
      let codes = column.missing.reasons.map(\.code) + variable.missingCodes.map(\.code)
      var seen: Set<String> = []
      let cells = codes.filter { seen.insert($0).inserted }.compactMap { missing.changed[$0] }
      let values = export.isText ? [] : export.numbers().values
      declaration = MissingDeclaration(codes: cells, column: variable.name) { range in
        values.indices.contains { !column.missing.isMissing(at: $0) && range.contains(values[$0]) }
      }
    }
    result.missingNumbers = declaration.numbers
    result.missingTexts = declaration.texts
    result.missingRanges = declaration.ranges
    diagnostics += declaration.diagnostics
  }

  // MARK: Labels of values

  private mutating func addLabels(
    _ variable: Variable, _ column: Column, _ missing: MissingExport,
    to result: inout ExportVariable
  ) {
    var labels = variable.valueLabels.map {
      (
        code: $0.code,
        text: $0.label["en"] ?? $0.label.sorted { $0.key < $1.key }.first?.value ?? ""
      )
    }
    let labelled = Set(labels.map(\.code))
    for reason in column.missing.reasons + variable.missingCodes {
      if let text = reason.label, !labelled.contains(reason.code),
        !labels.contains(where: { $0.code == reason.code })
      {
        labels.append((reason.code, text))
      }
    }
    if labels.isEmpty, case .booleans = column.values, case .boolean(let yes, let no) = column.form
    {
      labels = [("0", no), ("1", yes)]
    }
    guard !labels.isEmpty else { return }
    if kind == .xpt {
      diagnostics.append(
        Diagnostic(
          .warning, "\(labels.count) value labels were left out: SAS keeps them in a catalogue",
          column: variable.name))
      return
    }
    let isText = CellExport(column: column, kind: kind, missing: []).isText
    var leftOut: [String] = []
    var cut = 0
    for (code, text) in labels {
      let short = ExportLimits.cut(plain(text), bytes: limits.valueLabelBytes)
      if short != text { cut += 1 }
      guard let value = value(of: code, isText: isText, missing) else {
        leftOut.append(code)
        continue
      }
      result.labels.append(ExportVariable.Label(value: value, text: short))
    }
    if cut > 0 {
      diagnostics.append(
        Diagnostic(
          .warning, "\(cut) value labels were cut to \(limits.valueLabelBytes) bytes",
          column: variable.name))
    }
    if !leftOut.isEmpty {
      let list = leftOut.prefix(50).joined(separator: ", ") + (leftOut.count > 50 ? " …" : "")
      diagnostics.append(
        Diagnostic(
          .warning, "\(kind.rawValue) cannot label these codes: \(list)", column: variable.name))
    }
  }

  private func value(
    of code: String, isText: Bool, _ missing: MissingExport
  ) -> ExportVariable.Label.Value? {
    if isText { return kind == .dta ? nil : .text(code) }
    switch missing.changed[code] {
    case .letter(let letter): return .letter(letter)
    case .number(let number): return .number(number)
    case .system: return nil
    case .text, nil: break
    }
    if let letter = MissingExport.letter(code) {
      return kind == .dta && limits.version >= 113 ? .letter(letter) : nil
    }
    guard let number = Double(code), number.isFinite else { return nil }
    // Stata labels whole numbers of four bytes only.
    if kind == .dta, number != number.rounded() || number.magnitude > 2_147_483_620 { return nil }
    return .number(number)
  }
}
