// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `rules:` and `order:` of a table.
struct RuleReader {
  let file: SpecificationFile
  /// Everything that the specification makes.
  let scope: FormulaScope

  func rules(of node: TableNode) throws(DataError) -> [RowRule] {
    var rules: [RowRule] = []
    func add(_ name: String?, _ text: String, _ place: SourcePlace, _ at: Node) throws(DataError) {
      let condition = try CompiledFormula(
        condition: Expression(parsing: text, at: place), in: scope)
      guard !condition.references.isEmpty else {
        throw file.problem("the rule names no column", at, "Name one, as `end >= start`.")
      }
      let rule = RowRule(name: name ?? text, condition: condition, place: place)
      guard !rules.contains(where: { $0.name == rule.name }) else {
        throw file.problem(
          "the rule `\(rule.name)` comes twice", at, "Give each rule once, and a name of its own.")
      }
      rules.append(rule)
    }
    for (name, entry) in try Self.entries(node.rules, file) {
      try add(name, entry.scalar?.string ?? "", file.place(of: entry), entry)
    }
    for (names, entry) in try orders(node.order) {
      for (first, second) in zip(names, names.dropFirst()) {
        try add(
          nil, "\(Self.quoted(first)) <= \(Self.quoted(second))", file.place(of: entry), entry)
      }
    }
    return rules
  }

  /// The rules as they are written, each with its name if it has one.
  private static func entries(
    _ node: Node?, _ file: SpecificationFile
  ) throws(DataError) -> [(String?, Node)] {
    guard let node else { return [] }
    if node.scalar != nil { return [(nil, node)] }
    var entries: [(String?, Node)] = []
    if let named = node.mapping {
      for (key, value) in named { entries.append((key.string ?? "", value)) }
    } else {
      for value in node.sequence ?? [] { entries.append((nil, value)) }
    }
    for (_, value) in entries where value.scalar == nil {
      throw file.problem(
        "a rule is no formula", value, "Write a condition, as `end >= start`, in quotes if need be."
      )
    }
    return entries
  }

  private func orders(_ node: Node?) throws(DataError) -> [([String], Node)] {
    guard let node else { return [] }
    var lists: [Node] = [node]
    if let entries = node.sequence, entries.contains(where: { $0.sequence != nil }) {
      lists = Array(entries)
    }
    var orders: [([String], Node)] = []
    for list in lists {
      let names = try file.names(list, "order")
      let known = scope.tables[scope.current].columns.map(\.name)
      for name in names where !known.contains(name) {
        throw file.problem(
          "there is no column `\(name)`", list, Suggestion.remedy(for: name, among: known))
      }
      guard names.count > 1 else {
        throw file.problem(
          "`order` names one column", list, "Name two or more, as `order: [start, end]`.")
      }
      orders.append((names, list))
    }
    return orders
  }

  /// A name as a formula takes it.
  private static func quoted(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      && !["and", "or", "not", "in", "true", "false", "missing"].contains(name)
    guard !isPlain else { return name }
    return "`"
      + name.split(separator: "`", omittingEmptySubsequences: false)
      .joined(separator: "``") + "`"
  }
}
