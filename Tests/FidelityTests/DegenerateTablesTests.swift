// SPDX-License-Identifier: Apache-2.0
import Disclosure
import Evaluation
import Fidelity
import Randomness
import Schemas
import Tables
import Testing

/// Tables that leave little or nothing to measure: figures are `nil` with a reason, and nothing stops.
struct DegenerateTablesTests {
  enum Case: String, CaseIterable {
    case noRealRows, noSyntheticRows, oneRowEach, twoRows, allMissing, oneColumn, constants
  }

  private let schema = Schema(variables: [
    Variable(name: "x", kind: .number, role: .quasiIdentifier, measure: .scale),
    Variable(name: "l", kind: .category, role: .quasiIdentifier, measure: .nominal),
    Variable(name: "s", kind: .category, role: .sensitive, measure: .nominal),
  ])

  private func table(_ x: [Double], missing: Bool = false, columnCount: Int = 3) -> Table {
    let codes = MissingCells(
      reasons: [MissingReason(code: "")],
      codes: [UInt8](repeating: missing ? 1 : 0, count: x.count))
    let levels = x.map { UInt32($0.magnitude) % 2 }
    let pool = TextPool(["a", "b"])
    let columns = [
      Column(name: "x", values: .numbers(x), missing: codes),
      Column(name: "l", values: .texts(codes: levels, pool: pool), missing: codes),
      Column(name: "s", values: .texts(codes: levels, pool: pool), missing: codes),
    ]
    return Table(columns: Array(columns.prefix(columnCount)), rowCount: x.count)
  }

  private func tables(_ case: Case) -> (real: Table, synthetic: Table) {
    let ten = (0..<10).map { Double($0) }
    switch `case` {
    case .noRealRows: return (table([]), table(ten))
    case .noSyntheticRows: return (table(ten), table([]))
    case .oneRowEach: return (table([1]), table([2]))
    case .twoRows: return (table([1, 2]), table([2, 3]))
    case .allMissing: return (table(ten, missing: true), table(ten, missing: true))
    case .oneColumn: return (table(ten, columnCount: 1), table(ten, columnCount: 1))
    case .constants: return (table([4, 4, 4, 4, 4, 4]), table([4, 4, 4, 4, 4, 4]))
    }
  }

  @Test(arguments: Case.allCases, MeasureDepth.allCases)
  func `measures end, and say why there is no figure`(_ case: Case, _ depth: MeasureDepth) throws {
    let (real, synthetic) = tables(`case`)
    for holdout in [nil, real] {
      let fidelity = try FidelityMeasure(depth: depth).report(
        real: real, synthetic: synthetic, holdout: holdout, schema: schema,
        key: RandomKey(seed: "1"))
      for score in fidelity.columns.map(\.distance) + fidelity.pairs.map(\.error) {
        #expect((score.value == nil) == (score.reason != nil))
      }
    }
    for control in [real, synthetic] {
      let report = try DisclosureMeasure(depth: depth).report(
        real: real, synthetic: synthetic,
        trials: [DisclosureTrial(training: real, control: control, synthetic: synthetic)],
        controlKind: .holdout, schema: schema, key: RandomKey(seed: "1"))
      for score in [
        report.exactMatches, report.uniqueMatches, report.closerToTraining, report.nearMatches,
        report.valueIndications, report.extremeIndications, report.combinationIndications,
      ] { #expect((score.value == nil) == (score.reason != nil)) }
    }
  }
}
