// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// The file a specification is read from: its places, its errors, its commonest values.
struct SpecificationFile {
  let name: String

  /// The parsed text.
  func root(of text: String) throws(DataError) -> Node {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let YamlError.parser(_, problem, mark, _) {
      throw malformed(problem, mark)
    } catch let YamlError.scanner(_, problem, mark, _) {
      throw malformed(problem, mark)
    } catch {
      throw atStart(
        "the file is not well-formed YAML", "Give each key once, and write UTF-8 text.")
    }
    guard let root, root.mapping != nil else {
      throw atStart(
        "the file holds no mapping", "Start with `fabricate: 1`, `rows:` and `columns:`.")
    }
    return root
  }

  private func malformed(_ problem: String, _ mark: Mark) -> DataError {
    DataError(
      "the file is not well-formed YAML: \(problem)", file: name, line: mark.line,
      position: mark.column,
      remedy:
        "Mend the line; a formula that begins with a quote, a bracket or a star needs quotes around it."
    )
  }

  /// An error of the file as a whole.
  func atStart(_ message: String, _ remedy: String) -> DataError {
    DataError(message, file: name, line: 1, position: 1, remedy: remedy)
  }

  func problem(_ message: String, _ node: Node, _ remedy: String) -> DataError {
    DataError(
      message, file: name, line: node.mark?.line ?? 1, position: node.mark?.column ?? 1,
      remedy: remedy)
  }

  /// An error about a key that is none of the known ones.
  func unknown(_ key: Node, among known: [String]) -> DataError {
    problem(
      "unknown key `\(key.string ?? "")`", key,
      Suggestion.remedy(for: key.string ?? "", among: known))
  }

  func whole(_ node: Node, _ what: String, _ range: ClosedRange<Int>) throws(DataError) -> Int {
    guard let text = node.string, let value = Int(text.filter { $0 != "_" }), range.contains(value)
    else {
      throw problem(
        "`\(what)` is no whole number from \(range.lowerBound) to \(range.upperBound)", node,
        "Write a number, as `\(what): \(max(range.lowerBound, min(1000, range.upperBound)))`.")
    }
    return value
  }

  func share(_ node: Node, _ what: String) throws(DataError) -> Double {
    guard let share = node.string.flatMap({ Double($0) }), (0...1).contains(share) else {
      throw problem("`\(what)` is not from 0 to 1", node, "Write 0.1 for 10 %.")
    }
    return share
  }

  /// One name or a list of names.
  func names(_ node: Node, _ what: String) throws(DataError) -> [String] {
    if let name = node.scalar?.string { return [name] }
    let names = node.sequence?.compactMap(\.scalar?.string) ?? []
    guard !names.isEmpty, names.count == node.sequence?.count else {
      throw problem("`\(what)` is no list of names", node, "Write `\(what): [a, b]`.")
    }
    return names
  }

  /// Where a node begins, with its quote if it has one.
  func start(of node: Node) -> SourcePlace {
    SourcePlace(file: name, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  /// Where a scalar's text begins: after its quote, if it has one.
  func place(of node: Node) -> SourcePlace {
    let isQuoted = node.scalar.map { $0.style == .doubleQuoted || $0.style == .singleQuoted }
    return SourcePlace(
      file: name, line: node.mark?.line ?? 1,
      column: (node.mark?.column ?? 1) + (isQuoted == true ? 1 : 0))
  }
}
