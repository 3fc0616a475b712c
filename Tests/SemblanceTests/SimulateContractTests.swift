// SPDX-License-Identifier: Apache-2.0
import Evaluation
import FoundationEssentials
import Tables
import Testing

@testable import Semblance

/// A contract on simulated data: each clause is checked, or says why it cannot be.
struct SimulateContractTests {
  /// Tutoring, given by chance or to those of little ability.
  static func model(chance: String, missing: Bool = false) -> String {
    """
    simulate: 1
    tables:
      pupil:
        rows: 400
        columns:
          ability: {value: "~ normal(0, 1)", hidden: true}
          tutored: ~ bernoulli(\(chance))
          score: ~ normal(50 + if(tutored, 1.5, 0) + 4 * ability, 3)
          lucky: "~ categorical(yes = 0.3, no = 0.7)"
    \(missing ? "missing: {score: {probability: 0.1, kind: MCAR}}" : "")
    truth:
      effects: [{do: {tutored: [false, true]}, on: score}]
    """
  }

  static let schools = """
    simulate: 1
    tables:
      school:
        rows: 5
        columns: {quality: "~ uniform(1, 2)"}
      pupil:
        per: school
        rows: 20
        columns: {score: "~ uniform(school.quality, 3)"}
    """

  static func made(
    _ model: String, contract: String, dictionary: String? = nil,
    _ body: (_ folder: String, _ result: SimulateResult) throws -> Void
  ) throws {
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/semblance-simulate-contract-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: nil)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(model.utf8).write(to: URL(filePath: "\(folder)/model.yaml"))
    let verb = try SimulateVerb(
      path: "\(folder)/model.yaml",
      contract: ContractFile(text: "contract: 1\n" + contract, file: "c.yaml"),
      dictionary: dictionary.map { try DictionaryFile(text: $0, file: "d.yaml") })
    try body(folder, try verb.run(into: "\(folder)/out", threads: 1))
  }

  static func outcomes(_ result: SimulateResult) throws -> [String: ClauseResult] {
    let clauses = try #require(result.contract).clauses
    return Dictionary(clauses.map { ($0.clause, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `each clause is kept, broken or not computable`() throws {
    let contract = """
      purpose: proof-of-concept
      rows: 400
      seed: autumn
      variables:
        score: {faithful: [distribution, structure], within: {ks: 0.1}, extremes: {top-code: {at: 40}}}
        lucky: {faithful: [structure]}
      relationships:
        - {between: [lucky, score], kept: no}
        - {between: [tutored, score]}
      outliers: keep
      analyses:
        - {model: "score ~ tutored"}
      rules:
        - "score > 20 or not tutored"
        - "score < 50"
      balance: {lucky: {"yes": 30%}}
      documentation: {creators: [A. Teacher], faithful: [labels, missing-codes, catalogue]}
      marking: {column: synthetic}
      """
    let dictionary = """
      variables:
        lucky: {label: Luck, values: {"yes": lucky}}
      """
    try Self.made(
      Self.model(chance: "0.5", missing: true), contract: contract, dictionary: dictionary
    ) { folder, result in
      let found = try Self.outcomes(result).mapValues(\.outcome)
      #expect(found["volume: 400 rows"] == .kept)
      #expect(found["score: distribution"] == .notComputable)
      #expect(found["score: ks"] == .notComputable)
      #expect(found["score: structure"] == .notComputable)
      // The level "no" is not in the dictionary.
      #expect(found["lucky: structure"] == .broken)
      #expect(found["score: nothing above the limit of its extremes"] == .broken)
      #expect(found["between lucky, score: deliberately not kept"] == .kept)
      #expect(found["between tutored, score: tv"] == .notComputable)
      #expect(found["outliers"] == .notComputable)
      #expect(found["analysis score ~ tutored (gaussian)"] == .kept)
      #expect(found["analysis score ~ tutored: tutored as the true effect"] == .kept)
      #expect(found["rule score > 20 or not tutored"] == .kept)
      #expect(found["rule score < 50"] == .broken)
      #expect(found["balance: lucky \"yes\" is 30.0 % of the rows"] == .kept)
      #expect(found["disclosure of real records"] == .notComputable)
      #expect(found["documentation: each variable has a label"] == .broken)
      #expect(found["documentation: each code for missing says what it means"] == .kept)
      #expect(
        found["documentation: creators, publisher, date and licence are stated"] == .broken)
      #expect(found["marking: column \"synthetic\" is 1 in every row"] == .kept)
      let data = try String(contentsOfFile: "\(folder)/out/pupil.synthetic.csv", encoding: .utf8)
      #expect(data.hasPrefix("tutored,score,lucky,synthetic\n"))
      let manifest = try String(contentsOfFile: "\(folder)/out/manifest.json", encoding: .utf8)
      #expect(manifest.contains("autumn"))
      for file in [
        "contract.json", "contract.yaml", "datapackage.json", "pupil.ddi.xml", "datacite.json",
        "dcat.ttl", "prov.ttl", "CITATION.cff", "LICENCE-SUGGESTION.md",
      ] {
        #expect(manifest.contains("\"\(file)\""), "\(file) is not in the manifest")
      }
      let page = try String(contentsOfFile: "\(folder)/out/report.html", encoding: .utf8)
      #expect(page.contains("What was promised") && page.contains("<strong>broken</strong>"))
    }
  }

  @Test func `a confounded analysis does not give the true effect, and an adjusted one does`()
    throws
  {
    let contract = "analyses:\n  - {model: \"score ~ tutored\"}\n"
    let confounded = "invlogit(-2 * ability)"
    try Self.made(Self.model(chance: confounded), contract: contract) { _, result in
      let clause = try #require(
        try Self.outcomes(result)["analysis score ~ tutored: tutored as the true effect"])
      #expect(clause.outcome == .broken)
      // Nothing is missing, so that the complete data say the same.
      let same = try #require(try Self.outcomes(result)["analysis score ~ tutored (gaussian)"])
      #expect(abs((same.figure ?? 0) - 1) < 1e-9)
    }
    let seen = Self.model(chance: confounded).split(separator: ", hidden: true").joined()
    let adjusted = "analyses:\n  - {model: \"score ~ tutored + ability\"}\n"
    try Self.made(seen, contract: adjusted) { _, result in
      let clause = try #require(
        try Self.outcomes(result)["analysis score ~ tutored + ability: tutored as the true effect"])
      #expect(clause.outcome == .kept)
    }
  }

  @Test func `several tables are named, and a rule may look at the table above`() throws {
    let contract = """
      rules:
        - "pupil.score > school.quality"
        - "count(pupil) == 20"
        - "quality > 1.99"
      marking: {column: made_up}
      """
    try Self.made(Self.schools, contract: contract) { folder, result in
      let found = try Self.outcomes(result)
      #expect(found["rule pupil.score > school.quality"]?.outcome == .kept)
      #expect(found["rule pupil.score > school.quality"]?.note == "rows of pupil")
      #expect(found["rule count(pupil) == 20"]?.outcome == .kept)
      #expect(found["rule quality > 1.99"]?.outcome == .broken)
      let school = try String(contentsOfFile: "\(folder)/out/school.synthetic.csv", encoding: .utf8)
      #expect(school.hasPrefix("school_id,quality,made_up\n"))
    }
  }

  @Test(arguments: [
    ("extrapolated:\n  - {file: more.csv, because: \"none\"}", 3, "extrapolated"),
    ("balance: {nobody: {a: 10%}}", 2, "do not have"),
    (
      "variables:\n  score: {faithful: [structure]}\n  school_id: {faithful: [structure]}", 4,
      "2 tables"
    ),
    ("relationships:\n  - {between: [score, quality], kept: no}", 3, "two tables"),
    ("rules:\n  - \"scor > 1\"", 3, "scor"),
    ("rules:\n  - \"school_id > 0\"", 3, "several tables"),
    ("marking: {column: score}", 2, "name of a column"),
    (
      "relationships:\n  - {between: [score, pupil_id], kept: no}\nrules:\n  - \"score > pupil_id\"",
      5, "contradict"
    ),
  ])
  func `what no model can keep is refused, with its line`(
    contract: String, line: Int, words: String
  ) throws {
    let error = try #require(throws: DataError.self) {
      try Self.made(Self.schools, contract: contract) { _, _ in }
    }
    #expect(error.message.contains(words))
    #expect(error.file == "c.yaml")
    #expect(error.line == line)
  }

  @Test func `rows of a file may be real, and the contract says that nobody knows`() throws {
    let model = """
      simulate: 1
      population: {person: {file: people.csv, key: id}}
      periods: {from: 2027, to: 2028}
      each_period: [{person.age: age + 1}]
      """
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/semblance-simulate-people-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: nil)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(model.utf8).write(to: URL(filePath: "\(folder)/model.yaml"))
    try Data("id,age\n1,30\n2,41\n".utf8).write(to: URL(filePath: "\(folder)/people.csv"))
    let contract = try ContractFile(
      text: "contract: 1\nvariables: {age: {unfaithful: replaced}}\n", file: "c.yaml")
    let result = try SimulateVerb(path: "\(folder)/model.yaml", contract: contract).run(
      into: "\(folder)/out", threads: 1)
    let found = try Self.outcomes(result)
    #expect(found["disclosure of real records"]?.note?.contains("people.csv") == true)
    #expect(found["age: replaced, nothing of it learned"]?.outcome == .notComputable)
    let terms = try String(
      contentsOfFile: "\(folder)/out/LICENCE-SUGGESTION.md", encoding: .utf8)
    #expect(terms.contains("no open licence"))
    // Nothing promises that no row is a real one.
    let release = "\(folder)/out"
    for name in try FileManager.default.contentsOfDirectory(atPath: release)
    where !name.hasSuffix(".csv") {
      let text = try String(contentsOfFile: "\(release)/\(name)", encoding: .utf8)
      #expect(!text.contains("No row describes"), "\(name)")
    }
    let page = try String(contentsOfFile: "\(release)/report.html", encoding: .utf8)
    #expect(page.contains("start from the rows of people.csv"))
  }

  @Test(arguments: [1, 3])
  func `a release under a contract is made again, on any number of threads`(threads: Int) throws {
    let contract = """
      rules: ["score > 0"]
      marking: {column: synthetic}
      """
    try Self.made(
      Self.model(chance: "0.5"), contract: contract,
      dictionary: "variables:\n  score: {label: Points}\n"
    ) { folder, _ in
      let result = try ReproduceVerb(
        manifest: "\(folder)/out/manifest.json", source: "\(folder)/out.truth/model.yaml",
        verifies: true, threads: threads
      ).run()
      #expect(result.isRemade)
      #expect(result.differences.isEmpty)
      #expect(result.files.contains("pupil.synthetic.csv") && result.files.contains("prov.ttl"))
    }
  }
}
