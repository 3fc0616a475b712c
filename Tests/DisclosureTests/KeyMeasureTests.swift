// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Randomness
import Schemas
import Tables
import Testing

@testable import Disclosure

struct KeyMeasureTests {
  private func table(_ rows: [(String, Int64, String)]) -> Table {
    func texts(_ name: String, _ cells: [String]) -> Column {
      Column(
        name: name,
        values: .texts(codes: cells.indices.map { UInt32($0) }, pool: TextPool(cells)))
    }
    return Table(columns: [
      texts("sex", rows.map(\.0)), Column(name: "age", values: .wholeNumbers(rows.map(\.1))),
      texts("target", rows.map(\.2)),
    ])
  }

  private let schema = Schema(variables: [
    Variable(name: "sex", kind: .category, role: .quasiIdentifier, measure: .nominal),
    Variable(name: "age", kind: .wholeNumber, role: .quasiIdentifier, measure: .scale),
    Variable(name: "target", kind: .category, role: .sensitive, measure: .nominal),
  ])

  /// The worked example of the reference: eight records of sex, age and a target.
  private func example() throws -> KeyDisclosure {
    let real = table([
      ("F", 20, "y"), ("F", 20, "y"), ("F", 30, "n"), ("M", 20, "n"), ("M", 30, "y"),
      ("M", 30, "n"), ("M", 40, "y"), ("F", 40, "n"),
    ])
    let synthetic = table([
      ("F", 20, "y"), ("F", 20, "y"), ("F", 30, "n"), ("M", 20, "y"), ("M", 30, "n"),
      ("M", 40, "y"), ("M", 50, "n"), ("M", 30, "y"),
    ])
    let report = try DisclosureMeasure(depth: .full).report(
      real: real, synthetic: synthetic, trials: [], controlKind: .halves, schema: schema,
      key: RandomKey(seed: "1"))
    return try #require(report.keyDisclosure)
  }

  @Test func `identity figures are those worked by hand`() throws {
    let set = try #require(try example().sets.first { $0.keys == ["sex", "age"] })
    #expect(set.uniqueInOriginal == 50)
    #expect(set.uniqueInSynthetic == 50)
    #expect(set.originalUniquesPresent == 37.5)
    #expect(set.replicatedUniques == 37.5)
    #expect(set.inSynthetic == 87.5)
    #expect(set.realInSmallClasses == [100, 100, 100])
  }

  @Test func `attribute figures are those worked by hand`() throws {
    let set = try #require(try example().sets.first { $0.keys == ["sex", "age"] })
    let target = try #require(set.attributes.first)
    #expect(target.disclosiveInOriginal == 75)
    #expect(target.disclosiveInSynthetic == 75)
    #expect(target.determined == 62.5)
    #expect(target.determinedRightly == 50)
    #expect(target.determinedInBoth == 50)
    #expect(target.baseline == 50)
    #expect(target.originalAttribution == 87.5)
    #expect(target.syntheticAttribution == 87.5)
    #expect(target.attribution == 62.5)
    #expect(target.targetedAttribution == 80)
    // synthpop's code divides by all records whose keys occur, and gets 57.14.
    #expect(abs(100 * target.determinedRightly / set.inSynthetic - 57.142857) < 1e-6)
  }

  @Test func `all sets of up to three keys and all keys are measured`() {
    #expect(KeyMeasure.sets(of: 1) == [[0]])
    #expect(KeyMeasure.sets(of: 3).count == 7)
    #expect(KeyMeasure.sets(of: 5).count == 5 + 10 + 10 + 1)
    #expect(KeyMeasure.sets(of: 5).last == [0, 1, 2, 3, 4])
  }

  @Test func `what the real shares give away is flagged as expected`() throws {
    // All sixty children are single: knowing the age gives the status, and everyone expects that.
    var rows: [(String, Int64, String)] = []
    for row in 0..<60 { rows.append((row % 2 == 0 ? "F" : "M", 10, "single")) }
    for row in 0..<40 {
      rows.append((row % 2 == 0 ? "F" : "M", 40, row % 4 < 2 ? "single" : "married"))
    }
    let report = try DisclosureMeasure(depth: .full).report(
      real: table(rows), synthetic: table(rows), trials: [], controlKind: .halves, schema: schema,
      key: RandomKey(seed: "1"))
    let set = try #require(report.keyDisclosure?.sets.first { $0.keys == ["age"] })
    let expected = try #require(set.attributes.first).expected
    #expect(expected.contains { $0.level == "single" && $0.key == nil && $0.recordCount == 60 })
    #expect(expected.contains { $0.key == "age" && $0.recordCount == 60 })
  }

  @Test func `classes are the same however they are numbered`() {
    var stream = RandomKey(seed: "classes").stream("codes").stream(entity: 0)
    let columns = (0..<3).map { _ in
      (0..<200).map { _ in UInt32(Draws.integer(below: 6, using: &stream)) }
    }
    var dense = RowClasses(realCount: 120, syntheticCount: 80)
    var sparse = dense
    for column in columns {
      let (real, synthetic) = (Array(column[..<120]), Array(column[120...]))
      dense = dense.refined(byReal: real, synthetic: synthetic, codeCount: 6)
      sparse = sparse.refined(byReal: real, synthetic: synthetic, codeCount: 1 << 30)
    }
    #expect(dense.real == sparse.real && dense.synthetic == sparse.synthetic)
    #expect(dense.count == Set((0..<200).map { row in columns.map { $0[row] } }).count)
  }
}
