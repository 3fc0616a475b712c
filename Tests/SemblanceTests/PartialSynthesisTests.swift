// SPDX-License-Identifier: Apache-2.0
import Contracts
import Foundation
import Randomness
import Releases
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `A table of which some is real` {
  /// Rows in which y = 2x + 3·(group is b) + noise of deviation 1, with an identifier, and a total that is
  /// x + z in every row.
  private static func text(_ count: Int) -> String {
    var lines = ["id,group,x,z,total,y,reason"]
    for row in 0..<count {
      var draws = RandomKey(seed: "partial").stream("rows").stream(entity: UInt64(row))
      func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
      let x = rounded(Draws.normal(mean: 0, standardDeviation: 1, using: &draws))
      let z = rounded(Draws.normal(mean: 10, standardDeviation: 2, using: &draws))
      let isB = row % 3 == 0
      let error = Draws.normal(mean: 0, standardDeviation: 1, using: &draws)
      let y = rounded(2 * x + (isB ? 3 : 0) + error)
      let written = row % 10 == 0 ? "" : "\(y)"
      lines.append(
        "P\(100_000 + row),\(isB ? "b" : "a"),\(x),\(z),\(rounded(x + z)),\(written),\(row % 7 == 0 ? "none" : "some")"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func made(
    _ place: Place, rows: Int, replacing names: [String], where condition: String? = nil,
    _ change: (inout SynthesizeRequest) -> Void = { _ in }
  ) throws -> (real: Table, made: Table, result: SynthesizeResult) {
    let source = try place.write(text(rows), to: "people.csv")
    var request = SynthesizeRequest(
      input: source, output: "\(place.path)/out.release", seed: "1", isEvaluated: false,
      replacesExisting: true)
    request.replacement = ReplacementRequest(variables: names, condition: condition)
    change(&request)
    let result = try SynthesizeVerb(request).run()
    return (
      try RealInput(path: source).table,
      try RealInput(path: "\(place.path)/out.release/people.synthetic.csv").table, result
    )
  }

  private static func cells(_ table: Table, _ name: String) throws -> [String] {
    let column = try #require(table.column(named: name))
    return (0..<column.count).map {
      column.missing.isMissing(at: $0) ? "missing" : column.values.plainTexts[$0]
    }
  }

  @Test func `named columns are generated, all others are real cell by cell`() throws {
    let place = try Place()
    let (real, made, result) = try Self.made(place, rows: 600, replacing: ["y"])
    for name in ["group", "x", "z", "total", "reason"] {
      #expect(try Self.cells(real, name) == Self.cells(made, name))
    }
    let (before, after) = (try Self.cells(real, "y"), try Self.cells(made, "y"))
    // Values have two decimals, so few come out the same; missing cells are drawn too.
    #expect(zip(before, after).count { $0 == $1 && $0 != "missing" } < 30)
    #expect((30...95).contains(after.count { $0 == "missing" }))
    #expect(zip(before, after).contains { $0 == "missing" && $1 != "missing" })
    // Identifiers would undo it all.
    #expect(zip(try Self.cells(real, "id"), try Self.cells(made, "id")).count { $0 == $1 } < 10)
    #expect(result.partial?.kept == ["group", "x", "z", "total", "reason"])
    #expect(result.partial?.replaced == ["id", "y"])
  }

  @Test func `generated cells depend on the kept ones as real ones do`() throws {
    let place = try Place()
    let (real, made, _) = try Self.made(place, rows: 3000, replacing: ["y"])
    /// The coefficient of x within the groups, of rows with y, by least squares.
    func slope(_ table: Table) throws -> (x: Double, group: Double) {
      let x = try #require(table.column(named: "x")).values.scaleValues
      let column = try #require(table.column(named: "y"))
      let (y, groups) = (column.values.scaleValues, try Self.cells(table, "group"))
      var sums: [String: (n: Double, x: Double, y: Double)] = [:]
      let rows = (0..<x.count).filter { !column.missing.isMissing(at: $0) }
      for row in rows {
        let old = sums[groups[row]] ?? (0, 0, 0)
        sums[groups[row]] = (old.n + 1, old.x + x[row], old.y + y[row])
      }
      var (products, squares) = (0.0, 0.0)
      for row in rows {
        guard let own = sums[groups[row]] else { continue }
        products += (x[row] - own.x / own.n) * (y[row] - own.y / own.n)
        squares += (x[row] - own.x / own.n) * (x[row] - own.x / own.n)
      }
      let slope = products / squares
      func level(_ name: String) throws -> Double {
        let own = try #require(sums[name])
        return own.y / own.n - slope * own.x / own.n
      }
      return (slope, try level("b") - level("a"))
    }
    let (before, after) = (try slope(real), try slope(made))
    // 2,700 rows: standard errors .019 and .041 of each table; two tables, four standard errors of the
    // difference, and a trees' step within leaves of about .1.
    #expect(abs(after.x - before.x) < 0.11 + 0.1)
    #expect(abs(after.group - before.group) < 0.23 + 0.1)
  }

  @Test func `only rows that satisfy a condition are touched, and satisfy it still`() throws {
    let place = try Place()
    let (real, made, _) = try Self.made(
      place, rows: 600, replacing: ["x"], where: "x > 1"
    ) { $0.contract = try? Contract(yaml: "contract: 1\nmarking: {column: fake}\n", file: "c") }
    let (before, after) = (try Self.cells(real, "x"), try Self.cells(made, "x"))
    let numbers = try #require(real.column(named: "x")).values.scaleValues
    let drawn = try #require(made.column(named: "x")).values.scaleValues
    let marks = try Self.cells(made, "fake")
    var changed = 0
    for row in 0..<600 {
      #expect(marks[row] == (numbers[row] > 1 ? "1" : "0"))
      if numbers[row] > 1 {
        #expect(drawn[row] > 1)
        if before[row] != after[row] { changed += 1 }
      } else {
        #expect(before[row] == after[row])
      }
    }
    #expect(changed > 60)
    // Identifiers are made anew in rows that stay real too.
    #expect(zip(try Self.cells(real, "id"), try Self.cells(made, "id")).count { $0 == $1 } < 10)
    #expect(Set(try Self.cells(made, "id")).count == 600)
    #expect(try place.text("out.release/README.md").contains("but id, made anew in every row"))
    // The total follows from x, so it is computed anew where x is.
    let totals = try #require(made.column(named: "total")).values.scaleValues
    let others = try #require(made.column(named: "z")).values.scaleValues
    #expect((0..<600).allSatisfy { abs(totals[$0] - drawn[$0] - others[$0]) < 1e-6 })
  }

  @Test func `whole rows are generated where no columns are named`() throws {
    let place = try Place()
    let (real, made, result) = try Self.made(
      place, rows: 600, replacing: [], where: "group == 'b'")
    #expect(result.partial?.kept == [])
    #expect(zip(try Self.cells(real, "id"), try Self.cells(made, "id")).count { $0 == $1 } < 10)
    let groups = try Self.cells(real, "group")
    #expect(try Self.cells(made, "group") == groups)
    for name in ["x", "z", "y"] {
      let (before, after) = (try Self.cells(real, name), try Self.cells(made, name))
      for row in 0..<600 where groups[row] == "a" { #expect(before[row] == after[row]) }
      #expect((0..<600).count { groups[$0] == "b" && before[$0] == after[$0] } < 60)
    }
  }

  @Test func `every file of a release says that it is real in part, and none that it is not`()
    throws
  {
    let place = try Place()
    _ = try Self.made(place, rows: 300, replacing: ["y"]) { $0.isEvaluated = true }
    for folder in ["out.release", "out.owner"] {
      for name in try place.names(in: folder) where !name.hasSuffix(".csv") {
        let text = try place.text("\(folder)/\(name)").lowercased()
        #expect(!text.contains("no row describes"), "\(name)")
        #expect(!text.contains("not real data"), "\(name)")
        #expect(!text.contains("generated, not observed"), "\(name)")
      }
    }
    for name in [
      "report.html", "statement.json", "README.md", "manifest.json", "datapackage.json", "ddi.xml",
      "checklist.md", "datacite.json", "dcat.ttl", "prov.ttl", "CITATION.cff", "codebook-csvw.json",
      "codebook-croissant.json",
    ] {
      let text = try place.text("out.release/\(name)").lowercased()
      #expect(text.contains("partially synthetic"), "\(name)")
      #expect(text.contains("real"), "\(name)")
    }
    #expect(try place.text("out.release/LICENCE-SUGGESTION.md").contains("no open licence"))
  }

  @Test func `the same bytes come again from both manifests, and rows tell their run`() throws {
    let place = try Place()
    _ = try Self.made(place, rows: 300, replacing: ["y"], where: "x > 0")
    for folder in ["release", "owner"] {
      let result = try ReproduceVerb(
        manifest: "\(place.path)/out.\(folder)/manifest.json", source: "\(place.path)/people.csv",
        verifies: true, threads: 2
      ).run()
      #expect(result.isRemade && result.differences.isEmpty)
    }
  }

  @Test(
    arguments: [
      (["weight"], nil, "no column \"weight\""),
      (["total"], nil, "follows from"),
      (["group", "x", "z", "total", "y", "reason"], nil, "nothing would stay real"),
      ([], "x > 100", "no row satisfies"),
      ([], "x > -100", "every row satisfies"),
      (["y"], "x", "true or false"),
    ] as [([String], String?, String)])
  func `what cannot be done is refused before anything is written`(
    names: [String], condition: String?, words: String
  ) throws {
    let place = try Place()
    let error = #expect(throws: DataError.self) {
      try Self.made(place, rows: 300, replacing: names, where: condition)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(try place.names(in: "") == ["people.csv"])
  }

  @Test func `what has other rows than the real table is refused`() throws {
    let place = try Place()
    let changes: [(inout SynthesizeRequest) -> Void] = [
      { $0.rows = .count(10) }, { $0.condition = "x > 0" }, { $0.budget = 60 },
      { $0.holdout = .share(0.2) }, { $0.purpose = .preview }, { $0.nearMatches = .regenerate },
      { $0.fit.method = "mixture" },
    ]
    for change in changes {
      #expect(throws: DataError.self) {
        try Self.made(place, rows: 300, replacing: ["y"], change)
      }
    }
    #expect(try place.names(in: "") == ["people.csv"])
  }
}
