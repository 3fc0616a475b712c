// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Schemas
import Synthesis
import Tables

/// Reads a partial table cell by cell, and makes conditions of it.
struct GivenReading {
  let file: GivenFile
  /// Whether the rows are the real ones, in which nothing can be wrong.
  private let isReal: Bool
  private let model: any ConditionableModel
  private let variables: [DrawnVariable]
  private let draws: [CellDraw?]
  private var cells: [String: GivenCells] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// For each drawn variable and row, the entries of lookups that are given instead of it.
  private var entries: [Int: [Int: [Bool]]] = [:]

  init(path: String, model: any ConditionableModel, threads: Int) throws(DataError) {
    self.model = model
    variables = model.drawnVariables
    draws = Self.draws(variables)
    let texts = model.schema.variables.filter { $0.kind == .text }.map(\.name)
    let categories = variables.filter { $0.layout.holdsTexts }.map(\.name)
    let made = model.frame.regenerations.map(\.name)
    let file = try GivenFile(
      path: path, schema: model.schema, textColumns: Set(texts + categories + made),
      threads: threads)
    self.file = file
    isReal = false
    for column in file.table.columns {
      cells[column.name] = try GivenCells(column, of: file, scale: storage(of: column.name))
    }
  }

  /// Reads the real rows.
  ///
  /// - Parameter isFree: Whether the cell of a variable and a row is drawn anew.
  init(
    real table: Table, path: String, model: any ConditionableModel,
    isFree: (String, Int) -> Bool
  ) throws(DataError) {
    self.model = model
    variables = model.drawnVariables
    draws = Self.draws(variables)
    file = GivenFile(real: table, path: path, schema: model.schema)
    isReal = true
    for variable in variables {
      guard let column = table.column(named: variable.name) else { continue }
      var own = try GivenCells(column, of: file, scale: storage(of: column.name))
      for row in 0..<column.count where isFree(column.name, row) { own.settle(row, .free) }
      cells[column.name] = own
    }
  }

  private static func draws(_ variables: [DrawnVariable]) -> [CellDraw?] {
    variables.map { variable in
      if case .scale(let scale) = variable.layout.content { return CellDraw(scale) }
      return nil
    }
  }

  /// How a variable's values lie on a scale; `nil` for categories and texts.
  private func storage(of name: String) -> ScaleStorage? {
    if let variable = variables.first(where: { $0.name == name }) {
      if case .scale(let scale) = variable.layout.content { return scale.storage }
      return nil
    }
    guard let derivation = model.frame.derivations.first(where: { $0.name == name }) else {
      return nil
    }
    if let entries = derivation.entries { return ScaleStorage(entries.values) }
    return derivation.storage
  }

  // MARK: Variables that follow from others

  /// Takes given values of computed variables as values, or conditions, of what they are computed from.
  mutating func settleDerived() throws(DataError) {
    for derivation in model.frame.derivations.reversed() {
      guard let own = cells[derivation.name] else { continue }
      switch derivation.relation {
      case .lookup(let source): try lookUp(own, derivation, source)
      case .sum, .product: try solve(own, derivation)
      }
    }
  }

  private mutating func lookUp(
    _ own: GivenCells, _ derivation: Derivation, _ source: String
  ) throws(DataError) {
    guard let place = variables.firstIndex(where: { $0.name == source }) else { return }
    let layout = variables[place].layout
    let column = derivation.column(
      from: [:], lookupBins: Array(0..<layout.lookupCount), rowCount: layout.lookupCount,
      form: .text)
    let values: [GivenCells.Cell] = (0..<column.count).map { entry in
      if let reason = column.missing.reason(at: entry) { return .missing(reason.code) }
      if ScaleStorage(column.values) != nil { return .number(column.values.scaleValues[entry]) }
      return .text(column.values.plainTexts[entry])
    }
    var known: [GivenCells.Cell: [Bool]] = [:]
    for (row, cell) in own.cells.enumerated() where cell != .open {
      let allowed = known[cell] ?? values.map { $0 == cell }
      known[cell] = allowed
      guard allowed.contains(true) else {
        throw file.error(
          "the generator never gives this value, which follows from \"\(source)\"", row: row,
          column: own.name, remedy: "Give \"\(source)\" instead, or leave the cell empty.")
      }
      if let given = cells[source]?.cells[row], given != .open {
        guard let entry = lookupEntry(given, layout), allowed[entry] else {
          throw file.error(
            "the cell does not agree with that of \"\(source)\", from which it follows", row: row,
            column: own.name, remedy: "Leave one of them empty.")
        }
        continue
      }
      let before = entries[place]?[row]
      let both = before.map { zip($0, allowed).map { $0 && $1 } } ?? allowed
      guard both.contains(true) else {
        throw file.error(
          "the cell does not agree with others that follow from \"\(source)\"", row: row,
          column: own.name, remedy: "Leave one of them empty.")
      }
      entries[place, default: [:]][row] = both
    }
  }

