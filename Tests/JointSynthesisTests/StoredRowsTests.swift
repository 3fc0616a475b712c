// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `Methods that hold rows` {
  /// Two scales and a level that is rare and lies in one corner.
  private static func corner(_ count: Int) -> Table {
    var columns = [[Double]](repeating: [], count: 2)
    var levels: [UInt32] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("corner").stream(entity: UInt64(row))
      let isRare = Draws.uniform(using: &draws) < 0.05
      for column in 0..<2 {
        let x = Draws.normal(mean: isRare ? 2 : 0, standardDeviation: 1, using: &draws)
        columns[column].append((1000 * x).rounded() / 1000)
      }
      levels.append(isRare ? 1 : 0)
    }
    let form = WrittenForm.number(NumberForm(decimals: 3))
    return Table(columns: [
      Column(name: "rare", values: .texts(codes: levels, pool: TextPool(["no", "yes"]))),
      Column(name: "x", values: .numbers(columns[0]), form: form),
      Column(name: "y", values: .numbers(columns[1]), form: form),
    ])
  }

  private static func stored(_ model: JointModel) -> StoredRows? {
    if case .rows(let stored) = model.law { stored } else { nil }
  }

  @Test func `a row of smote lies between a real row and one of its five nearest`() throws {
    let model = try JointFixture.model(
      Self.corner(600), JointSynthesizer.smoteMethod,
      restrictions: PlanRestrictions(balance: ["rare": ["yes": 0.5]]))
    let stored = try #require(Self.stored(model))
    let names = model.variables.map(\.name)
    let places = try ["rare", "x", "y"].map { try #require(names.firstIndex(of: $0)) }
    #expect(places[0] == 0)
    let layouts = model.variables.map(\.layout)
    // The lowest and highest value that a bin of a scale may give.
    func ends(_ place: Int, _ bin: UInt8) -> (Double, Double) {
      guard case .scale(let scale) = layouts[place].content else { return (0, 0) }
      let cell = scale.cells[Int(bin)]
      return (
        min(cell.lower, cell.spikes.first?.value ?? cell.lower),
        max(cell.upper, cell.spikes.last?.value ?? cell.upper)
      )
    }
    let drawn = JointFixture.drawn(model, 300)
    let level = JointFixture.texts(drawn.column(named: "rare"))
    let numbers = ["x", "y"].map { JointFixture.numbers(drawn.column(named: $0)) }
    let group = stored.groups[0]
    #expect(group.neighbourCount == 5)
    // Both values lie in the bins of one point of the line, looked for at a thousand points.
    for row in 0..<60 {
      let isBetween = (0..<stored.rowCount).contains { base in
        group.neighbours[base * 5..<base * 5 + 5].contains { other in
          guard other >= 0 else { return false }
          func holds(_ share: Double?) -> Bool {
            (0..<2).allSatisfy { column in
              let place = places[column + 1]
              let (a, b) = (
                Int(stored.columns[place][base]), Int(stored.columns[place][Int(other)])
              )
              guard let value = numbers[column][row] else { return false }
              let bins =
                share.map { stored.places[place]?.between(a, b, share: $0) ?? 0 }.map { $0...$0 }
                ?? min(a, b)...max(a, b)
              return value >= ends(place, UInt8(bins.lowerBound)).0 - 1e-9
                && value <= ends(place, UInt8(bins.upperBound)).1 + 1e-9
            }
          }
          return holds(nil) && (0...1000).contains { holds(Double($0) / 1000) }
        }
      }
      #expect(isBetween, "row \(row)")
    }
    // Half of the rows, within the error of evenly spread draws of two blocks.
    #expect(abs(Double(level.count { $0 == "yes" }) / 300 - 0.5) < 0.05)
  }

  @Test func `near rows are those of the same level, and of all where none is balanced`() throws {
    let real = Self.corner(600)
    let balanced = try #require(
      Self.stored(
        try JointFixture.model(
          real, JointSynthesizer.smoteMethod,
          restrictions: PlanRestrictions(balance: ["rare": ["yes": 0.5]]))))
    for row in 0..<600 {
      for near in balanced.groups[0].neighbours[row * 5..<row * 5 + 5] where near >= 0 {
        #expect(balanced.columns[0][Int(near)] == balanced.columns[0][row])
      }
    }
    let plain = try #require(
      Self.stored(try JointFixture.model(real, JointSynthesizer.smoteMethod)))
    #expect(plain.groups[0].neighbours.count == 3000 && plain.aims.isEmpty)
  }

  @Test func `adasyn draws rows more often the more of another level are near`() throws {
    let real = Self.corner(600)
    let model = try JointFixture.model(
      real, JointSynthesizer.adasynMethod,
      restrictions: PlanRestrictions(balance: ["rare": ["yes": 0.5]]))
    let stored = try #require(Self.stored(model))
    let weights = stored.groups[0].weights
    #expect(weights.count == 600)
    // Of the level that is raised a row weighs by the share of five near rows that are of another level.
    let rare = weights.indices.filter { stored.columns[0][$0] != stored.columns[0].mode }
    #expect(rare.allSatisfy { abs(5 * weights[$0] - (5 * weights[$0]).rounded()) < 1e-12 })
    let data = RowsFitting.rows(
      zip(model.variables, stored.columns).dropFirst().map { ($0.layout, $1) },
      classes: stored.columns[0])
    let near = data.nearest(5)
    for row in rare {
      let others = near[5 * row..<5 * row + 5].count {
        stored.columns[0][Int($0)] != stored.columns[0][row]
      }
      #expect(weights[row] == Double(others) / 5)
    }
    // The common level is left as it is.
    let common = weights.indices.filter { stored.columns[0][$0] == stored.columns[0].mode }
    #expect(common.allSatisfy { weights[$0] == 1 })
  }

  @Test func `a row of bootstrap is a row of the table in all its bins`() throws {
    let real = Self.corner(600)
    let model = try JointFixture.model(real, JointSynthesizer.bootstrapMethod)
    let stored = try #require(Self.stored(model))
    let drawn = JointFixture.drawn(model, 500)
    let binned = try BinnedTable(
      real, schema: SchemaInference().infer(real), binner: Binner(minimumWeight: 5))
    let codes = model.variables.compactMap { binned.variable(named: $0.name)?.codes }
    #expect(stored.columns == codes)
    let rows = Set((0..<600).map { row in codes.map { $0[row] } })
    for row in 0..<500 {
      let own = model.variables.map { variable -> ClosedRange<UInt8> in
        guard case .scale(let scale) = variable.layout.content else { return 0...255 }
        let value = JointFixture.numbers(drawn.column(named: variable.name))[row] ?? .nan
        let fitting = scale.cells.indices.filter { bin in
          let cell = scale.cells[bin]
          return value >= min(cell.lower, cell.spikes.first?.value ?? cell.lower) - 1e-9
            && value <= max(cell.upper, cell.spikes.last?.value ?? cell.upper) + 1e-9
        }
        return UInt8(fitting.first ?? 0)...UInt8(fitting.last ?? 0)
      }
      #expect(
        rows.contains { known in zip(known, own).allSatisfy { $1.contains($0) } }, "row \(row)")
    }
  }

  @Test func `the plan says that a generator holds real rows`() throws {
    for method in JointSynthesizer.rowMethods {
      let model = try JointFixture.model(Self.corner(300), method)
      #expect(model.plan.notes.contains { $0.contains("holds real rows") })
      let holding = try #require(model.inventory().first { $0.name == "x" })
      #expect(holding.holdings.contains("real rows") && holding.leastSupport == 1)
      #expect(holding.holdsRows == true)
    }
    let other = try JointFixture.model(Self.corner(300), JointSynthesizer.copulaMethod)
    #expect(!other.plan.notes.contains { $0.contains("holds real rows") })
  }
}

extension [UInt8] {
  /// The most frequent entry.
  fileprivate var mode: UInt8 {
    var counts = [Int](repeating: 0, count: 256)
    for entry in self { counts[Int(entry)] += 1 }
    return UInt8(counts.indices.max { counts[$0] < counts[$1] } ?? 0)
  }
}
