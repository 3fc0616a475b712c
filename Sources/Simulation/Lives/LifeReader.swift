// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads a life model from YAML: people, periods, parameters, scenarios and runs.
struct LifeReader {
  private static let keys = [
    "simulate", "seed", "population", "tables", "links", "lookups", "parameters", "periods",
    "start",
    "each_period", "scenarios", "runs", "record", "report", "purpose", "notes",
  ]

  let nodes: ModelNodes
  let files: ModelFiles
  var model = LifeModel()
  /// The columns of each look-up table: keys, and last the value.
  var lookupKeys: [String: [String]] = [:]

  init(_ root: Node.Mapping, _ nodes: ModelNodes, _ files: ModelFiles) throws(DataError) {
    self.nodes = nodes
    self.files = files
    model.file = nodes.file
    for (key, _) in root where !Self.keys.contains(key.string ?? "") {
      throw nodes.unknown(key, among: Self.keys)
    }
    model.seed = root["seed"]?.string
    guard let periods = root["periods"], let steps = root["each_period"] else {
      throw DataError(
        "the model names no `\(root["periods"] == nil ? "periods" : "each_period")`",
        file: nodes.file, line: 1, position: 1,
        remedy: "Add `periods: {from: 2027, to: 2036}` and `each_period:` with a list.")
    }
    try read(periods: periods)
    if let node = root["parameters"] { try read(parameters: node) }
    if let node = root["tables"] {
      try read(tables: node, seed: root["seed"])
    } else if let node = root["population"] {
      try read(population: node)
    } else {
      throw DataError(
        "the model names no population", file: nodes.file, line: 1, position: 1,
        remedy: "Add `population: {person: people.csv}`, or `tables:` that formulas make.")
    }
    if let node = root["links"] { try read(links: node) }
    if let node = root["lookups"] { try read(lookups: node) }
    if let node = root["start"] { model.start = try read(steps: node, "start") }
    model.steps = try read(steps: steps, "each_period")
    if let node = root["runs"] { try read(runs: node) }
    try read(scenarios: root["scenarios"])
    if let node = root["record"] { try read(record: node) }
    if let node = root["report"] { try read(report: node) }
    // Every period in which a parameter changes is checked before anything runs.
    for scenario in model.scenarios {
      var last: [String: LifeParameter.Value] = [:]
      for period in model.periods.range {
        var now: [String: LifeParameter.Value] = [:]
        for parameter in scenario.parameters {
          now[parameter.name] = try parameter.value(on: model.periods.firstDay(of: period))
        }
        if period == model.periods.range.lowerBound || now != last {
          _ = try LifeCompiler.program(
            model, scenario, period: period,
            unknown: Dictionary(
              model.runs.unknown.map { ($0.name, 0.5) }, uniquingKeysWith: { first, _ in first }))
        }
        last = now
      }
    }
  }

  private mutating func read(periods node: Node) throws(DataError) {
    let example = "Write `periods: {from: 2027, to: 2036}`, or months as `2027-04`."
    var ends: [String: (day: Int, isMonthly: Bool)] = [:]
    for (key, value) in try nodes.mapping(node, "periods", example) {
      let name = key.string ?? ""
      guard ["from", "to", "step"].contains(name) else {
        throw nodes.unknown(key, among: ["from", "to", "step"])
      }
      if name == "step" {
        guard ["year", "month"].contains(value.string) else {
          throw nodes.problem("`step` is neither year nor month", value, "Write `step: year`.")
        }
        model.periods.isMonthly = value.string == "month"
        continue
      }
      let text = value.string ?? ""
      guard let day = LifePeriods.day(text) else {
        throw nodes.problem("`\(name)` is no year and no month", value, example)
      }
      ends[name] = (day, text.contains("-"))
    }
    guard let from = ends["from"], let to = ends["to"] else {
      throw nodes.problem("the periods have no `from` or no `to`", node, example)
    }
    if from.isMonthly { model.periods.isMonthly = true }
    func number(_ day: Int) -> Int {
      let date = CalendarDate(daysSince1970: day)
      return model.periods.isMonthly ? date.year * 12 + date.month - 1 : date.year
    }
    let (first, last) = (number(from.day), number(to.day))
    guard first <= last, last - first < LifePeriods.limit else {
      throw nodes.problem(
        "the periods end before they begin, or are more than \(LifePeriods.limit)", node, example)
    }
    model.periods.range = first...last
  }

