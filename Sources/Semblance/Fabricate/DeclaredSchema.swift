// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Fabrication
import Schemas
import Studies
import Tables

/// What a dictionary declares of a table's variables, where there is no table.
struct DeclaredSchema {
  var schema: Schema
  /// The patterns that texts match, by variable.
  var patterns: [String: String] = [:]
  /// The most characters of texts, by variable.
  var longest: [String: Int] = [:]
  /// Between which values a generative description draws, by variable.
  var drawnRanges: [String: ClosedRange<Double>] = [:]
  /// Variables of which no cell may be missing.
  var required: Set<String> = []
  /// Variables whose codes are texts, even where they look like numbers.
  var texts: Set<String> = []

  /// The specification that keeps to it.
  var draft: SchemaDraft {
    var draft = SchemaDraft(schema)
    draft.patterns = patterns
    draft.longest = longest
    draft.drawnRanges = drawnRanges
    return draft
  }

  /// The variables that a codebook describes.
  init(_ codebook: Codebook) {
    schema = Schema(variables: codebook.entries.map(Self.variable))
    for entry in codebook.entries {
      patterns[entry.name] = entry.pattern
      longest[entry.name] = entry.longest
      drawnRanges[entry.name] = entry.drawnRange
      if entry.isText { texts.insert(entry.name) }
    }
    if codebook.format == "JSON Schema" {
      required = Set(codebook.entries.filter(\.missingCodes.isEmpty).map(\.name))
    }
  }

  /// The columns that a statement of SQL declares.
  init(_ table: SQLTable) {
    schema = table.schema
    longest = table.longestTexts
    required = Set(table.requiredColumns)
  }

  /// How a table stands to what is declared.
  func assessment(of table: Table) -> MetadataAssessment {
    MetadataAssessment(
      table, against: schema, patterns: patterns, longest: longest, required: required)
  }

  /// A table that was made, as the dictionary stores it: codes that are numbers as numbers.
  func document(of table: Table, header: FileFacts?) -> StudyDocument {
    var columns = table.columns
    for place in columns.indices {
      guard let variable = schema.variable(named: columns[place].name),
        !variable.valueLabels.isEmpty, variable.kind.isCategorical,
        !texts.contains(variable.name),
        variable.stored?.storage != .text, variable.stored?.storage != .longText,
        case .texts(let codes, let pool) = columns[place].values
      else { continue }
      let numbers = pool.texts.map { Int64($0) }
      guard numbers.allSatisfy({ $0 != nil }),
        zip(numbers, pool.texts).allSatisfy({ String($0 ?? 0) == $1 })
      else { continue }
      columns[place].values = .wholeNumbers(codes.map { numbers[Int($0)] ?? 0 })
      columns[place].form = .number(NumberForm())
    }
    var schema = schema
    for column in columns {
      guard let place = schema.variables.firstIndex(where: { $0.name == column.name }) else {
        continue
      }
      schema.variables[place].form = column.form
    }
    var facts = FileFacts(format: header?.format ?? "csv", label: header?.label ?? "")
    facts.weight = header?.weight
    facts.notes =
      (header?.notes ?? []) + ["Synthetic: made from a dictionary alone, without any data."]
    return StudyDocument(
      table: Table(name: table.name, columns: columns, rowCount: table.rowCount), schema: schema,
      file: facts)
  }

  private static func variable(_ entry: Codebook.Entry) -> Variable {
    let missing = Set(entry.missingCodes.map(\.code))
    let isLabelled = entry.valueLabels.contains { !missing.contains($0.code) }
    let kind: VariableKind =
      if let kind = entry.kind {
        kind
      } else if entry.measure == .scale, !entry.isText {
        // A scale may have labels for some of its values.
        entry.storedKind ?? .number
      } else if isLabelled {
        entry.measure == .ordinal ? .orderedCategory : .category
      } else if !entry.levels.isEmpty, entry.measure != .scale {
        entry.measure == .ordinal ? .orderedCategory : .category
      } else {
        entry.storedKind ?? (entry.isText ? .text : .number)
      }
    var labels = entry.valueLabels.map {
      ValueLabel(code: $0.code, label: [entry.language: $0.label])
    }
    if !isLabelled || kind.isCategorical {
      let known = Set(labels.map(\.code))
      labels += entry.levels.filter { !known.contains($0) && !missing.contains($0) }.map {
        ValueLabel(code: $0, label: [:])
      }
    }
    return Variable(
      name: entry.name, kind: kind, role: entry.role,
      label: entry.label.isEmpty ? [:] : [entry.language: entry.label], valueLabels: labels,
      measure: entry.measure ?? measure(of: kind), decimals: entry.decimals,
      minimum: entry.minimum, maximum: entry.maximum, missingCodes: entry.missingCodes)
  }

