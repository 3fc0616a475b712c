// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads a specification from YAML, checking each formula against the columns before it.
struct SpecificationReader {
  let file: String
  private(set) var rowCount = 100
  private(set) var seed: String?
  private(set) var columns: [Specification.Column] = []
  private var known: [FormulaScope.Column] = []

  private static let keys = ["fabricate", "seed", "rows", "columns", "notes"]
  private static let columnKeys = [
    "value", "by", "pattern", "length", "sequence", "decimals", "missing", "notes",
  ]

  init(file: String) { self.file = file }

  mutating func read(_ text: String) throws(DataError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let YamlError.parser(_, problem, mark, _) {
      throw malformed(problem, mark)
    } catch let YamlError.scanner(_, problem, mark, _) {
      throw malformed(problem, mark)
    } catch {
      throw DataError(
        "the file is not well-formed YAML", file: file, line: 1, position: 1,
        remedy: "Give each key once, and write UTF-8 text.")
    }
    guard let mapping = root?.mapping else {
      throw DataError(
        "the file holds no mapping", file: file, line: 1, position: 1,
        remedy: "Start with `fabricate: 1`, `rows:` and `columns:`.")
    }
    var columnNode: Node?
    for (key, value) in mapping {
      switch key.string ?? "" {
      case "fabricate":
        guard value.string == "1" else {
          throw problem("this version is not known", value, "Write `fabricate: 1`.")
        }
      case "notes": break
      case "seed": seed = value.string
      case "rows": rowCount = try whole(value, "rows", 0...1_000_000_000)
      case "columns": columnNode = value
      default:
        throw problem(
          "unknown key `\(key.string ?? "")`", key,
          Suggestion.remedy(for: key.string ?? "", among: Self.keys))
      }
    }
    guard let columnNode else {
      throw DataError(
        "the specification names no columns", file: file, line: 1, position: 1,
        remedy: "Add `columns:` with one column a line.")
    }
    guard let named = columnNode.mapping, !named.isEmpty else {
      throw problem(
        "`columns` holds no mapping", columnNode, "Write one `name: ~ normal(0, 1)` a line.")
    }
    for (key, value) in named { try read(column: key, value) }
  }

  private func malformed(_ problem: String, _ mark: Mark) -> DataError {
    DataError(
      "the file is not well-formed YAML: \(problem)", file: file, line: mark.line,
      position: mark.column,
      remedy:
        "Mend the line; a formula that begins with a quote, a bracket or a star needs quotes around it."
    )
  }

  private func problem(_ message: String, _ node: Node, _ remedy: String) -> DataError {
    DataError(
      message, file: file, line: node.mark?.line ?? 1, position: node.mark?.column ?? 1,
      remedy: remedy)
  }

  private func whole(
    _ node: Node, _ what: String, _ range: ClosedRange<Int>
  ) throws(DataError) -> Int {
    guard let text = node.string, let value = Int(text.filter { $0 != "_" }), range.contains(value)
    else {
      throw problem(
        "`\(what)` is no whole number from \(range.lowerBound) to \(range.upperBound)", node,
        "Write a number, as `\(what): \(max(range.lowerBound, min(1000, range.upperBound)))`.")
    }
    return value
  }

  /// Where a scalar's text begins: after its quote, if it has one.
  private func place(of node: Node) -> SourcePlace {
    let isQuoted = node.scalar.map { $0.style == .doubleQuoted || $0.style == .singleQuoted }
    return SourcePlace(
      file: file, line: node.mark?.line ?? 1,
      column: (node.mark?.column ?? 1) + (isQuoted == true ? 1 : 0))
  }

  private var scope: FormulaScope { FormulaScope(tables: [.init(columns: known)]) }

  // MARK: Columns

  private mutating func read(column key: Node, _ value: Node) throws(DataError) {
    guard let name = key.string, !name.isEmpty else {
      throw problem("a column has no name", key, "Write its name, then a colon.")
    }
    guard !known.contains(where: { $0.name == name }) else {
      throw problem("column `\(name)` comes twice", key, "Give each column a name of its own.")
    }
    if value.scalar != nil {
      let (maker, type) = try formula(value)
      return append(Specification.Column(name: name, maker: maker), type)
    }
    guard let fields = value.mapping else {
      throw problem(
        "column `\(name)` is a list", value, "Write a formula, or keys such as `by:`.")
    }
    var made: (Specification.Maker, FormulaType)?
    var column = Specification.Column(name: name, maker: .sequence(start: 1, step: 1))
    for (field, content) in fields {
      var maker: (Specification.Maker, FormulaType)?
      switch field.string ?? "" {
      case "value": maker = try formula(content)
      case "by": maker = (.provider(try provider(content)), .text)
      case "pattern": maker = (try pattern(content, fields), .text)
      case "sequence": maker = (try sequence(content), .whole)
      case "decimals": column.decimals = try whole(content, "decimals", 0...15)
      case "missing", "length", "notes": break
      default:
        throw problem(
          "unknown key `\(field.string ?? "")`", field,
          Suggestion.remedy(for: field.string ?? "", among: Self.columnKeys))
      }
      if let maker {
        guard made == nil else {
          throw problem(
            "column `\(name)` is made in two ways", field,
            "Keep one of `value`, `by`, `pattern` and `sequence`.")
        }
        made = maker
      }
    }
    guard let made else {
      throw problem(
        "nothing says how column `\(name)` is made", value,
        "Add `value: ~ normal(0, 1)`, `by: person.name`, `pattern: \"[A-Z]{3}\"` or `sequence: 1`.")
    }
    column.maker = made.0
    if column.decimals != nil, made.1 != .number {
      throw problem(
        "column `\(name)` is \(made.1.words) and has no decimals", value, "Take `decimals` out.")
    }
    // The condition may name the column itself, as its full values are known.
    known.append(.init(name: name, type: made.1))
    if let node = fields["missing"] { column.gap = try gap(node) }
    columns.append(column)
  }