  private mutating func read(runs node: Node) throws(DataError) {
    let example = "Write `runs: {replications: 20, draw_parameters: {error: \"~ normal(0, 1)\"}}`."
    let known = ["replications", "draw_parameters", "parameter_draws"]
    var draws: Int?
    for (key, value) in try nodes.mapping(node, "runs", example) {
      switch key.string ?? "" {
      case "replications":
        model.runs.replications = try nodes.whole(value, "replications", 1...100_000)
      case "parameter_draws": draws = try nodes.whole(value, "parameter_draws", 2...100_000)
      case "draw_parameters":
        for (key, value) in try nodes.mapping(value, "draw_parameters", example) {
          let name = key.string ?? ""
          guard case .draw(let call) = try nodes.formula(value, name).formula else {
            throw nodes.problem("parameter `\(name)` is not drawn", value, example)
          }
          _ = try CompiledDraw(
            call, in: FormulaScope(tables: [FormulaScope.Table(columns: [])]))
          model.runs.unknown.append((name, call))
        }
      default: throw nodes.unknown(key, among: known)
      }
    }
    if !model.runs.unknown.isEmpty { model.runs.parameterDraws = draws ?? 10 }
    guard model.runs.count <= 1_000_000 else {
      throw nodes.problem("there are more than a million runs", node, "Ask for fewer.")
    }
  }

  private mutating func read(record node: Node) throws(DataError) {
    let example = "Write `record: {person: {every: 5, columns: [age, net]}}`."
    for (key, value) in try nodes.mapping(node, "record", example) {
      let table = try table(key)
      var recording = LifeModel.Recording()
      for (field, content) in try nodes.mapping(value, "record", example) {
        switch field.string ?? "" {
        case "every": recording.every = try nodes.whole(content, "every", 1...LifePeriods.limit)
        case "columns":
          guard let list = content.sequence else {
            throw nodes.problem("`columns` holds no list", content, example)
          }
          recording.columns = []
          for item in list { recording.columns?.append(try column(item, of: table)) }
        default: throw nodes.unknown(field, among: ["every", "columns"])
        }
      }
      model.recordings[model.populations[table].name] = recording
    }
  }

  private mutating func read(report node: Node) throws(DataError) {
    let example = "Write `report: {compare: household.net, by: [decile], measures: [mean, gini]}`."
    let keys = ["compare", "by", "measures", "weight"]
    var report = LifeReport()
    let fields = try nodes.mapping(node, "report", example)
    for (key, _) in fields where !keys.contains(key.string ?? "") {
      throw nodes.unknown(key, among: keys)
    }
    guard let compare = fields["compare"] else {
      throw nodes.problem("the report compares nothing", node, example)
    }
    for item in compare.sequence.map(Array.init) ?? [compare] {
      let (table, name) = try place(item)
      report.subjects.append(.init(table: table, column: try known(name, of: table, item)))
    }
    let table = report.subjects[0].table
    if let by = fields["by"] {
      for item in by.sequence.map(Array.init) ?? [by] {
        report.groups.append(
          item.string == "decile" ? "decile" : try column(item, of: table))
      }
    }
    if let measures = fields["measures"] {
      report.measures = []
      for item in measures.sequence.map(Array.init) ?? [measures] {
        guard let measure = LifeMeasure(item.string ?? "") else {
          throw nodes.problem(
            "there is no measure `\(item.string ?? "")`", item,
            Suggestion.remedy(for: item.string ?? "", among: LifeMeasure.names))
        }
        report.measures.append(measure)
      }
    }
    if let weight = fields["weight"] { report.weight = try column(weight, of: table) }
    model.report = report
  }

  // MARK: Names

  func table(_ node: Node) throws(DataError) -> Int {
    let name = node.string ?? ""
    guard let index = model.populations.firstIndex(where: { $0.name == name }) else {
      throw nodes.problem(
        "there is no table `\(name)`", node,
        Suggestion.remedy(for: name, among: model.populations.map(\.name)))
    }
    return index
  }

  /// The table and the column of `person.age`; of the only table where there is one.
  func place(_ node: Node) throws(DataError) -> (table: Int, column: String) {
    let parts = (node.string ?? "").split(separator: ".", maxSplits: 1).map(String.init)
    if parts.count == 1, model.populations.count == 1 { return (0, parts[0]) }
    guard parts.count == 2 else {
      throw nodes.problem(
        "`\(node.string ?? "")` names no table", node, "Write the table before it, as `person.age`."
      )
    }
    guard let table = model.populations.firstIndex(where: { $0.name == parts[0] }) else {
      throw nodes.problem(
        "there is no table `\(parts[0])`", node,
        Suggestion.remedy(for: parts[0], among: model.populations.map(\.name)))
    }
    return (table, parts[1])
  }

  /// A column of a table, with or without the table's name before it.
  func column(_ node: Node, of table: Int) throws(DataError) -> String {
    let prefix = model.populations[table].name + "."
    let text = node.string ?? ""
    return try known(
      text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text, of: table, node)
  }

  private func known(_ name: String, of table: Int, _ node: Node) throws(DataError) -> String {
    let made = (model.start + model.steps).flatMap { step -> [String] in
      switch step {
      case .assign(let assignment): assignment.table == table ? [assignment.column] : []
      case .pair(let pairing): pairing.table == table ? [pairing.column] : []
      case .births(let birth): birth.table == table ? birth.columns.map(\.column) : []
      default: []
      }
    }
    let all = model.populations[table].columns.map(\.name) + made
    guard all.contains(name) else {
      throw nodes.problem(
        "table `\(model.populations[table].name)` has no column `\(name)`", node,
        Suggestion.remedy(for: name, among: all))
    }
    return name
  }
}
