// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import TreeSynthesis

@Suite struct `Distributions of drawn rows` {
  /// Two-sided normal bound for α = 10⁻⁶.
  private static let z = 4.892

  private static func model(_ columns: [Column], rows: Int? = nil) throws -> TreeModel {
    let table = Table(columns: columns)
    let schema = SchemaInference().infer(table)
    let planner = Planner()
    let minimum = planner.options.levelCount(forRowCount: table.rowCount)
    let binned = try BinnedTable(
      table, schema: schema, binner: Binner(minimumWeight: Double(minimum)))
    let plan = planner.plan(table, schema: schema, binned: binned, method: TreeSynthesizer.method)
    return try TreeSynthesizer().fit(table, binned: binned, schema: schema, plan: plan)
  }

  private static func drawn(_ model: TreeModel, _ count: Int) -> Table {
    model.sample(rows: 0..<count, key: RandomKey(seed: "7"), threads: 2)
  }

  private static func stream(_ row: Int, _ name: String) -> RandomStream {
    RandomKey(seed: "known").stream(name).stream(entity: UInt64(row))
  }

  private static func texts(_ column: Column?) -> [String] {
    guard let column, case .texts(let codes, let pool) = column.values else { return [] }
    return codes.map { pool[Int($0)] }
  }

  /// Ten blocks of 256 rows: each has the share of a level within one row, where independent draws
  /// would stray by 23.
  @Test func `a level is drawn about as often as it should be, not only on average`() throws {
    let count = 2560
    let codes = (0..<count).map { UInt32($0 % 10 < 3 ? 1 : 0) }
    let drawn = Self.drawn(
      try Self.model([
        Column(name: "level", values: .texts(codes: codes, pool: TextPool(["no", "yes"])))
      ]),
      count)
    let yes = Self.texts(drawn.columns.first).count { $0 == "yes" }
    #expect(abs(yes - count * 3 / 10) <= 10)
  }