  /// The variables of a dictionary that `describe` writes.
  init(_ dictionary: SchemaOverrides) {
    schema = Schema(
      variables: dictionary.entries.map { entry in
        let labels = entry.valueLabels ?? []
        let kind = entry.kind ?? (labels.isEmpty ? .text : .category)
        var role: VariableRole?
        if case .some(.some(let stated)) = entry.role { role = stated }
        return Variable(
          name: entry.name, kind: kind, role: role, label: entry.label ?? [:], valueLabels: labels,
          measure: entry.measure ?? Self.measure(of: kind), decimals: entry.decimals,
          minimum: entry.minimum, maximum: entry.maximum, missingCodes: entry.missingCodes ?? [])
      })
  }

  /// The variables of a file's own dictionary, whose rows were not read.
  ///
  /// Without rows, kinds follow from the storage, the format of display and the value labels.
  init(header: Schema) {
    schema = header
    for place in schema.variables.indices {
      Self.complete(&schema.variables[place])
    }
    for variable in schema.variables where variable.kind == .text {
      if let width = variable.stored?.width, width > 0 { longest[variable.name] = width }
    }
  }

  private static func complete(_ variable: inout Variable) {
    let missing = Set(variable.missingCodes.map(\.code))
    let levels = variable.valueLabels.filter { !missing.contains($0.code) && $0.code.first != "." }
    let format = variable.stored?.format.uppercased() ?? ""
    let isText = variable.stored?.storage == .text || variable.stored?.storage == .longText
    let role = variable.role == .weight ? VariableRole.weight : nil
    variable.role = role
    variable.reasons = ["the file's dictionary says so"]
    let states = variable.stored?.statesMeasure == true
    if !isText, let kind = calendar(format) {
      variable.kind = kind
    } else if levels.count >= 2, !states || variable.measure != .scale {
      variable.kind = states && variable.measure == .nominal ? .category : .orderedCategory
    } else if isText {
      variable.kind = .text
    } else {
      let decimals = self.decimals(format)
      let isWhole =
        decimals == 0 || [.int8, .int16, .int32].contains(variable.stored?.storage)
      variable.kind = isWhole ? .wholeNumber : .number
      variable.decimals = isWhole ? 0 : min(decimals ?? 2, 6)
    }
    if !states { variable.measure = measure(of: variable.kind) }
  }

  /// The kind that a display format of SPSS, Stata or SAS means.
  private static func calendar(_ format: String) -> VariableKind? {
    let name = format.drop { $0 == "%" || $0 == "-" }
    if format.hasPrefix("%") {
      if name.hasPrefix("TC") || name.hasPrefix("TCC") { return .dateTime }
      return name.hasPrefix("TD") || name.hasPrefix("D") ? .date : nil
    }
    let letters = String(name.prefix { $0.isLetter })
    switch letters {
    case "DATETIME", "YMDHMS", "DATEAMPM": return .dateTime
    case "DATE", "ADATE", "EDATE", "SDATE", "JDATE", "YYMMDD", "DDMMYY", "MMDDYY", "IS":
      return .date
    case "TIME", "MTIME", "HHMM", "TOD": return .time
    default: return nil
    }
  }

  /// How many decimals a format such as `F8.2` or `%9.2f` shows; nil if it says none.
  private static func decimals(_ format: String) -> Int? {
    let point = format.split(separator: ".", omittingEmptySubsequences: false)
    guard point.count == 2 else { return nil }
    let digits = point[1].prefix { $0.isNumber }
    // Stata's general format shows as many as there are.
    if format.hasSuffix("G") { return nil }
    return Int(digits) ?? (point[1].isEmpty ? 0 : nil)
  }

  private static func measure(of kind: VariableKind) -> Measure {
    kind.isContinuous ? .scale : (kind == .orderedCategory ? .ordinal : .nominal)
  }
}
