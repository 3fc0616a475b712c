// SPDX-License-Identifier: Apache-2.0
import Randomness
import Schemas
import Tables

/// A population with a strong relationship, from which independent samples are drawn.
enum MadeTables {
  static let schema = Schema(variables: [
    Variable(name: "x", kind: .number, measure: .scale),
    Variable(name: "y", kind: .number, measure: .scale),
    Variable(name: "group", kind: .category, measure: .nominal),
    Variable(name: "answer", kind: .category, measure: .nominal),
  ])

  /// y = x + noise; the group follows x; the answer follows the group and is missing for some.
  static func sample(_ count: Int, seed: String) -> Table {
    let key = RandomKey(seed: seed).stream("sample")
    var x: [Double] = []
    var y: [Double] = []
    var group: [UInt32] = []
    var answer: [UInt32] = []
    var missing: [UInt8] = []
    for row in 0..<count {
      var stream = key.stream(entity: UInt64(row))
      let value = Draws.normal(using: &stream)
      x.append(value)
      y.append(value + Draws.normal(using: &stream))
      group.append(value < -1 ? 0 : value < 0.5 ? 1 : 2)
      answer.append(Draws.bernoulli(value < 0 ? 0.8 : 0.3, using: &stream) ? 1 : 0)
      missing.append(Draws.bernoulli(value > 1 ? 0.5 : 0.05, using: &stream) ? 1 : 0)
    }
    return Table(columns: [
      Column(name: "x", values: .numbers(x)), Column(name: "y", values: .numbers(y)),
      Column(name: "group", values: .texts(codes: group, pool: TextPool(["low", "mid", "high"]))),
      Column(
        name: "answer", values: .texts(codes: answer, pool: TextPool(["no", "yes"])),
        missing: MissingCells(reasons: [MissingReason(code: "")], codes: missing)),
    ])
  }

  /// The table with each column put into an order of its own.
  static func shuffled(_ table: Table) -> Table {
    Table(
      columns: table.columns.map { column in
        var stream = RandomKey(seed: "shuffle").stream(column.name).stream(entity: 0)
        return column.selecting(rows: Draws.permutation(of: column.count, using: &stream))
      })
  }
}
