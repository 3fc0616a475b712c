// SPDX-License-Identifier: Apache-2.0
import Schemas
public import Tables
import Yams

extension SchemaOverrides {
  private static let variableKeys = [
    "kind", "role", "measure", "label", "missing", "values", "decimals", "minimum",
    "maximum", "why",
  ]

  /// Reads what `describe` writes, or any part of it.
  ///
  /// - Throws: `DataError` with file, line and position if the text is no such YAML.
  public init(yaml text: String, file: String) throws(DataError) {
    self.file = file
    entries = []
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let YamlError.parser(_, problem, mark, _) {
      throw DataError(
        "the file is not well-formed YAML: \(problem)", file: file, line: mark.line,
        position: mark.column, remedy: "Mend the line; two spaces indent, a colon follows a key.")
    } catch let YamlError.scanner(_, problem, mark, _) {
      throw DataError(
        "the file is not well-formed YAML: \(problem)", file: file, line: mark.line,
        position: mark.column, remedy: "Mend the line; two spaces indent, a colon follows a key.")
    } catch {
      throw DataError(
        "the file is not well-formed YAML", file: file,
        remedy: "Write UTF-8 text as `describe` does.")
    }
    guard let mapping = root?.mapping else {
      throw DataError(
        "the file holds no mapping", file: file, line: 1,
        remedy: "Start with `variables:` and name variables below it, as `describe` does.")
    }
    for (key, value) in mapping {
      switch key.string {
      case "schema", "table", "rows", "source", "handmade": continue
      case "variables": try read(variables: value)
      default:
        throw problem(
          "unknown key \"\(key.string ?? "")\"", key,
          NearMiss.remedy(for: key.string ?? "", among: ["schema", "table", "rows", "variables"]))
      }
    }
  }

  private mutating func read(variables node: Node) throws(DataError) {
    guard let mapping = node.mapping else {
      throw problem("`variables` holds no mapping", node, "Name variables below it, one a line.")
    }
    for (key, value) in mapping {
      guard let name = key.string else {
        throw problem("a variable has no name", key, "Give the column's name, then a colon.")
      }
      var entry = Entry(name: name, line: key.mark?.line ?? 1)
      guard let fields = value.mapping else {
        throw problem(
          "nothing is said of variable \"\(name)\"", value,
          "Give keys such as `kind:` below it, indented by two more spaces.")
      }
      for (field, content) in fields { try read(field, content, into: &entry) }
      entries.append(entry)
    }
  }

  private func read(_ field: Node, _ content: Node, into entry: inout Entry) throws(DataError) {
    switch field.string {
    case "kind": entry.kind = try choice(content, VariableKind.allCases)
    case "measure": entry.measure = try choice(content, Measure.allCases)
    case "role":
      entry.role =
        content.string == "none" ? .some(nil) : .some(try choice(content, VariableRole.allCases))
    case "label": entry.label = words(content)
    case "missing":
      guard let list = content.sequence else {
        throw problem("`missing` is no list", content, "Write codes as [\"-9\", \"NA\"].")
      }
      entry.missingCodes = list.compactMap { node in
        if let mapping = node.mapping, let (code, label) = mapping.first {
          return MissingReason(code: code.scalarText, label: label.scalarText)
        }
        return MissingReason(code: node.scalarText)
      }
    case "values":
      guard let mapping = content.mapping else {
        throw problem("`values` is no mapping", content, "Write one `code: label` a line.")
      }
      entry.valueLabels = mapping.map { code, label in
        ValueLabel(code: code.scalarText, label: words(label))
      }
    case "minimum": entry.minimum = try number(content, "minimum")
    case "maximum": entry.maximum = try number(content, "maximum")
    case "decimals": entry.decimals = content.int.flatMap { (0...15).contains($0) ? $0 : nil }
    case "why": break
    default:
      throw problem(
        "unknown key \"\(field.string ?? "")\"", field,
        NearMiss.remedy(for: field.string ?? "", among: Self.variableKeys))
    }
  }

  private func number(_ node: Node, _ key: String) throws(DataError) -> Double {
    guard let value = Double(node.scalarText), value.isFinite else {
      throw problem("`\(key)` is no number", node, "Write a number, as `\(key): 0`.")
    }
    return value
  }

  private func words(_ node: Node) -> [String: String] {
    guard let mapping = node.mapping else { return ["en": node.scalarText] }
    return Dictionary(
      mapping.map { ($0.scalarText, $1.scalarText) }, uniquingKeysWith: { first, _ in first })
  }

  private func choice<Value: RawRepresentable<String>>(
    _ node: Node, _ all: [Value]
  ) throws(DataError) -> Value {
    guard let value = Value(rawValue: node.scalarText) else {
      throw problem(
        "\"\(node.scalarText)\" is not known here", node,
        NearMiss.remedy(for: node.scalarText, among: all.map(\.rawValue)))
    }
    return value
  }

  private func problem(_ message: String, _ node: Node, _ remedy: String) -> DataError {
    DataError(
      message, file: file, line: node.mark?.line, position: node.mark?.column, remedy: remedy)
  }
}

extension Node {
  fileprivate var scalarText: String { scalar?.string ?? "" }
}
