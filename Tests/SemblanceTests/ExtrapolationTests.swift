// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Foundation
import Formats
import Tables
import Testing

@testable import Semblance

@Suite struct `Cases that the data lack` {
  private static let contract = """
    contract: 1
    purpose: availability
    rules: ["age >= 18"]
    extrapolated:
      - {from: "age >= 60", set: {age: "age + 40", working: "'no'"}, count: 30, because: "nobody so old was asked"}
      - {file: island.csv, because: "not yet settled"}

    """

  private static func request(_ place: Place, _ contract: String) throws -> SynthesizeRequest {
    let source = try place.write(RealFile.survey(rowCount: 400).text, to: "people.csv")
    _ = try place.write(
      "age,region_code,region,income\n30,R9,Island,1000.5\n31,R9,Island,-9\n", to: "island.csv")
    let file = try ContractFile(path: try place.write(contract, to: "c.yaml"))
    return SynthesizeRequest(
      input: source, output: place.path + "/out.release", contract: file.contract,
      contractText: file.text, seed: "1", isEvaluated: false)
  }

  @Test func `they come after the drawn rows, marked, and are made again from the manifest`() throws
  {
    let place = try Place()
    let result = try SynthesizeVerb(Self.request(place, Self.contract)).run()
    #expect(result.rowCount == 432)
    let lines = try place.text("out.release/people.synthetic.csv").fileLines.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(lines[0].last == "extrapolated")
    #expect(lines[1...400].allSatisfy { $0.last == "0" })
    #expect(lines[401...432].allSatisfy { $0.last == "1" })
    #expect(lines[401...430].allSatisfy { (Int($0[1]) ?? 0) >= 100 && $0[4] == "no" })
    // Identifiers go on, so that no two rows share one.
    #expect(Set(lines[1...430].map { $0[0] }).count == 430)
    #expect(lines[431][1...3] == ["30", "R9", "Island"] && lines[431][5] == "1000.5")
    #expect(lines[432][5] == "-9" && lines[431][4].isEmpty)
    let clauses = result.contract.clauses.filter { $0.clause.hasPrefix("extrapolated") }
    #expect(clauses.count == 2 && clauses.allSatisfy { $0.outcome == .kept })
    #expect(try place.text("out.release/README.md").contains("not yet settled"))
    for manifest in ["out.owner/manifest.json", "out.release/manifest.json"] {
      let again = try ReproduceVerb(
        manifest: "\(place.path)/\(manifest)", source: place.path + "/people.csv", verifies: true
      ).run()
      #expect(again.differences.isEmpty, "\(again.differences)")
    }
  }

  @Test func `a rule that they break is a broken clause`() throws {
    let place = try Place()
    let contract = Self.contract.replacingOccurrences(of: "age + 40", with: "age - 50")
    let result = try SynthesizeVerb(Self.request(place, contract)).run()
    let broken = result.contract.broken.filter { $0.clause.hasPrefix("extrapolated") }
    #expect(broken.count == 1)
  }

  @Test(
    arguments: [
      ("- {file: island.csv}", "does not say why", 3),
      ("- {because: x}", "neither a file nor a rule", 3),
      ("- {set: {agee: \"1\"}, count: 1, because: x}", "\"agee\"", 3),
      ("- {set: {age: \"agee\"}, count: 1, because: x}", "agee", 3),
      ("- {set: {age: \"'old'\"}, count: 1, because: x}", "kind", 3),
      ("- {file: nowhere.csv, because: x}", "no file", nil),
    ] as [(String, String, Int?)])
  func `what cannot be brought in is refused with its line`(
    entry: String, words: String, line: Int?
  ) throws {
    let place = try Place()
    let error = try #require(throws: DataError.self) {
      try SynthesizeVerb(
        Self.request(place, "contract: 1\nextrapolated:\n  \(entry)\n")
      ).run()
    }
    #expect(error.message.contains(words), "\(error)")
    if let line { #expect(error.line == line, "\(error)") }
  }
}