  /// The entry of a lookup that a given source belongs to; `nil` for what the model does not name.
  private func lookupEntry(_ cell: GivenCells.Cell, _ layout: VariableLayout) -> Int? {
    let missingCount = layout.missingReasons.count
    switch cell {
    case .open, .free: return nil
    case .missing(let code): return layout.missingReasons.firstIndex { $0.code == code }
    case .number(let number):
      return layout.lookupValues.firstIndex(of: number).map { missingCount + $0 }
    case .text(let text):
      guard case .levels(let levels) = layout.content else { return nil }
      return levels.levels.plainTexts.firstIndex(of: text).map { missingCount + $0 }
    }
  }

  /// What a sum or a product says of its parts: the one that is open follows.
  private mutating func solve(
    _ own: GivenCells, _ derivation: Derivation
  ) throws(DataError) {
    let sources = derivation.relation.sources
    for (row, cell) in own.cells.enumerated() {
      guard case .number(let total) = cell else {
        if cell != .open {
          throw file.error(
            "the variable is computed from others, and cannot be given as missing", row: row,
            column: own.name, remedy: "Give \(sources.joined(separator: ", ")) instead.")
        }
        continue
      }
      var numbers: [String: Double] = [:]
      for source in sources {
        if case .number(let number)? = cells[source]?.cells[row] { numbers[source] = number }
      }
      let open = sources.filter { numbers[$0] == nil }
      guard open.count <= 1 else {
        throw file.error(
          "the variable is computed from others, of which more than one is not given", row: row,
          column: own.name,
          remedy:
            "Give all but one of \(sources.joined(separator: ", ")), or leave this cell empty.")
      }
      guard let source = open.first else {
        guard let value = derivation.relation.value(numbers),
          (value - total).magnitude <= 1e-6 * max(1, total.magnitude)
        else {
          throw file.error(
            "the cell does not agree with those it is computed from", row: row, column: own.name,
            remedy: "Leave it empty, or correct one of \(sources.joined(separator: ", ")).")
        }
        continue
      }
      guard let value = derivation.relation.value(of: source, total: total, numbers),
        value.isFinite, let storage = storage(of: source)
      else {
        throw file.error(
          "the parts of this variable cannot be found from it", row: row, column: own.name,
          remedy: "Give \(source), or leave this cell empty.")
      }
      let stored = storage.values([value]).scaleValues[0]
      let kept = storage == .numbers ? value : stored
      if cells[source] == nil {
        cells[source] = GivenCells(open: source, rowCount: own.cells.count)
      }
      cells[source]?.settle(row, .number(kept))
    }
  }

  // MARK: Conditions

  /// The conditions of all rows, and the rows in which a cell that is empty has to stay so.
  ///
  /// - Throws: `DataError` for a level that there is not, or a value far outside the range.
  mutating func conditions() throws(DataError) -> (all: RowConditions, gapRows: Set<Int>) {
    var conditions = RoutedConditions(
      rowCount: file.table.rowCount, variableCount: variables.count)
    for (place, variable) in variables.enumerated() {
      let own = cells[variable.name]
      let allowed = entries[place] ?? [:]
      guard own != nil || !allowed.isEmpty else { continue }
      var distinct: [CellCondition] = []
      var known: [GivenCells.Cell: Int32] = [:]
      var knownEntries: [[Bool]: Int32] = [:]
      var codes = [Int32](repeating: -1, count: file.table.rowCount)
      var strange = 0
      for row in codes.indices {
        let cell = own?.cells[row] ?? .open
        if cell == .open, let flags = allowed[row] {
          let code = knownEntries[flags] ?? Int32(distinct.count)
          if knownEntries[flags] == nil { distinct.append(condition(onEntries: flags, place)) }
          knownEntries[flags] = code
          codes[row] = code
          continue
        }
        guard own != nil else { continue }
        if let code = known[cell] {
          codes[row] = code
          continue
        }
        guard let condition = try condition(cell, place, row) else {
          known[cell] = -1
          continue
        }
        known[cell] = Int32(distinct.count)
        codes[row] = Int32(distinct.count)
        distinct.append(condition)
      }
      for row in codes.indices where isStrange(own?.cells[row] ?? .open, place) { strange += 1 }
      if strange > 0 {
        diagnostics.append(
          Diagnostic(
            .note,
            "\(strange) given cells hold rare levels or values that the generator does not make; "
              + "they stay, and count as its rare levels or as the values beside them",
            column: variable.name))
      }
      conditions.set(distinct, codes: codes, place: place)
    }
    conditions.settleRoutes(variables)
    return (conditions.conditions, conditions.gapRows)
  }

  private func condition(onEntries flags: [Bool], _ place: Int) -> CellCondition {
    let layout = variables[place].layout
    let missingCount = layout.missingReasons.count
    let missing = Array(flags.prefix(missingCount))
    let rest = Array(flags.dropFirst(missingCount))
    guard let draw = draws[place] else {
      return CellCondition(levels: rest, missing: missing, layout: layout)
    }
    let values = Set(zip(layout.lookupValues, rest).filter(\.1).map(\.0))
    let parts = (0..<draw.count).map { cell in
      CellPart(spikes: draw.spikes(cell).filter { values.contains($0.value) })
    }
    let kept = draw.keeping(parts)
    var condition = CellCondition(shares: missing.map { $0 ? 1 : 0 } + kept.shares)
    condition.cells = kept.cells
    return condition
  }