  @Test func `margins and a two-way table match what made the data`() throws {
    let count = 10_000
    let share = [0.5, 0.3, 0.2]
    let given = [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]]
    var first: [UInt32] = []
    var second: [UInt32] = []
    func pick(_ shares: [Double], _ uniform: Double) -> UInt32 {
      var rest = uniform
      for (index, share) in shares.enumerated() {
        if rest < share { return UInt32(index) }
        rest -= share
      }
      return UInt32(shares.count - 1)
    }
    for row in 0..<count {
      var draws = Self.stream(row, "table")
      let a = pick(share, Draws.uniform(using: &draws))
      first.append(a)
      second.append(pick(given[Int(a)], Draws.uniform(using: &draws)))
    }
    let names = ["p", "q", "r"]
    let table = Self.drawn(
      try Self.model([
        Column(name: "a", values: .texts(codes: first, pool: TextPool(names))),
        Column(name: "b", values: .texts(codes: second, pool: TextPool(names))),
      ]), count)
    let (a, b) = (Self.texts(table.columns[0]), Self.texts(table.columns[1]))
    let n = Double(count)
    for i in 0..<3 {
      for j in 0..<3 {
        let truth = share[i] * given[i][j]
        let found = Double((0..<count).count { a[$0] == names[i] && b[$0] == names[j] }) / n
        // Both the rows fitted and the rows drawn vary.
        #expect(abs(found - truth) < Self.z * (2 * truth * (1 - truth) / n).squareRoot())
      }
    }
  }

  @Test func `means and spreads given a level match, also where the spread alone differs`() throws {
    let count = 10_000
    let means = [0.0, 50, 50]
    let deviations = [5.0, 5, 20]
    var groups: [UInt32] = []
    var values: [Double] = []
    for row in 0..<count {
      var draws = Self.stream(row, "spread")
      let group = Draws.integer(below: 3, using: &draws)
      groups.append(UInt32(group))
      values.append(
        Draws.normal(mean: means[group], standardDeviation: deviations[group], using: &draws))
    }
    let table = Self.drawn(
      try Self.model([
        Column(name: "g", values: .texts(codes: groups, pool: TextPool(["x", "y", "z"]))),
        Column(name: "v", values: .numbers(values), form: .number(NumberForm(decimals: 17))),
      ]), count)
    let drawnGroups = Self.texts(table.columns[0])
    let drawnValues = table.columns[1].values.scaleValues
    for (group, name) in ["x", "y", "z"].enumerated() {
      let list = drawnValues.indices.filter { drawnGroups[$0] == name }.map { drawnValues[$0] }
      let n = Double(list.count)
      let mean = list.reduce(0, +) / n
      let deviation =
        (list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
      let error = deviations[group] * (2 / n).squareRoot()
      // Cells have a width, so that a tenth of a deviation may be lost to them.
      #expect(abs(mean - means[group]) < Self.z * error + 0.03 * deviations[group])
      #expect(abs(deviation - deviations[group]) < Self.z * error + 0.05 * deviations[group])
    }
  }

  @Test func `two humps given a predictor stay two humps`() throws {
    let count = 6000
    var predictor: [Double] = []
    var target: [Double] = []
    for row in 0..<count {
      var draws = Self.stream(row, "humps")
      let x = Draws.uniform(using: &draws) * 10
      predictor.append(x)
      // Where x is high the target is far below or far above its mean, and seldom near it.
      let isUp = Draws.uniform(using: &draws) < 0.5
      let centre = x < 5 ? 0 : (isUp ? 10.0 : -10)
      target.append(Draws.normal(mean: centre, standardDeviation: 1, using: &draws))
    }
    let form = WrittenForm.number(NumberForm(decimals: 17))
    let table = Self.drawn(
      try Self.model([
        Column(name: "x", values: .numbers(predictor), form: form),
        Column(name: "y", values: .numbers(target), form: form),
      ]), count)
    let x = table.columns[0].values.scaleValues
    let y = table.columns[1].values.scaleValues
    let high = x.indices.filter { x[$0] > 5.2 }
    let low = x.indices.filter { x[$0] < 4.8 }
    let between = Double(high.count { abs(y[$0]) < 5 }) / Double(high.count)
    let up = Double(high.count { y[$0] > 5 }) / Double(high.count)
    let out = Double(low.count { abs(y[$0]) > 5 }) / Double(low.count)
    #expect(between < 0.03)
    #expect(out < 0.03)
    #expect(abs(up - 0.5) < Self.z * (0.5 / Double(high.count)).squareRoot() + 0.015)
  }

  @Test func `missing cells follow the predictor they followed`() throws {
    let count = 10_000
    var groups: [UInt32] = []
    var codes: [UInt8] = []
    for row in 0..<count {
      var draws = Self.stream(row, "missing")
      let group = Draws.integer(below: 2, using: &draws)
      groups.append(UInt32(group))
      let uniform = Draws.uniform(using: &draws)
      codes.append(
        group == 0 ? (uniform < 0.05 ? 1 : 0) : (uniform < 0.3 ? 1 : (uniform < 0.4 ? 2 : 0)))
    }
    let table = Self.drawn(
      try Self.model([
        Column(name: "g", values: .texts(codes: groups, pool: TextPool(["x", "y"]))),
        Column(
          name: "v", values: .wholeNumbers((0..<count).map { Int64($0 * 7919 % 500) }),
          missing: MissingCells(
            reasons: [MissingReason(code: ""), MissingReason(code: "refused")], codes: codes)),
      ]), count)
    let drawnGroups = Self.texts(table.columns[0])
    let missing = table.columns[1].missing
    for (name, truth) in [("x", [0.05, 0]), ("y", [0.3, 0.1])] {
      let rows = drawnGroups.indices.filter { drawnGroups[$0] == name }
      for (reason, share) in zip(["", "refused"], truth) {
        let found =
          Double(rows.count { missing.reason(at: $0)?.code == reason }) / Double(rows.count)
        let error = (2 * share * (1 - share) / Double(rows.count)).squareRoot()
        #expect(abs(found - share) <= Self.z * error)
      }
    }
  }

  @Test func `a margin on a scale keeps within its Kolmogorov–Smirnov bound`() throws {
    let count = 8000
    let values = (0..<count).map { row -> Double in
      var draws = Self.stream(row, "margin")
      return Draws.gamma(shape: 2, scale: 10, using: &draws)
    }
    let drawn = Self.drawn(
      try Self.model([
        Column(name: "v", values: .numbers(values), form: .number(NumberForm(decimals: 17)))
      ]), count
    ).columns[0].values.scaleValues
    let (real, synthetic) = (values.sorted(), drawn.sorted())
    var distance = 0.0
    var (i, j) = (0, 0)
    while i < count, j < count {
      if real[i] <= synthetic[j] { i += 1 } else { j += 1 }
      distance = max(distance, abs(Double(i - j)) / Double(count))
    }
    // Two samples of one distribution, α = 10⁻⁶.
    #expect(distance < (ElementaryFunctions.log(2e6) / Double(count)).squareRoot())
  }
}
