// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Foundation
import Randomness
import Releases
import Schemas
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Runs under a contract` {
  private static let penguins = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/data/penguins.csv").path

  private static func made(
    _ body: String, seed: String = "contract", isEvaluated: Bool = true
  ) throws -> MadeTable {
    let contract = try Contract(yaml: "contract: 1\n" + body + "\n", file: "c.yaml")
    let request = SynthesizeRequest(
      input: penguins, contract: contract, seed: seed, isEvaluated: isEvaluated)
    return try ContractedRun(request, input: try RealInput(path: penguins), progress: .silent)
      .made()
  }

  private static func outcomes(_ report: ContractReport, _ start: String) -> [ClauseResult.Outcome]
  {
    report.clauses.filter { $0.clause.hasPrefix(start) }.map(\.outcome)
  }

  @Test(arguments: [
    (
      "variables:\n  body_mass_g: {faithful: [structure, distribution, moments, missingness]}",
      "body_mass_g: "
    ),
    (
      "variables:\n  body_mass_g: {faithful: [], within: {wasserstein: 200, quantile: 400, mean: 150, sd: 150}}",
      "body_mass_g: "
    ),
    (
      "variables:\n  body_mass_g: {extremes: {top-code: {quantile: 0.9}}, within: {ks: 0.2}}",
      "body_mass_g: nothing beyond"
    ),
    ("variables:\n  island: {unfaithful: replaced}", "island: replaced"),
    (
      "relationships:\n  - {between: [species, island, sex], within: {tv: 0.2, cramers-v: 0.25}}",
      "between species"
    ),
    ("relationships:\n  - {between: [sex, body_mass_g], kept: no}", "between body_mass_g, sex"),
    ("outliers: suppress", "outliers: nothing beyond"),
    ("analyses:\n  - {model: \"body_mass_g ~ species + sex\", overlap: 0}", "analysis"),
    ("rules:\n  - \"bill_length_mm > 2 * bill_depth_mm\"", "rule"),
    ("balance:\n  species: {Chinstrap: 60%}", "balance"),
    ("purpose: presentation", "marking"), ("purpose: preview", "volume"),
    ("rows: 100\ndisclosure: {minimum-count: 30}", "disclosure"),
  ])
  func `one contract of each kind is kept`(body: String, clause: String) throws {
    // Only the measured features of a variable need the whole evaluation.
    let made = try Self.made(body, isEvaluated: body.contains("moments"))
    let outcomes = Self.outcomes(made.report, clause)
    #expect(!outcomes.isEmpty)
    #expect(outcomes.allSatisfy { $0 == .kept }, "\(made.report.broken)")
  }

  @Test(arguments: [
    ("variables:\n  body_mass_g: {within: {mean: 0.0001}}", "body_mass_g: mean"),
    (
      "relationships:\n  - {between: [species, bill_length_mm], within: {tv: 0.001}}",
      "between species"
    ),
    (
      "analyses:\n  - {model: \"body_mass_g ~ species + sex + bill_depth_mm\", overlap: 1}",
      "analysis"
    ),
    ("rules:\n  - \"body_mass_g > 100000\"", "rule"),
  ])
  func `what cannot be reached comes out broken, after a bounded number of repairs`(
    body: String, clause: String
  ) throws {
    let made = try Self.made(body, isEvaluated: false)
    #expect(Self.outcomes(made.report, clause) == [.broken])
    #expect((1...3).contains(made.report.repairs.count))
  }

  @Test func `levels too rare to show break no promise on pairs that none gave for them`() throws {
    // Two thirds of the streets have three rows each; no generator may show them.
    var draws = RandomKey(seed: "streets").stream("row").stream(entity: 0)
    var text = "street,kind,weight\n"
    for row in 0..<3000 {
      let street = row % 3 == 0 ? "Common \(row % 10)" : "Rare \(row / 9 * 3 + row % 3)"
      let kind = ["theft", "noise", "fire"][Draws.integer(below: 3, using: &draws)]
      text += "\(street),\(kind),\(Draws.integer(below: 500, using: &draws))\n"
    }
    let place = try Place()
    let path = try place.write(text, to: "streets.csv")
    let made = try ContractedRun(
      SynthesizeRequest(input: path, seed: "streets"), input: try RealInput(path: path),
      progress: .silent
    ).made()
    let clause = try #require(
      made.report.clauses.first { $0.clause.hasPrefix("relationships of all pairs") })
    #expect(clause.outcome == .kept)
    #expect((clause.figure ?? 0) > 0.3 && clause.note?.contains("too rare") == true)
  }

  @Test
  func `a relationship that is not kept is gone in every draw, whatever chain could carry it`()
    throws
  {
    // Species, bill and flipper each tell both variables well, so a chain through any would show.
    let body = """
      relationships:
        - {between: [species, body_mass_g, sex], kept: no}
        - {between: [flipper_length_mm, island], kept: no}
      """
    let made = try Self.made(body, isEvaluated: false)
    let real = try #require(
      made.report.clauses.first { $0.clause.hasPrefix("between body_mass_g, species") })
    #expect(real.reference == 0.001)
    let pairs = [
      ("species", "body_mass_g"), ("species", "sex"), ("body_mass_g", "sex"),
      ("flipper_length_mm", "island"),
    ]
    var values: [Double] = []
    for seed in 0..<20 {
      let table = made.generator.model.sample(
        rows: 0..<250, key: RandomKey(seed: "draw \(seed)"), threads: 1)
      for (first, second) in pairs {
        let codes = try [first, second].map { name -> [Int] in
          let column = try #require(table.column(named: name))
          guard column.values.isScale else { return DistinctValues(column).codes.map(Int.init) }
          let sorted = column.values.scaleValues.sorted()
          return column.values.scaleValues.map { value in
            (1..<6).count { value > sorted[$0 * sorted.count / 6] }
          }
        }
        values.append(
          try #require(
            IndependenceTest(permutationCount: 99).pValue(
              codes[0], codes[1], key: RandomKey(seed: first + second + "\(seed)"))))
      }
    }
    // Eighty even p-values: the largest gap to a straight line is below 0.3 but once in a million
    // (Kolmogorov–Smirnov: sqrt(ln(2 / 1e-6) / 160)).
    for (rank, value) in values.sorted().enumerated() {
      #expect(abs(value - Double(rank + 1) / 80) < 0.31)
    }
  }

  @Test func `an edited plan that ties what the contract breaks is refused`() throws {
    let contract = try Contract(
      yaml: "contract: 1\nrelationships:\n  - {between: [sex, island], kept: no}\n", file: "c.yaml")
    let input = try RealInput(path: Self.penguins)
    let free = try Fit(input.table, schema: input.schema, options: FitOptions()).plan
    let request = SynthesizeRequest(
      input: Self.penguins, contract: contract, plan: free, seed: "1", isEvaluated: false)
    let error = try #require(throws: DataError.self) {
      try ContractedRun(request, input: input, progress: .silent).made()
    }
    #expect(error.line == 3)
    #expect(error.message.contains("ties"))
  }

  @Test func `rules hold in every row, and other rows stay as they were`() throws {
    let rule = "rules:\n  - \"sex == 'MALE' or body_mass_g < 4500\""
    let ruled = try Self.made(rule, isEvaluated: false)
    #expect(!ruled.amendments.isEmpty)
    let plain = ruled.generator.model.sample(
      rows: 0..<ruled.table.rowCount,
      key: RandomKey(seed: "contract", replication: ruled.replication), threads: 1)
    let amended = Set(ruled.amendments.map(\.row))
    let untouched = (0..<ruled.table.rowCount).filter { !amended.contains($0) }
    for (first, second) in zip(ruled.table.columns, plain.columns) {
      #expect(
        first.selecting(rows: untouched).values.plainTexts
          == second.selecting(rows: untouched).values.plainTexts)
    }
    #expect(Self.outcomes(ruled.report, "rule") == [.kept])
  }

  @Test func `the default contract changes no row and is written out so that it reads again`()
    throws
  {
    let input = try RealInput(path: Self.penguins)
    let request = SynthesizeRequest(input: Self.penguins, seed: "1", isEvaluated: false)
    let made = try ContractedRun(request, input: input, progress: .silent).made()
    let plain = try Generator(fitting: input, options: FitOptions())
      .model.sample(rows: 0..<344, key: RandomKey(seed: "1"), threads: 1)
    #expect(made.table == plain)
    let again = try Contract(yaml: ContractYAML.text(for: made.contract), file: "contract.yaml")
    #expect(again.variables.map(\.name) == made.contract.variables.map(\.name))
    _ = try again.checked(for: input.schema)
  }
}
