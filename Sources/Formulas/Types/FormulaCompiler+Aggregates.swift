// SPDX-License-Identifier: Apache-2.0
import Numerics
import Tables

extension FormulaCompiler {
  private static let aggregates: Set<String> = ["mean", "sum", "count", "any", "all", "min", "max"]

  /// A number taken from the rows of a child table, or `nil` if the arguments name none.
  func aggregate(
    _ name: String, _ values: [Expression], at place: SourcePlace
  ) throws(DataError) -> CompiledPart? {
    guard Self.aggregates.contains(name) else { return nil }
    var link = values[0].names.lazy.compactMap { childLink(named: $0[0]) }.first
    if link == nil { link = try soleChild(values[0]) }
    guard let link else {
      let children = scope.links.filter { $0.parent == table }.map { scope.tables[$0.child].name }
      if name == "min" || name == "max", values.count > 1 || children.isEmpty { return nil }
      throw place.error(
        "`\(name)` names no child table",
        remedy: children.isEmpty
          ? "It adds up the rows of a table below this one; this table has none."
          : Suggestion.remedy(for: values[0].names.first?[0] ?? "", among: children))
    }
    guard values.count <= 2 else {
      throw place.error(
        "`\(name)` of a child's column takes a column and a condition",
        remedy: "Write `\(name)(child.x, condition)`.")
    }
    let child = scope.links[link].child
    let inner = FormulaCompiler(scope: scope, table: child, isOwnRow: false, notes: notes)
    let filter =
      values.count == 2 ? try inner.condition(inner.rooted(values[1]), of: name) : nil
    if name == "count", isTable(values[0], child) {
      return counting(link: link, child: child, filter: filter, at: place)
    }
    let value = try inner.compile(inner.rooted(values[0]))
    switch name {
    case "count":
      // The rows in which the expression is present.
      let present = CompiledPart(.boolean, at: place) { frame in
        let vector = value.evaluate(frame)
        return ValueVector(
          .booleans((0..<frame.rowCount).map { !vector.isMissing(at: $0) }))
      }
      return counting(
        link: link, child: child,
        filter: try filter.map { (filter) throws(DataError) in try logic(.and, filter, present) }
          ?? present, at: place)
    case "any", "all":
      let test = try condition(value, of: name)
      return quantified(name, link: link, child: child, test: test, filter: filter, at: place)
    default: return try folded(name, link: link, child: child, value, filter: filter, at: place)
    }
  }

  private func isTable(_ expression: Expression, _ child: Int) -> Bool {
    expression.kind == .name([scope.tables[child].name]) || expression.kind == .name(["child"])
  }

  /// The only child, where a formula says `child.x`.
  private func soleChild(_ expression: Expression) throws(DataError) -> Int? {
    guard expression.names.contains(where: { $0[0] == "child" }) else { return nil }
    let links = scope.links.indices.filter { scope.links[$0].parent == table }
    guard let link = links.first, links.count == 1 else {
      throw expression.error(
        links.isEmpty ? "this table has no child" : "this table has several children",
        remedy: links.isEmpty
          ? "Name its own columns."
          : "Say which one: "
            + links.map { "`\(scope.tables[scope.links[$0].child].name)`" }.joined(separator: ", ")
            + ".")
    }
    return link
  }

  /// The expression with `child.` taken away, which in the child's rows is the row itself.
  private func rooted(_ expression: Expression) -> Expression {
    var result = expression
    switch expression.kind {
    case .name(let path) where path.count > 1 && path[0] == "child":
      result.kind = .name(Array(path.dropFirst()))
    case .lag(let path, let periods) where path.count > 1 && path[0] == "child":
      result.kind = .lag(Array(path.dropFirst()), periods)
    case .literal, .name, .lag: break
    case .negative(let operand): result.kind = .negative(rooted(operand))
    case .not(let operand): result.kind = .not(rooted(operand))
    case .binary(let sign, let left, let right):
      result.kind = .binary(sign, rooted(left), rooted(right))
    case .isIn(let value, let list): result.kind = .isIn(rooted(value), list.map(rooted))
    case .isBetween(let value, let low, let high):
      result.kind = .isBetween(rooted(value), rooted(low), rooted(high))
    case .list(let list): result.kind = .list(list.map(rooted))
    case .call(let name, let arguments):
      result.kind = .call(
        name, arguments.map { Expression.Argument(label: $0.label, value: rooted($0.value)) })
    }
    return result
  }

  // MARK: Loops over the child's rows

