// SPDX-License-Identifier: Apache-2.0

extension Expression {
  /// The expression with paths that are a column's name, such as `marital.status`, as one name.
  ///
  /// For a table without parents, of whose columns a path could be no other; the compiler reads them so too.
  public func joiningPaths(to columns: Set<String>) -> Expression {
    func joined(_ expression: Expression) -> Expression {
      expression.joiningPaths(to: columns)
    }
    func joined(_ path: [String]) -> [String] {
      let whole = path.joined(separator: ".")
      return path.count > 1 && columns.contains(whole) ? [whole] : path
    }
    let kind: Kind =
      switch self.kind {
      case .literal: self.kind
      case .name(let path): .name(joined(path))
      case .lag(let path, let periods): .lag(joined(path), periods)
      case .negative(let part): .negative(joined(part))
      case .not(let part): .not(joined(part))
      case .binary(let sign, let left, let right): .binary(sign, joined(left), joined(right))
      case .isIn(let part, let list): .isIn(joined(part), list.map { joined($0) })
      case .isBetween(let part, let low, let high):
        .isBetween(joined(part), joined(low), joined(high))
      case .list(let list): .list(list.map { joined($0) })
      case .call(let name, let arguments):
        .call(name, arguments.map { Argument(label: $0.label, value: joined($0.value)) })
      }
    return Expression(kind, at: place)
  }
}