  private mutating func append(_ column: Specification.Column, _ type: FormulaType) {
    columns.append(column)
    known.append(.init(name: column.name, type: type))
  }

  private func formula(_ node: Node) throws(DataError) -> (Specification.Maker, FormulaType) {
    guard let text = node.scalar?.string else {
      throw problem("a formula stands here as a list", node, "Put it into quotes.")
    }
    switch try Formula(parsing: text, at: place(of: node)) {
    case .value(let expression):
      let compiled = try CompiledFormula(expression, in: scope)
      return (.value(compiled), compiled.type)
    case .draw(let call):
      let compiled = try CompiledDraw(call, in: scope)
      return (.draw(compiled), compiled.type)
    }
  }

  private func provider(_ node: Node) throws(DataError) -> Provider {
    guard let provider = Provider.named(node.string ?? "") else {
      throw problem(
        "there is no provider `\(node.string ?? "")`", node,
        Suggestion.remedy(for: node.string ?? "", among: Provider.all.map(\.name)))
    }
    return provider
  }

  private func pattern(
    _ node: Node, _ fields: Node.Mapping
  ) throws(DataError) -> Specification.Maker {
    guard let text = node.scalar?.string else {
      throw problem("the pattern is no text", node, "Put it into quotes.")
    }
    let pattern = try TextPattern(text, at: place(of: node))
    var lengths: ClosedRange<Int>?
    if let node = fields["length"] {
      guard let list = node.sequence, list.count == 2,
        let low = list[0].string.flatMap({ Int($0) }),
        let high = list[1].string.flatMap({ Int($0) }), low >= 0, low <= high
      else { throw problem("`length` is no range", node, "Write `length: [5, 10]`.") }
      lengths = low...high
    }
    return .pattern(try PatternSampler(pattern, lengths: lengths, at: place(of: node)))
  }

  private func sequence(_ node: Node) throws(DataError) -> Specification.Maker {
    if node.scalar != nil {
      return .sequence(
        start: try whole(node, "sequence", -1_000_000_000...1_000_000_000_000), step: 1)
    }
    guard let fields = node.mapping else {
      throw problem("`sequence` is a list", node, "Write `sequence: 1`, the first number.")
    }
    var start = 1
    var step = 1
    for (key, value) in fields {
      switch key.string ?? "" {
      case "start": start = try whole(value, "start", -1_000_000_000...1_000_000_000_000)
      case "step": step = try whole(value, "step", -1_000_000...1_000_000)
      default:
        throw problem(
          "unknown key `\(key.string ?? "")`", key,
          Suggestion.remedy(for: key.string ?? "", among: ["start", "step"]))
      }
    }
    guard step != 0 else { throw problem("the step is 0", node, "Write a step such as 1.") }
    return .sequence(start: start, step: step)
  }

  private func gap(_ node: Node) throws(DataError) -> Specification.Gap {
    var gap = Specification.Gap(reason: MissingReason(code: ""), rate: 1, condition: nil)
    guard let fields = node.mapping else {
      throw problem(
        "`missing` is no mapping", node, "Write `missing: {rate: 0.1, reason: \"-9\"}`.")
    }
    for (key, value) in fields {
      switch key.string ?? "" {
      case "rate":
        guard let rate = value.string.flatMap({ Double($0) }), (0...1).contains(rate) else {
          throw problem("`rate` is not from 0 to 1", value, "Write 0.1 for 10 %.")
        }
        gap.rate = rate
      case "reason": gap.reason.code = value.scalar?.string ?? ""
      case "label": gap.reason.label = value.string
      case "when":
        let expression = try Expression(parsing: value.scalar?.string ?? "", at: place(of: value))
        gap.condition = try CompiledFormula(condition: expression, in: scope)
      default:
        throw problem(
          "unknown key `\(key.string ?? "")`", key,
          Suggestion.remedy(for: key.string ?? "", among: ["rate", "reason", "label", "when"]))
      }
    }
    guard fields["rate"] != nil || gap.condition != nil else {
      throw problem("`missing` says neither how many nor when", node, "Add `rate:` or `when:`.")
    }
    return gap
  }
}