  /// For each row of the child that counts: its parent's row.
  private static func owners(
    _ frame: Frame, _ link: Int, _ filter: CompiledPart?,
    _ body: (_ parent: Int, _ row: Int) -> Void
  ) {
    let rows = frame.data.parentRows[link]
    let vector = filter?.evaluate(frame.of(frame.scope.links[link].child))
    let flags = vector?.booleans
    for (row, parent) in rows.enumerated() where parent >= 0 {
      if let vector, let flags {
        guard !vector.isMissing(at: row), flags[row & vector.mask] else { continue }
      }
      body(Int(parent), row)
    }
  }

  private func counting(
    link: Int, child: Int, filter: CompiledPart?, at place: SourcePlace
  ) -> CompiledPart {
    CompiledPart(.whole, at: place) { frame in
      var counts = [Int64](repeating: 0, count: frame.rowCount)
      Self.owners(frame, link, filter) { parent, _ in counts[parent] += 1 }
      return ValueVector(.wholes(counts))
    }
  }

  private func quantified(
    _ name: String, link: Int, child: Int, test: CompiledPart, filter: CompiledPart?,
    at place: SourcePlace
  ) -> CompiledPart {
    let decisive = name == "any"
    return CompiledPart(.boolean, at: place) { frame in
      let vector = test.evaluate(frame.of(child))
      let flags = vector.booleans
      var results = [Bool](repeating: !decisive, count: frame.rowCount)
      var unknown = [Bool](repeating: false, count: frame.rowCount)
      Self.owners(frame, link, filter) { parent, row in
        if vector.isMissing(at: row) {
          unknown[parent] = true
        } else if flags[row & vector.mask] == decisive {
          results[parent] = decisive
        }
      }
      var result = ValueVector(.booleans(results))
      result.mark(MissingReason(code: "")) { unknown[$0] && results[$0] != decisive }
      return result
    }
  }

  /// `mean`, `sum`, `min` and `max` of the values that are present.
  private func folded(
    _ name: String, link: Int, child: Int, _ value: CompiledPart, filter: CompiledPart?,
    at place: SourcePlace
  ) throws(DataError) -> CompiledPart {
    let isOrdered = value.type == .date || value.type == .dateTime || value.type == .duration
    if !((name == "min" || name == "max") && isOrdered) { _ = try numeric(value, of: name) }
    let isWhole = value.type != .number && name != "mean"
    let type: FormulaType = name == "mean" ? .number : value.type
    let (isLeast, isMost, isMean) = (name == "min", name == "max", name == "mean")
    return CompiledPart(type, at: place) { frame in
      let vector = value.evaluate(frame.of(child))
      let numbers = isWhole ? [] : vector.numbers
      let wholes = isWhole ? vector.wholes : []
      var counts = [Int](repeating: 0, count: frame.rowCount)
      var sums = [CompensatedSum](repeating: CompensatedSum(), count: isWhole ? 0 : frame.rowCount)
      var extremes = [Double](repeating: 0, count: isWhole ? 0 : frame.rowCount)
      var totals = [Int64](repeating: 0, count: isWhole ? frame.rowCount : 0)
      var overflows: Set<Int> = []
      Self.owners(frame, link, filter) { parent, row in
        guard !vector.isMissing(at: row) else { return }
        let isFirst = counts[parent] == 0
        counts[parent] += 1
        if isWhole {
          let value = wholes[row & vector.mask]
          if isLeast {
            totals[parent] = isFirst ? value : Swift.min(totals[parent], value)
          } else if isMost {
            totals[parent] = isFirst ? value : Swift.max(totals[parent], value)
          } else {
            let (sum, overflow) = totals[parent].addingReportingOverflow(value)
            totals[parent] = sum
            if overflow { overflows.insert(parent) }
          }
        } else {
          let value = numbers[row & vector.mask]
          if isLeast {
            extremes[parent] = isFirst ? value : Swift.min(extremes[parent], value)
          } else if isMost {
            extremes[parent] = isFirst ? value : Swift.max(extremes[parent], value)
          } else {
            sums[parent].add(value)
          }
        }
      }
      var result: ValueVector
      if isWhole {
        result = ValueVector(.wholes(totals))
      } else if isLeast || isMost {
        result = ValueVector(.numbers(extremes))
      } else {
        result = ValueVector(
          .numbers(
            sums.enumerated().map { index, sum in
              isMean && counts[index] > 0 ? sum.value / Double(counts[index]) : sum.value
            }))
      }
      // A sum of nothing is 0; a mean or an extreme of nothing does not exist.
      result.mark(MissingReason(code: "", label: "no rows")) {
        ((isLeast || isMost || isMean) && counts[$0] == 0) || overflows.contains($0)
      }
      return result.finite()
    }
  }
}
