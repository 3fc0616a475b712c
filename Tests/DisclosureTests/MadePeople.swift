// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables

@testable import Disclosure

/// A population of people, from which independent samples are drawn, and bad releases of them.
enum MadePeople {
  static let schema = Schema(variables: [
    Variable(name: "id", kind: .wholeNumber, role: .identifier, measure: .nominal),
    Variable(name: "age", kind: .wholeNumber, role: .quasiIdentifier, measure: .scale),
    Variable(name: "income", kind: .number, measure: .scale),
    Variable(name: "height", kind: .number, measure: .scale),
    Variable(name: "region", kind: .category, role: .quasiIdentifier, measure: .nominal),
    Variable(name: "job", kind: .category, role: .quasiIdentifier, measure: .nominal),
  ])

  static func sample(_ count: Int, seed: String) -> Table {
    let key = RandomKey(seed: seed).stream("people")
    var ages: [Int64] = []
    var incomes: [Double] = []
    var heights: [Double] = []
    var regions: [UInt32] = []
    var jobs: [UInt32] = []
    for row in 0..<count {
      var stream = key.stream(entity: UInt64(row))
      ages.append(18 + Int64(Draws.integer(below: 60, using: &stream)))
      let normal = Draws.normal(using: &stream)
      // Heavy tails: a few earn far more than all others.
      incomes.append((30_000 + 8000 * normal * normal * normal).rounded())
      heights.append((1700 + 90 * Draws.normal(using: &stream)).rounded() / 10)
      regions.append(UInt32(Draws.integer(below: 6, using: &stream)))
      let u = Draws.uniform(using: &stream)
      jobs.append(UInt32(u * u * 12))
    }
    let names = TextPool((0..<12).map { "name \($0)" })
    return Table(columns: [
      Column(name: "id", values: .wholeNumbers((0..<count).map { Int64($0) })),
      Column(name: "age", values: .wholeNumbers(ages)),
      Column(name: "income", values: .numbers(incomes)),
      Column(name: "height", values: .numbers(heights)),
      Column(name: "region", values: .texts(codes: regions, pool: names)),
      Column(name: "job", values: .texts(codes: jobs, pool: names)),
    ])
  }

  /// A copy whose numbers are moved by about 1 % of their spread.
  static func blurred(_ table: Table) -> Table {
    var columns = table.columns
    for index in columns.indices {
      guard case .numbers(let values) = columns[index].values else { continue }
      var stream = RandomKey(seed: "blur").stream(columns[index].name).stream(entity: 0)
      let ascending = values.sorted()
      let spread = ascending[values.count * 3 / 4] - ascending[values.count / 4]
      columns[index].values = .numbers(
        values.map { $0 + 0.01 * spread * Draws.normal(using: &stream) })
    }
    return Table(columns: columns)
  }

  /// The rows that lie farthest from all others, over and over.
  static func outliers(of table: Table, count: Int) throws -> Table {
    let tables = ComparedTables(
      try TableAlignment([table, table], schema: schema), threads: 1)
    guard let quantizer = Quantizer(tables) else { return table }
    let rows = OutlierMatches.outliers(
      quantizer.table(0, rows: Array(0..<table.rowCount)), key: RandomKey(seed: "any"), threads: 1,
      progress: .silent
    ).rows.map(\.row)
    return table.selecting(rows: (0..<count).map { rows[$0 % rows.count] })
  }
}
