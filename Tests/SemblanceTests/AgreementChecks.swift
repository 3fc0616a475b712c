// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure
@testable import Fidelity

/// Compares what our measures make of two tables with what other software made of them.
struct AgreementChecks {
  /// The figures of one set of keys and one target by synthpop: UiO, UiS, UiOiS, repU; Dorig, Dsyn, iS,
  /// DiS, DiSCO, DiSDiO; baseCAPd, CAPd, CAPs, DCAP.
  ///
  /// TCAP is not compared: synthpop divides by all records in the synthetic table, Little et al. and we by DiS.
  typealias KeyFigures = (keys: String, target: String, [Double], [Double], [Double])

  let real: Table
  let other: Table
  let schema: Schema

  func compared() throws -> ComparedTables {
    ComparedTables(try TableAlignment([real, other], schema: schema), threads: 1)
  }

  // MARK: SDMetrics

  /// Compares one less KSComplement or TVComplement, one less MissingValueSimilarity, and for pairs one
  /// less CorrelationSimilarity or ContingencySimilarity, stand-alone: the *report* bins each table by its
  /// own range, so that a shifted copy scores 1 in it, which ours does not follow.
  func columns(
    _ shapes: [(String, Double, Double)], pairs trends: [String: Double]
  ) throws -> FidelityReport {
    let report = try FidelityMeasure().report(
      real: real, synthetic: other, schema: schema, key: RandomKey(seed: "1"))
    for (name, distance, missingness) in shapes {
      let column = try #require(report.columns.first { $0.name == name })
      #expect(abs((column.distance.value ?? -1) - distance) < 1e-10, "\(name)")
      #expect(abs((column.missingness.value ?? -1) - missingness) < 1e-10, "\(name)")
    }
    var compared = 0
    for pair in report.pairs {
      let name = "\(report.columns[pair.first].name) \(report.columns[pair.second].name)"
      guard let wanted = trends[name] else { continue }
      #expect(abs((pair.error.value ?? -1) - wanted) < 1e-10, "\(name)")
      compared += 1
    }
    #expect(compared == trends.count)
    return report
  }

  // MARK: synthpop

  func keys(_ figures: [KeyFigures]) throws {
    let compared = try compared()
    func index(_ name: String) throws -> Int {
      try #require(compared.columns.firstIndex { $0.name == name })
    }
    for (names, target, identity, attribute, attribution) in figures {
      let keys = names.split(separator: " ").map(String.init)
      let measure = KeyMeasure(
        keys: try keys.map { KeyColumn(key: try index($0), compared) },
        targets: [KeyColumn(target: try index(target), compared)], minimumCount: 10)
      let set = try #require(
        measure.result(threads: 1, progress: .silent).sets.first { $0.keys == keys })
      let found = try #require(set.attributes.first)
      let ours = [
        set.uniqueInOriginal, set.uniqueInSynthetic, set.originalUniquesPresent,
        set.replicatedUniques, found.disclosiveInOriginal, found.disclosiveInSynthetic,
        set.inSynthetic, found.determined, found.determinedRightly, found.determinedInBoth,
        found.baseline, found.originalAttribution, found.syntheticAttribution, found.attribution,
      ]
      for (place, (own, theirs)) in zip(ours, identity + attribute + attribution).enumerated() {
        #expect(abs(own - theirs) < 1e-9, "\(names), \(target), \(place)")
      }
    }
  }

  /// Compares VW, pMSE, S_pMSE, FT, JSD and dBhatt of `utility.tab`.
  func tables(_ expected: [(pair: String, [Double])]) throws {
    let alignment = try TableAlignment([real, other], schema: schema)
    let names = alignment.columns.map(\.name)
    let measure = MarginMeasure(
      columns: alignment.columns.map { GroupedColumn($0) }, names: names, bootstrap: nil)
    for (pair, figures) in expected {
      let places = try pair.split(separator: " ").map { name in
        try #require(names.firstIndex(of: String(name)))
      }
      let table = try #require(
        measure.pairTables([(places[0], places[1])], threads: 1, progress: .silent).first ?? nil)
      let ours = [
        table.voasWilliamson, table.propensityError, table.ratio ?? -1, table.freemanTukey,
        table.jensenShannon, table.hellinger,
      ]
      for (place, (own, theirs)) in zip(ours, figures).enumerated() {
        #expect(abs(own - theirs) < 1e-9 * max(1, theirs), "\(pair), \(place)")
      }
    }
  }

  // MARK: Models

  func propensity(_ names: [String]) throws -> LogisticPropensity {
    let alignment = try TableAlignment(
      [real, other],
      schema: Schema(variables: schema.variables.filter { names.contains($0.name) }))
    let stack = try #require(StackedTables(alignment, other: 1, key: RandomKey(seed: "1")))
    return try #require(LogisticPropensity(stack))
  }

  /// Compares how well scales, with many ties, tell one level of a column from the others.
  func areas(_ level: String, of name: String, _ expected: [(String, Double)]) throws {
    let compared = try compared()
    let target = try #require(compared.columns.first { $0.name == name })
    let code = UInt32(try #require(target.levels.firstIndex(of: level)) + 1)
    for (name, wanted) in expected {
      let values = try #require(compared.columns.first { $0.name == name }).sides[0].values
      let codes = target.sides[0].codes
      let area = try #require(
        AreaUnderCurve(
          first: values.indices.filter { codes[$0] != code && codes[$0] != 0 }.map { values[$0] },
          second: values.indices.filter { codes[$0] == code }.map { values[$0] }))
      #expect(abs(area.value - wanted) < 1e-12, "\(name)")
    }
  }
}
