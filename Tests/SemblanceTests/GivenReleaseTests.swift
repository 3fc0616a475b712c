// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Randomness
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `A release of rows that were given in part` {
  private let place: Place

  init() throws {
    place = try Place()
    try place.write(RealFile.survey(rowCount: 900).text, to: "people.csv")
    try place.write("age,working\n30,yes\n70,\n,no\n44,yes\n", to: "cells.csv")
  }

  private func request(
    _ change: (inout SynthesizeRequest) throws -> Void = { _ in }
  ) throws -> SynthesizeRequest {
    var request = SynthesizeRequest(
      input: place.path + "/people.csv", output: place.path + "/out.release", seed: "1",
      isEvaluated: false, replacesExisting: true)
    request.given = GivenRequest(path: place.path + "/cells.csv", copies: 50)
    try change(&request)
    return request
  }

  @Test func `given cells stand as they are given, and all others are those of the generator`()
    throws
  {
    let result = try SynthesizeVerb(request()).run()
    #expect(result.rowCount == 200 && result.given != nil && result.contract.broken.isEmpty)
    let lines = try place.text("out.release/people.synthetic.csv").fileLines.dropFirst()
    for (row, line) in lines.enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let given: [(age: Substring, working: Substring)] = [
        ("30", "yes"), ("70", ""), ("", "no"), ("44", "yes"),
      ]
      let (age, working) = given[row / 50]
      #expect(age.isEmpty || cells[1] == age)
      #expect(working.isEmpty || cells[4] == working)
    }
    // The same cells as `generate --given` draws under the seed.
    let generator = try Generator(
      fitting: try RealInput(path: place.path + "/people.csv"), options: FitOptions())
    let filled = try GivenRows(path: place.path + "/cells.csv", model: generator.model)
      .filled(0..<200, copies: 50, key: RandomKey(seed: "1"), threads: 1).table
    let made = try RealInput(path: place.path + "/out.release/people.synthetic.csv").table
    for name in ["age", "region", "score"] {
      let own = try #require(made.column(named: name)).values.plainTexts
      let other = try #require(filled.column(named: name)).values.plainTexts
      #expect(own == other, "\(name)")
    }
  }

  @Test func `every file says what was given, and none that no row describes anybody`() throws {
    _ = try SynthesizeVerb(request { $0.isEvaluated = true }).run()
    for folder in ["out.release", "out.owner"] {
      for name in try place.names(in: folder) where !name.hasSuffix(".csv") {
        let text = try place.text("\(folder)/\(name)").lowercased()
        #expect(!text.contains("no row describes"), "\(name)")
        #expect(!text.contains("not real data"), "\(name)")
        #expect(!text.contains("generated, not observed"), "\(name)")
        #expect(!text.contains("generated and not observed"), "\(name)")
      }
    }
    for name in [
      "report.html", "statement.json", "README.md", "manifest.json", "datapackage.json", "ddi.xml",
      "datacite.json", "dcat.ttl", "CITATION.cff", "codebook-csvw.json", "codebook-croissant.json",
    ] {
      #expect(try place.text("out.release/\(name)").contains("cells.csv"), "\(name)")
    }
    // What is given decides how ages are spread, so that no promise about that is broken.
    let contract = try place.text("out.release/contract.json")
    #expect(contract.contains("were given") && !contract.contains("\"broken\" :"))
  }

  @Test func `the same bytes come again with the partial table, and with no other`() throws {
    _ = try SynthesizeVerb(request()).run()
    for folder in ["release", "owner"] {
      var verb = ReproduceVerb(
        manifest: "\(place.path)/out.\(folder)/manifest.json",
        source: place.path + "/people.csv", verifies: true, threads: 2)
      #expect(throws: DataError.self) { try verb.run() }
      verb.given = place.path + "/cells.csv"
      let result = try verb.run()
      #expect(result.isRemade && result.differences.isEmpty, "\(result.differences)")
    }
    try place.write("age,working\n30,yes\n70,\n,no\n45,yes\n", to: "cells.csv")
    var verb = ReproduceVerb(
      manifest: place.path + "/out.owner/manifest.json", source: place.path + "/people.csv")
    verb.given = place.path + "/cells.csv"
    let error = #expect(throws: DataError.self) { try verb.run() }
    #expect(error?.message.contains("not the partial table") == true)
  }

  @Test func `what cannot be done with given rows is refused before anything is written`() throws {
    func contract(_ text: String) throws -> Contract {
      try Contract(yaml: "contract: 1\n\(text)\n", file: "c.yaml")
    }
    typealias Change = (inout SynthesizeRequest) throws -> Void
    let changes: [Change] = [
      { $0.condition = "age > 40" },
      { $0.replacement = ReplacementRequest(variables: ["score"]) },
      { $0.shadowRunCount = 16 },
      { $0.nearMatches = .regenerate },
      { $0.purpose = .preview },
      { $0.contract = try contract("balance: {region: {North: 50%}}") },
      { $0.given = GivenRequest(path: $0.input + ".none") },
      { $0.given?.copies = .max },
      { $0.given = GivenRequest(path: "-") },
    ]
    for (number, change) in changes.enumerated() {
      let request = try request(change)
      #expect(throws: DataError.self, "\(number)") { try SynthesizeVerb(request).run() }
      #expect(try place.names(in: "").count == 2)
    }
  }
}
