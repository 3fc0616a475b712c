// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import JointSynthesis

@Suite struct `The Gaussian copula` {
  /// Three variables of known normals: a scale, four levels in an order that frequency does not show, and a
  /// truth value.
  private static let count = 20_000
  private static let correlations = (scaleLevel: 0.7, scaleTruth: -0.5, levelTruth: -0.3)

  private static let real: Table = {
    // Rows of the Cholesky factor of the correlation matrix, by hand.
    let (a, b, c) = (correlations.scaleLevel, correlations.scaleTruth, correlations.levelTruth)
    let second = (1 - a * a).squareRoot()
    let third = (c - a * b) / second
    let last = (1 - b * b - third * third).squareRoot()
    var scale: [Double] = []
    var levels: [UInt32] = []
    var truths: [Bool] = []
    for row in 0..<count {
      var draws = RandomKey(seed: "known").stream("copula").stream(entity: UInt64(row))
      let e = (0..<3).map { _ in Draws.normal(using: &draws) }
      scale.append((1000 * ElementaryFunctions.exp(e[0])).rounded() / 1000)
      let z = a * e[0] + second * e[1]
      levels.append(z < -1.2 ? 2 : z < 0.1 ? 0 : z < 1 ? 3 : 1)
      truths.append(b * e[0] + third * e[1] + last * e[2] > 0.8)
    }
    return Table(columns: [
      Column(name: "scale", values: .numbers(scale), form: .number(NumberForm(decimals: 3))),
      Column(
        name: "level", values: .texts(codes: levels, pool: TextPool(["p", "q", "r", "s"]))),
      Column(name: "truth", values: .booleans(truths)),
    ])
  }()

  /// The standard error of a polychoric correlation of 20,000 rows is below 1.6/√n here.
  @Test func `finds the correlations behind the bins, and the order of levels`() throws {
    let model = try JointFixture.model(Self.real, JointSynthesizer.copulaMethod)
    guard case .copula(let copula) = model.law else { return #expect(Bool(false)) }
    let place = Dictionary(
      uniqueKeysWithValues: model.variables.enumerated().map { ($1.name, $0) })
    func normal(_ name: String) throws -> Int {
      let own = try #require(place[name])
      return try #require(copula.places[own].present)
    }
    let bound = JointFixture.z * 1.6 / Double(Self.count).squareRoot()
    let (scale, level, truth) = (try normal("scale"), try normal("level"), try normal("truth"))
    let first = copula.correlation(scale, level)
    #expect(abs(abs(first) - 0.7) < bound, "\(first)")
    // Which end of the order comes first means nothing, but all signs follow it.
    let sign = first < 0 ? -1.0 : 1
    let truthScale = copula.correlation(scale, truth)
    #expect(abs(truthScale + 0.5) < bound, "\(truthScale)")
    #expect(abs(copula.correlation(level, truth) * sign + 0.3) < bound)
    let levelPlace = try #require(place["level"])
    let margin = copula.margins[levelPlace]
    guard case .levels(let layout) = model.variables[levelPlace].layout.content
    else { return #expect(Bool(false)) }
    let names = layout.levels.plainTexts
    let order = margin.order.map { names[Int($0)] }
    #expect(order == ["r", "p", "s", "q"] || order == ["q", "s", "p", "r"])
    #expect(!copula.isRepaired)
  }

  @Test func `two-way tables of drawn rows are those of the real ones`() throws {
    let model = try JointFixture.model(Self.real, JointSynthesizer.copulaMethod)
    let drawn = JointFixture.drawn(model, Self.count)
    func cells(_ table: Table) -> [String: Double] {
      let scale = JointFixture.numbers(table.column(named: "scale")).map { ($0 ?? 0) > 1.5 }
      let level = JointFixture.texts(table.column(named: "level"))
      guard case .booleans(let truths)? = table.column(named: "truth")?.values else { return [:] }
      var counts: [String: Double] = [:]
      for row in scale.indices {
        counts["scale \(scale[row]) \(level[row])", default: 0] += 1
        counts["truth \(truths[row]) \(level[row])", default: 0] += 1
        counts["both \(truths[row]) \(scale[row])", default: 0] += 1
      }
      return counts.mapValues { $0 / Double(table.rowCount) }
    }
    let (own, other) = (cells(Self.real), cells(drawn))
    #expect(own.count == 20 && other.count == 20)
    for (name, p) in own {
      let bound = JointFixture.z * (2 * p * (1 - p) / Double(Self.count)).squareRoot()
      #expect(abs((other[name] ?? 0) - p) < bound, "\(name)")
    }
  }

  @Test func `missing cells depend on other variables as they did`() throws {
    let real = JointFixture.table(8000)
    let model = try JointFixture.model(real, JointSynthesizer.copulaMethod)
    let drawn = JointFixture.drawn(model, 8000)
    func share(_ table: Table, _ level: String) -> (Double, Double) {
      let rows = JointFixture.texts(table.column(named: "g")).enumerated()
        .filter { $0.element == level }.map(\.offset)
      let a = JointFixture.numbers(table.column(named: "a"))
      let n = Double(rows.count)
      return (Double(rows.count { a[$0] == nil }) / n, n)
    }
    for level in ["x", "y"] {
      let (own, n) = share(real, level)
      let (other, m) = share(drawn, level)
      let error = (own * (1 - own) * (1 / n + 1 / m)).squareRoot()
      #expect(abs(own - other) < JointFixture.z * error, "\(level)")
    }
  }

  @Test func `a normal drawn between two bins stays there, also far out`() {
    let bins = LatentBins(weights: [1, 2, 3, 4])
    for (mean, first, last) in [(0.0, 1, 2), (9, 0, 0), (-12, 3, 3), (40, 0, 1), (-40, 2, 2)] {
      for uniform in [0, 0.3, 1 - 0x1p-53] {
        let z = bins.draw(
          mean: mean, deviation: 0.5, from: first, through: last, uniform: uniform)
        #expect(z.isFinite && z >= bins.lower(first) && z <= bins.upper(last))
      }
    }
    // Φ(0.5·…): the middle of a stretch by probability, by hand: bins of 1 and 9 tenths.
    let halves = LatentBins(weights: [5, 5])
    let z = halves.draw(mean: 0, deviation: 1, from: 1, through: 1, uniform: 0.5)
    #expect(abs(z - NormalDistribution.quantile(0.75)) < 1e-14)
  }

  @Test func `more than one balanced variable is refused`() throws {
    let restrictions = PlanRestrictions(
      balance: ["g": ["y": 0.5], "asked": ["no": 0.5]])
    #expect(throws: DataError.self) {
      try JointFixture.model(
        JointFixture.table(500), JointSynthesizer.copulaMethod, restrictions: restrictions)
    }
  }
}
