// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads how one column is made, checking its formulas against a scope.
struct ColumnReader {
  let file: SpecificationFile
  let scope: FormulaScope
  /// The names of the table's parents.
  let parents: [String]
  /// The population of the table's published tables.
  var published: PublishedPopulation?
  /// The points of the table, as they are written.
  var points: Node?
  /// Reads the files that the specification names.
  var inputs = SpecificationInputs()

  private static let keys = [
    "value", "by", "pattern", "length", "sequence", "point", "json", "array", "markov",
    "unique", "longest", "decimals",
    "missing", "notes",
  ]

  /// The keys that say how a column is made.
  static let makers = [
    "value", "by", "pattern", "sequence", "point", "json", "array", "markov",
  ]

  func column(
    named name: String, _ value: Node
  ) throws(DataError) -> (Specification.Column, FormulaType) {
    if value.scalar != nil {
      let (maker, type) = try formula(value)
      return (Specification.Column(name: name, maker: maker), type)
    }
    guard let fields = value.mapping else {
      throw file.problem(
        "column `\(name)` is a list", value, "Write a formula, or keys such as `by:`.")
    }
    var made: (Specification.Maker, FormulaType)?
    var column = Specification.Column(name: name, maker: .sequence(start: 1, step: 1))
    for (field, content) in fields {
      var maker: (Specification.Maker, FormulaType)?
      switch field.string ?? "" {
      case "value": maker = try formula(content)
      case "by" where content.string == "published":
        maker = try publishedVariable(name, content)
      case "by": maker = (.provider(try provider(content)), .text)
      case "pattern":
        maker = (
          try PatternReader(file: file).maker(content, length: fields["length"], fields["unique"]),
          .text
        )
      case "sequence": maker = (try sequence(content), .whole)
      case "point":
        let reader = PointReader(file: file, scope: scope, parents: parents)
        maker = (try reader.maker(content, among: points), .number)
      case "json": maker = (try StructureReader(columns: self).object(content), .text)
      case "array":
        let structures = StructureReader(columns: self)
        maker = (try structures.array(content, length: fields["length"]), .text)
      case "markov":
        maker = (try MarkovReader(file: file, files: inputs).maker(content), .text)
      case "decimals": column.decimals = try file.whole(content, "decimals", 0...15)
      case "longest": column.longest = try file.whole(content, "longest", 1...1_000_000)
      case "missing", "length", "notes", "unique": break
      default: throw file.unknown(field, among: Self.keys)
      }
      if let maker {
        guard made == nil else {
          throw file.problem(
            "column `\(name)` is made in two ways", field,
            "Keep one of \(Self.makers.map { "`\($0)`" }.joined(separator: ", ")).")
        }
        made = maker
      }
    }
    guard let made else {
      throw file.problem(
        "nothing says how column `\(name)` is made", value,
        "Add `value: ~ normal(0, 1)`, `by: person.name`, `pattern: \"[A-Z]{3}\"` or `sequence: 1`.")
    }
    column.maker = made.0
    if case .point(let points, _) = made.0, column.decimals == nil {
      // Six digits of a degree are a decimetre.
      column.decimals = points.isGeographic ? 6 : 2
    }
    if column.decimals != nil, made.1 != .number {
      throw file.problem(
        "column `\(name)` is \(made.1.words) and has no decimals", value, "Take `decimals` out.")
    }
    if let node = fields["longest"], made.1 != .text {
      throw file.problem(
        "column `\(name)` is \(made.1.words), not a text", node, "Take `longest` out.")
    }
    if let node = fields["unique"], fields["pattern"] == nil, fields["sequence"] == nil {
      throw file.problem(
        "only a pattern or a sequence can promise different values", node,
        "Write `pattern: \"[A-Z]{2}[0-9]{6}\"` or `sequence: 1`.")
    }
    if let node = fields["missing"] {
      let entries = node.sequence.map { Array($0) } ?? [node]
      for entry in entries { column.gaps.append(try gap(entry, of: name, made.1)) }
    }
    return (column, made.1)
  }

