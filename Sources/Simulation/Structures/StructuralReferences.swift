// SPDX-License-Identifier: Apache-2.0
import Formulas

/// Which columns a formula reads.
struct StructuralReferences {
  let scope: FormulaScope

  private static let aggregates: Set<String> = ["mean", "sum", "count", "any", "all", "min", "max"]

  /// What is read: a column of this period, one of a period before, or a table's rows.
  struct Found: Hashable {
    var table: Int
    /// Nil for the rows of the table.
    var column: Int?
    var isLagged = false
  }

  /// What an expression for the rows of a table reads; names that nothing has are left out.
  func found(in expression: Expression, table: Int) -> [Found] {
    var found: [Found] = []
    walk(expression, table, &found)
    return found
  }

  private func walk(_ expression: Expression, _ table: Int, _ found: inout [Found]) {
    switch expression.kind {
    case .literal: break
    case .name(let path): resolve(path, table, isLagged: false, &found)
    case .lag(let path, _): resolve(path, table, isLagged: true, &found)
    case .negative(let operand), .not(let operand): walk(operand, table, &found)
    case .binary(_, let left, let right):
      walk(left, table, &found)
      walk(right, table, &found)
    case .isIn(let value, let list): ([value] + list).forEach { walk($0, table, &found) }
    case .isBetween(let value, let low, let high):
      [value, low, high].forEach { walk($0, table, &found) }
    case .list(let list): list.forEach { walk($0, table, &found) }
    case .call(let name, let arguments):
      var inner = table
      if Self.aggregates.contains(name), let first = arguments.first,
        let child = first.value.names.lazy.compactMap({ child($0[0], of: table) }).first
      {
        inner = child
        found.append(Found(table: child, column: nil))
      }
      for argument in arguments { walk(argument.value, inner, &found) }
    }
  }

  private func child(_ name: String, of table: Int) -> Int? {
    let children = scope.links.filter { $0.parent == table }.map(\.child)
    if name == "child", children.count == 1 { return children[0] }
    return children.first { scope.tables[$0].name == name }
  }

  private func resolve(
    _ path: [String], _ table: Int, isLagged: Bool, _ found: inout [Found]
  ) {
    let own = scope.tables[table]
    if path.count == 1 {
      guard let column = own.columns.firstIndex(where: { $0.name == path[0] }) else { return }
      found.append(Found(table: table, column: column, isLagged: isLagged))
      return
    }
    let rest = Array(path.dropFirst())
    if let link = scope.links.first(where: {
      $0.child == table && ($0.name == path[0] || path[0] == "parent")
    }) {
      resolve(rest, link.parent, isLagged: isLagged, &found)
    } else if path[0] == own.name || path[0] == "child" {
      resolve(rest, table, isLagged: isLagged, &found)
    }
  }
}
