// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads pieces of a model file; every error knows its line and column.
struct ModelNodes {
  let file: String

  /// The mapping at the top of a file.
  func root(of text: String) throws(DataError) -> Node.Mapping {
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
        remedy: "Start with `simulate: 1`, `start:` and `transitions:`.")
    }
    return mapping
  }

  private func malformed(_ problem: String, _ mark: Mark) -> DataError {
    DataError(
      "the file is not well-formed YAML: \(problem)", file: file, line: mark.line,
      position: mark.column,
      remedy: "Mend the line; a formula that holds `: `, ` #` or begins with a sign needs quotes.")
  }

  func problem(_ message: String, _ node: Node, _ remedy: String) -> DataError {
    DataError(
      message, file: file, line: node.mark?.line ?? 1, position: node.mark?.column ?? 1,
      remedy: remedy)
  }

  func unknown(_ key: Node, among known: [String]) -> DataError {
    let name = key.string ?? ""
    return problem("unknown key `\(name)`", key, Suggestion.remedy(for: name, among: known))
  }

  func mapping(_ node: Node, _ what: String, _ remedy: String) throws(DataError) -> Node.Mapping {
    guard let mapping = node.mapping else {
      throw problem("`\(what)` holds no mapping", node, remedy)
    }
    return mapping
  }

  /// A finite number within a range.
  func number(
    _ node: Node, _ what: String, _ range: ClosedRange<Double> = -1e300...1e300
  ) throws(DataError) -> Double {
    guard node.scalar != nil, let value = Double((node.string ?? "").filter { $0 != "_" }),
      value.isFinite
    else {
      throw problem("`\(what)` is no number", node, "Write a number, as `\(what): 1.5`.")
    }
    guard range.contains(value) else {
      throw problem(
        "`\(what)` is outside \(range.lowerBound) to \(range.upperBound)", node,
        "Write a number within these limits.")
    }
    return value
  }

  /// A formula that stands in a scalar, with its text and the place of its first character.
  func formula(
    _ node: Node, _ what: String
  ) throws(DataError) -> (formula: Formula, text: String, place: SourcePlace) {
    guard let scalar = node.scalar else {
      throw problem("`\(what)` is no formula", node, "Put the formula into quotes.")
    }
    let isQuoted = scalar.style == .doubleQuoted || scalar.style == .singleQuoted
    let place = SourcePlace(
      file: file, line: node.mark?.line ?? 1,
      column: (node.mark?.column ?? 1) + (isQuoted ? 1 : 0))
    do {
      return (try Formula(parsing: scalar.string, at: place), scalar.string, place)
    } catch {
      var error = error
      if !isQuoted,
        scalar.string.count(where: { $0 == "(" }) > scalar.string.count(where: { $0 == ")" })
      {
        error.remedy =
          "Put the formula into quotes: inside `{…}` a comma ends it. Else close the call."
      }
      throw error
    }
  }

  /// An expression that stands in a scalar.
  func expression(_ node: Node, _ what: String) throws(DataError) -> Expression {
    switch try formula(node, what).formula {
    case .value(let expression): return expression
    case .draw(let call):
      throw call.place.error(
        "`\(what)` is computed, not drawn", remedy: "Take out `~`: chance decides elsewhere.")
    }
  }

  /// A whole number within a range.
  func whole(
    _ node: Node, _ what: String, _ range: ClosedRange<Int>
  ) throws(DataError) -> Int {
    let value = try number(node, what, Double(range.lowerBound)...Double(range.upperBound))
    guard value == value.rounded() else {
      throw problem("`\(what)` is no whole number", node, "Write a whole number.")
    }
    return Int(value)
  }

  /// `true` or `false`.
  func flag(_ node: Node, _ what: String) throws(DataError) -> Bool {
    guard let value = node.bool else {
      throw problem("`\(what)` is neither true nor false", node, "Write `\(what): true`.")
    }
    return value
  }
}
