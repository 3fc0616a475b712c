// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads `json:` and `array:`, values of JSON that are made of other makers.
struct StructureReader {
  let columns: ColumnReader

  private var file: SpecificationFile { columns.file }

  func object(_ node: Node) throws(DataError) -> Specification.Maker {
    if let list = node.sequence {
      var entries: [Specification.Column] = []
      for (place, entry) in list.enumerated() {
        entries.append(try part(named: String(place + 1), entry))
      }
      return .structure(.tuple(entries))
    }
    guard let fields = node.mapping, !fields.isEmpty else {
      throw file.problem(
        "`json` holds no fields", node,
        "Write one field a line, as `json: {name: {by: person.name}, age: age}`.")
    }
    var parts: [Specification.Column] = []
    for (key, value) in fields {
      parts.append(try part(named: key.string ?? "", value))
    }
    return .structure(.object(parts))
  }

  func array(_ node: Node, length: Node?) throws(DataError) -> Specification.Maker {
    guard let length else {
      throw file.problem(
        "`array` has no length", node,
        "Add `length: 3`, `length: [0, 5]` or `length: ~ poisson(2)`.")
    }
    let limit = 0...Structure.maximumLength
    let entry = try part(named: "entry", node)
    if let list = length.sequence {
      guard list.count == 2, let low = list[0].string.flatMap({ Int($0) }),
        let high = list[1].string.flatMap({ Int($0) }), low <= high, limit.contains(low),
        limit.contains(high)
      else {
        throw file.problem(
          "`length` is no range of \(limit.lowerBound) to \(limit.upperBound)", length,
          "Write `length: [0, 5]`.")
      }
      let call = try Formula(parsing: "~ integer(\(low), \(high))").expression
      return .structure(
        .array(.maker(.draw(try CompiledDraw(call, in: columns.scope))), entry))
    }
    if let count = length.scalar.flatMap({ Int($0.string) }) {
      guard limit.contains(count) else {
        throw file.problem(
          "an array has \(limit.lowerBound) to \(limit.upperBound) entries", length,
          "Write a smaller length.")
      }
      return .structure(.array(.fixed(count), entry))
    }
    let (maker, type) = try columns.formula(length)
    guard type.isNumeric else {
      throw file.problem("`length` is \(type.words)", length, "Write a number, as `~ poisson(2)`.")
    }
    return .structure(.array(.maker(maker), entry))
  }

  /// A field or an entry: a formula, a list, or what a column may be.
  private func part(named name: String, _ node: Node) throws(DataError) -> Specification.Column {
    if node.sequence != nil {
      return Specification.Column(name: name, maker: try object(node))
    }
    let (column, _) = try columns.column(named: name, node)
    guard column.gaps.allSatisfy({ $0.condition == nil }) else {
      throw file.problem(
        "a part of a structure is missing by a condition", node,
        "Write `missing: {rate: 0.1}` here; a formula such as `if(x > 0, x, missing)` may depend on more."
      )
    }
    return column
  }
}
