// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Schemas
import Tables
import Testing

@testable import Synthesis

@Suite struct `Bins of a column` {
  private static func scale(_ values: [Double], decimals: Int = 17) throws -> ScaleLayout {
    let column = Column(
      name: "x", values: .numbers(values), form: .number(NumberForm(decimals: decimals)))
    let variable = Variable(name: "x", kind: .number, measure: .scale)
    let binned = Binner(minimumWeight: 10).bin(column, as: variable)
    guard case .scale(let layout) = binned.layout.content else {
      throw DataError("numbers lie on a scale", remedy: "")
    }
    return layout
  }

  private static func draws(_ trial: Int) -> RandomStream {
    RandomKey(seed: "bins").stream("x").stream(entity: UInt64(trial))
  }

  @Test func `edges and ends of cells are no value that few rows hold`() throws {
    for trial in 0..<20 {
      var draws = Self.draws(trial)
      let count = 30 + Draws.integer(below: 2000, using: &draws)
      let values = (0..<count).map { _ -> Double in
        let isCommon = Draws.uniform(using: &draws) < 0.3
        if isCommon { return Double(Draws.integer(below: 4, using: &draws)) + 0.4321 }
        return Draws.exponential(rate: 0.01, using: &draws)
      }
      var counts: [Double: Int] = [:]
      for value in values { counts[value, default: 0] += 1 }
      let layout = try Self.scale(values)
      let edges = layout.cells.flatMap { [$0.lower, $0.upper] }
      #expect(!edges.contains { counts[$0] ?? 10 < 10 })
      let spikes = layout.cells.flatMap(\.spikes)
      #expect(!spikes.contains { (counts[$0.value] ?? 0) < 10 })
      #expect(!layout.cells.contains { $0.weight < 10 || $0.lower > $0.upper })
      let total = layout.cells.reduce(0) { $0 + $1.weight }
      #expect(abs(total - Double(count)) < 1e-6)
    }
  }

  @Test(arguments: [8, 400]) func `a rare level of an ordered category is never shown`(
    levels: Int
  ) throws {
    // Every third code is rare; with 400 of them, common ones have to share cells.
    var values: [Int64] = []
    var common: Set<Double> = []
    for code in 0..<levels {
      let isRare = code % 3 == 1
      values += [Int64](repeating: Int64(2 * code), count: isRare ? 4 : 12 + code % 5)
      if !isRare { common.insert(Double(2 * code)) }
    }
    let column = Column(name: "grade", values: .wholeNumbers(values))
    let variable = Variable(name: "grade", kind: .orderedCategory, measure: .ordinal)
    let binned = Binner(minimumWeight: 10).bin(column, as: variable)
    guard case .scale(let layout) = binned.layout.content else {
      Issue.record("ordered codes lie on a scale")
      return
    }
    #expect(layout.cells.allSatisfy { $0.smoothWeight == 0 && !$0.spikes.isEmpty })
    let shown = Set(layout.cells.flatMap(\.spikes).map(\.value))
    #expect(shown == common)
    // What the cells hold is what their rows say.
    var rows = [Double](repeating: 0, count: layout.cells.count)
    for code in binned.codes { rows[Int(code)] += 1 }
    for (cell, count) in zip(layout.cells, rows) { #expect(abs(cell.weight - count) < 1e-6) }
  }

  @Test func `a rare value beside a common one cannot be worked out from their edge`() throws {
    // The middle of 0 and the least rare value would be half of that value.
    let rare = (0..<60).map { 17.34567 + Double($0) * 1.2345 }
    let layout = try Self.scale([Double](repeating: 0, count: 50) + rare)
    for cell in layout.cells {
      for edge in [cell.lower, cell.upper] {
        #expect(abs(2 * edge - rare[0]) > 0.2)
      }
    }
  }

  @Test func `edges are round numbers between their neighbours`() {
    #expect(CellEdge.between(37, 38, gridScale: 1) == 37.5)
    #expect(CellEdge.between(1200, 1310, gridScale: 0) == 1300)
    #expect(CellEdge.between(1200, 1310, gridScale: 1) == 1299.5)
    #expect(CellEdge.between(0, 0.0371, gridScale: 0) == 0.02)
    #expect(CellEdge.between(-5, 3, gridScale: 0) == 0)
    #expect(CellEdge.between(999, 1001, gridScale: 0) == 1000)
    #expect(CellEdge.between(-1e308, 1.7e308, gridScale: 0) == 0)
    #expect(CellEdge.between(.leastNonzeroMagnitude, .leastNormalMagnitude, gridScale: 0) == 0)
    #expect(CellEdge.between(1e300, 2e300, gridScale: 1e12).isFinite)
  }

  @Test func `the tails do not follow the extreme row`() throws {
    var draws = Self.draws(99)
    let body = (0..<500).map { _ in Draws.normal(mean: 50, standardDeviation: 5, using: &draws) }
    let calm = try Self.scale(body + [70])
    let wild = try Self.scale(body + [71])
    // One row more by one unit moves the end by less than a twentieth of that.
    let (first, second) = (calm.cells.last?.upper ?? 0, wild.cells.last?.upper ?? 0)
    #expect(abs(first - second) <= 1)
    #expect(first != 70 && second != 71)
  }

  @Test func `few decimals of nearly all values are the grid, whatever a few show`() throws {
    var values = (0..<500).map { Double(($0 * 7919) % 100_000) / 100 }
    values[7] = 1.0 / 3
    #expect(try Self.scale(values).gridScale == 100)
    var draws = Self.draws(5)
    #expect(try Self.scale((0..<500).map { _ in Draws.uniform(using: &draws) }).gridScale == 0)
  }

  @Test func `levels below the minimum are not stored`() {
    let names = ["often", "seldom", "once"]
    let codes = [UInt32](repeating: 0, count: 50) + [UInt32](repeating: 1, count: 9) + [2]
    let column = Column(name: "x", values: .texts(codes: codes, pool: TextPool(names)))
    let binned = Binner(minimumWeight: 10)
      .bin(column, as: Variable(name: "x", kind: .category, measure: .nominal))
    guard case .levels(let layout) = binned.layout.content else {
      Issue.record("texts are levels")
      return
    }
    #expect(layout.weights == [50])
    #expect(layout.rareWeight == 10)
    if case .texts(_, let pool) = layout.levels { #expect(pool.texts == ["often"]) }
  }

  @Test func `runs of values are those of sorting`() {
    for count in [0, 1, 7, 5000] {
      var draws = Self.draws(1000 + count)
      let values = (0..<count).map { _ in
        Double(Draws.integer(below: 400, using: &draws) - 200) * (count == 7 ? 1e300 : 0.1)
      }
      let runs = ValueRuns(values) { $0 % 5 == 4 }
      let present = values.indices.filter { $0 % 5 != 4 }.map { values[$0] }
      #expect(runs.values == Array(Set(present)).sorted())
      #expect(runs.total == Double(present.count))
      let isRight = zip(runs.values, runs.counts).allSatisfy { value, weight in
        weight == Double(present.count { $0 == value })
      }
      #expect(isRight)
    }
  }
}