  func formula(_ node: Node) throws(DataError) -> (Specification.Maker, FormulaType) {
    guard let text = node.scalar?.string else {
      throw file.problem("a formula stands here as a list", node, "Put it into quotes.")
    }
    switch try Formula(parsing: text, at: file.place(of: node)) {
    case .value(let expression):
      let compiled = try CompiledFormula(expression, in: scope)
      return (.value(compiled), compiled.type)
    case .draw(let call):
      let compiled = try CompiledDraw(call, in: scope)
      return (.draw(compiled), compiled.type)
    }
  }

  private func publishedVariable(
    _ name: String, _ node: Node
  ) throws(DataError) -> (Specification.Maker, FormulaType) {
    guard let published else {
      throw file.problem(
        "the table has no `published` tables", node, "Add `published:` beside `columns:`.")
    }
    guard let variable = published.variables.firstIndex(of: name) else {
      throw file.problem(
        "no published table is of `\(name)`", node,
        Suggestion.remedy(for: name, among: published.variables))
    }
    if let grid = published.space.variables[variable].grid {
      return (.published(variable), grid.isWhole ? .whole : .number)
    }
    var codes: [String] = []
    for level in published.levels[variable] where !codes.contains(level) { codes.append(level) }
    let set = LevelSet(codes: codes, isOrdered: false, isClosed: true)
    return (.published(variable), .category(set))
  }

  private func provider(_ node: Node) throws(DataError) -> Provider {
    guard let provider = Provider.named(node.string ?? "") else {
      throw file.problem(
        "there is no provider `\(node.string ?? "")`", node,
        Suggestion.remedy(for: node.string ?? "", among: Provider.all.map(\.name)))
    }
    return provider
  }

  private func sequence(_ node: Node) throws(DataError) -> Specification.Maker {
    if node.scalar != nil {
      return .sequence(
        start: try file.whole(node, "sequence", -1_000_000_000...1_000_000_000_000), step: 1)
    }
    guard let fields = node.mapping else {
      throw file.problem("`sequence` is a list", node, "Write `sequence: 1`, the first number.")
    }
    var start = 1
    var step = 1
    var within: Int?
    for (key, value) in fields {
      switch key.string ?? "" {
      case "start": start = try file.whole(value, "start", -1_000_000_000...1_000_000_000_000)
      case "step": step = try file.whole(value, "step", -1_000_000...1_000_000)
      case "within":
        guard let parent = parents.firstIndex(of: value.string ?? "") else {
          throw file.problem(
            "there is no parent `\(value.string ?? "")`", value,
            Suggestion.remedy(
              for: value.string ?? "", among: parents, otherwise: "This table has no parents."))
        }
        within = parent
      default: throw file.unknown(key, among: ["start", "step", "within"])
      }
    }
    guard step != 0 else { throw file.problem("the step is 0", node, "Write a step such as 1.") }
    if let within { return .numberWithin(parent: within, start: start, step: step) }
    return .sequence(start: start, step: step)
  }

  private func gap(
    _ node: Node, of name: String, _ type: FormulaType
  ) throws(DataError) -> Specification.Gap {
    var gap = Specification.Gap(reason: MissingReason(code: ""), rate: 1, condition: nil)
    guard let fields = node.mapping else {
      throw file.problem(
        "`missing` is no mapping", node, "Write `missing: {rate: 0.1, reason: \"-9\"}`.")
    }
    // The condition may name the column itself, as its full values are known.
    var scope = scope
    scope.tables[scope.current].columns.append(.init(name: name, type: type))
    for (key, value) in fields {
      switch key.string ?? "" {
      case "rate": gap.rate = try file.share(value, "rate")
      case "reason": gap.reason.code = value.scalar?.string ?? ""
      case "label": gap.reason.label = value.string
      case "when":
        let expression = try Expression(
          parsing: value.scalar?.string ?? "", at: file.place(of: value))
        gap.condition = try CompiledFormula(condition: expression, in: scope)
      default: throw file.unknown(key, among: ["rate", "reason", "label", "when"])
      }
    }
    guard fields["rate"] != nil || gap.condition != nil else {
      throw file.problem(
        "`missing` says neither how many nor when", node, "Add `rate:` or `when:`.")
    }
    return gap
  }
}
