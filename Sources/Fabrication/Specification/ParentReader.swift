// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads which tables the rows of a table belong to.
struct ParentReader {
  let file: SpecificationFile
  let scope: FormulaScope
  let tables: [Specification.TableSpecification]

  private static let keys = ["table", "each", "weight", "optional", "notes"]

  func parents(of table: Int, _ node: TableNode) throws(DataError) -> [Specification.Parent] {
    var parents: [Specification.Parent] = []
    for (key, value) in node.parents {
      let parent = try parent(of: table, key, value)
      if parent.each != nil {
        guard node.rowCount == nil else {
          throw file.problem(
            "table `\(node.name)` has `rows` and a parent with `each`", key,
            "Keep one: `each` says how many rows there are.")
        }
        guard !parents.contains(where: { $0.each != nil }) else {
          throw file.problem(
            "two parents have `each`", key, "Let the rows choose one of them: take `each` out.")
        }
      }
      parents.append(parent)
    }
    return parents
  }

  private func parent(
    of table: Int, _ key: Node, _ value: Node
  ) throws(DataError) -> Specification.Parent {
    let name = key.string ?? ""
    guard value.mapping != nil || ["", "~", "null"].contains(value.scalar?.string) else {
      throw file.problem(
        "parent `\(name)` is no mapping", value, "Write `\(name): {}`, or `\(name): {each: 2}`.")
    }
    let fields = value.mapping ?? Node.Mapping([])
    for (field, _) in fields where !Self.keys.contains(field.string ?? "") {
      throw file.unknown(field, among: Self.keys)
    }
    let target = fields["table"]?.string ?? name
    guard let index = tables.firstIndex(where: { $0.name == target }) else {
      throw file.problem(
        "there is no table `\(target)`", fields["table"] ?? key,
        Suggestion.remedy(for: target, among: tables.map(\.name)))
    }
    var parent = Specification.Parent(name: name, table: index)
    var above = scope
    above.current = index
    if let node = fields["each"] {
      guard index != table else {
        throw file.problem(
          "`each` of a table's own rows has no end", node,
          "Give `rows:`; each row then chooses one before it.")
      }
      if let members = tables[table].published?.members, members.parent == index {
        parent.each = .published(members.sizeVariable)
        return parent
      }
      let (maker, type) = try ColumnReader(file: file, scope: above, parents: []).formula(node)
      guard type.isNumeric else {
        throw file.problem("`each` is \(type.words)", node, "Write a number, as `~ poisson(2)`.")
      }
      parent.each = maker
    }
    if let node = fields["weight"] {
      guard parent.each == nil, index != table else {
        throw file.problem(
          "`weight` has no meaning here", node,
          "It is for rows that choose a row of another table: take `each` out.")
      }
      let expression = try Expression(
        parsing: node.scalar?.string ?? "", at: file.place(of: node))
      let formula = try CompiledFormula(expression, in: above)
      guard formula.type.isNumeric else {
        throw file.problem(
          "`weight` is \(formula.type.words)", node, "Write a number or a column of numbers.")
      }
      parent.weight = formula
    }
    if let node = fields["optional"] {
      guard parent.each == nil else {
        throw file.problem(
          "`optional` has no meaning beside `each`", node, "Take one of them out.")
      }
      parent.optional = try file.share(node, "optional")
    }
    return parent
  }

  /// The parents whose keys alone make the key of the table.
  func distinctParents(_ parents: [Specification.Parent], _ node: TableNode) -> [Int] {
    var found: Set<Int> = []
    for name in node.key {
      guard let value = node.columns.first(where: { $0.key.string == name })?.value,
        let text = (value.scalar ?? value["value"]?.scalar)?.string,
        case .value(let expression)? = try? Formula(parsing: text),
        case .name(let path) = expression.kind, path.count == 2,
        let parent = parents.firstIndex(where: { $0.name == path[0] })
      else { return [] }
      found.insert(parent)
    }
    return found.sorted()
  }
}