  /// What a cell asks; `nil` for nothing.
  private func condition(
    _ cell: GivenCells.Cell, _ place: Int, _ row: Int
  ) throws(DataError) -> CellCondition? {
    let (name, layout) = (variables[place].name, variables[place].layout)
    switch cell {
    case .free: return nil
    case .open: return CellCondition(presentIn: layout)
    case .missing(let code):
      guard let reason = layout.missingReasons.firstIndex(where: { $0.code == code }) else {
        // A reason of so few rows that nothing was learned of it.
        if isReal { return nil }
        throw file.error(
          "the generator never leaves this variable out for this reason", row: row, column: name,
          remedy: "Leave the cell empty to have it filled in.")
      }
      return CellCondition(missingFor: reason, layout: layout)
    case .number(let number):
      guard let draw = draws[place] else { return CellCondition(presentIn: layout) }
      if !isReal { try refuseFar(number, place, draw, row) }
      return CellCondition(value: number, layout: layout, draw: draw)
    case .text(let text):
      guard case .levels(let levels) = layout.content else {
        return CellCondition(presentIn: layout)
      }
      let names = levels.levels.plainTexts
      if let level = names.firstIndex(of: text) {
        return CellCondition(level: level, layout: layout)
      }
      guard layout.rareBin != nil else {
        if isReal { return nil }
        throw file.error(
          "the generator has no such level", row: row, column: name,
          remedy: NearMiss.remedy(for: text, among: names))
      }
      return CellCondition(level: nil, layout: layout)
    }
  }

  /// Whether a cell holds what the model does not name or make.
  private func isStrange(_ cell: GivenCells.Cell, _ place: Int) -> Bool {
    switch cell {
    case .open, .free, .missing: return false
    case .number(let number):
      guard let draw = draws[place], draw.count > 0 else { return false }
      return number < draw.lowest || number > draw.greatest
    case .text(let text):
      guard case .levels(let levels) = variables[place].layout.content else { return false }
      return !levels.levels.plainTexts.contains(text)
    }
  }

  /// How far outside what the model makes a value may lie, in widths of all of that.
  ///
  /// Ends of a scale are means of rows and not their extremes, so that real values lie beyond them.
  private static let reach = 5.0

  private func refuseFar(
    _ number: Double, _ place: Int, _ draw: CellDraw, _ row: Int
  ) throws(DataError) {
    guard draw.count > 0 else { return }
    let name = variables[place].name
    let declared = model.schema.variable(named: name)
    let reach = Self.reach * (draw.greatest - draw.lowest)
    let low = max(declared?.minimum ?? -.infinity, draw.lowest - reach)
    let high = min(declared?.maximum ?? .infinity, draw.greatest + reach)
    guard number < low || number > high else { return }
    throw file.error(
      "the value lies outside the range of the variable", row: row, column: name,
      remedy: "Correct it, or leave the cell empty to have it filled in.")
  }

  // MARK: Columns

  /// The given cells of each column as the model's own columns store them, and which cells are given.
  func columns() -> [(column: Column, isGiven: [Bool])] {
    file.table.columns.compactMap { column in
      guard let cells = cells[column.name]?.cells else { return nil }
      let isGiven = cells.map { cell in
        switch cell {
        case .open, .free, .missing: false
        case .number, .text: true
        }
      }
      guard isGiven.contains(true) else { return nil }
      return (
        Column(
          name: column.name, values: values(cells, column),
          form: model.schema.variable(named: column.name)?.form ?? .text), isGiven
      )
    }
  }

  private func values(_ cells: [GivenCells.Cell], _ column: Column) -> ColumnValues {
    if let storage = storage(of: column.name) {
      return storage.values(
        cells.map { cell in
          if case .number(let number) = cell { return number }
          return 0
        })
    }
    let texts = cells.map { cell -> String in
      if case .text(let text) = cell { return text }
      return ""
    }
    let layout = variables.first { $0.name == column.name }?.layout
    if case .levels(let levels)? = layout?.content {
      switch levels.levels {
      case .booleans: return .booleans(texts.map { $0 == "true" })
      case .wholeNumbers: return .wholeNumbers(texts.map { Int64($0) ?? 0 })
      case .numbers: return .numbers(texts.map { Double($0) ?? 0 })
      case .dates, .times, .dateTimes: return column.values
      case .texts: break
      }
    }
    var pool = TextPool([])
    var places: [String: UInt32] = [:]
    let codes = texts.map { text -> UInt32 in
      if let place = places[text] { return place }
      let place = UInt32(pool.count)
      pool.append(text)
      places[text] = place
      return place
    }
    return .texts(codes: codes, pool: pool)
  }
}
