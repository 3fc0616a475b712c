// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure

struct NearestSearchTests {
  /// Distances as the definition has them, one cell after the other.
  private func distance(
    _ tables: ComparedTables, _ ranges: [Double], _ first: (Int, Int), _ second: (Int, Int)
  )
    -> Double
  {
    tables.columns.enumerated().reduce(0) { sum, part in
      let (index, column) = part
      let (a, b) = (column.sides[first.0], column.sides[second.0])
      let (missingA, missingB) = (a.codes[first.1] == 0, b.codes[second.1] == 0)
      if missingA || missingB { return sum + (missingA && missingB ? 0 : 1) }
      guard column.isContinuous else {
        return sum + (a.codes[first.1] == b.codes[second.1] ? 0 : 1)
      }
      return sum + min(1, abs(a.values[first.1] - b.values[second.1]) / ranges[index])
    }
  }

  private func table(_ count: Int, seed: String) -> Table {
    var table = MadePeople.sample(count, seed: seed)
    var columns = table.columns
    for index in [2, 4] {
      columns[index].missing = MissingCells(
        reasons: [MissingReason(code: "")], codes: (0..<count).map { $0 % 7 == index ? 1 : 0 })
    }
    table = Table(columns: columns)
    return table
  }

  @Test func `the nearest rows are those of the definition, to the steps of the distance`() throws {
    let alignment = try TableAlignment(
      [table(300, seed: "a"), table(25, seed: "b")], schema: MadePeople.schema)
    let tables = ComparedTables(alignment, threads: 1)
    let quantizer = try #require(Quantizer(tables))
    let real = quantizer.table(0, rows: Array(0..<300))
    let synthetic = quantizer.table(1, rows: Array(0..<25))
    let search = NearestSearch(candidates: real)
    let ranges = tables.columns.map { column in
      let real = column.sides[0].presentValues
      return (real.max() ?? 0) - (real.min() ?? 0)
    }
    // Each cell is rounded to a step, so a distance is off by at most a step a column.
    let slack = Double(tables.columns.count) / Double(real.unit)
    for row in 0..<25 {
      let found = search.nearest(to: synthetic.row(row))
      let all = (0..<300).map { distance(tables, ranges, (0, $0), (1, row)) }
      let least = try #require(all.min())
      #expect(abs(Double(found.distance) / Double(real.unit) - least) <= slack)
      #expect(abs(all[found.row] - least) <= 2 * slack)
      let near = search.rows(within: found.distance, of: synthetic.row(row))
      #expect(near.contains(found.row))
    }
  }

  @Test func `a row leaves itself out`() throws {
    let people = table(300, seed: "a")
    let tables = ComparedTables(
      try TableAlignment([people, people], schema: MadePeople.schema), threads: 1)
    let quantized = try #require(Quantizer(tables)).table(0, rows: Array(0..<300))
    let search = NearestSearch(candidates: quantized)
    for row in [0, 1, 255, 256, 299] {
      #expect(search.nearest(to: quantized.row(row)).row == row)
      #expect(search.nearest(to: quantized.row(row), excluding: row).row != row)
    }
  }

  @Test func `tiles left out hold no nearer row, by all columns and by some`() throws {
    let people = table(1500, seed: "c")
    let tables = ComparedTables(
      try TableAlignment([people, table(60, seed: "d")], schema: MadePeople.schema), threads: 1)
    let quantizer = try #require(Quantizer(tables))
    let width = tables.columns.count
    let (candidates, queries) = (
      quantizer.table(0, rows: Array(0..<1500)), quantizer.table(1, rows: Array(0..<60))
    )
    let search = NearestSearch(candidates: candidates)
    let cells = (0..<1500).map { candidates.row($0) }
    func steps(_ first: [Int16], _ second: [Int16], _ columns: [Int]) -> Int16 {
      columns.reduce(0) { sum, column in
        let (a, b) = (first[column], second[column])
        guard candidates.comparisons[column] != .level, a != QuantizedTable.missing,
          b != QuantizedTable.missing
        else { return sum + (a == b ? 0 : candidates.unit) }
        return sum + min(candidates.unit, max(a, b) - min(a, b))
      }
    }
    for columns in [Array(0..<width), [0, 2], [1, 3, width - 1]] {
      for row in 0..<60 {
        let own = queries.row(row)
        let all = cells.map { steps(own, $0, columns) }
        let least = try #require(all.min())
        let found = search.by(columns).nearest(to: own)
        #expect(found == .init(distance: least, row: try #require(all.firstIndex(of: least))))
        let radius = least + candidates.unit / 3
        #expect(
          search.by(columns).rows(within: radius, of: own)
            == all.indices.filter { all[$0] <= radius })
      }
    }
  }
}
