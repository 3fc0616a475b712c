// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Foundation
import Tables
import Testing

@testable import Semblance

@Suite struct `Balance` {
  @Test(
    arguments: [("yes: 25%", 0.25), ("'yes': 25%", 0.25), ("no: 75%", 0.25), ("yes: 0.9", 0.9)]
      as [(String, Double)])
  func `truth values are balanced by the words of the file`(
    shares: String, aim: Double
  ) throws {
    let place = try Place()
    let source = try place.write(RealFile.survey(rowCount: 1500).text, to: "people.csv")
    let text = "contract: 1\npurpose: availability\nbalance: {working: {\(shares)}}\n"
    let result = try SynthesizeVerb(
      SynthesizeRequest(
        input: source, output: place.path + "/out.release",
        contract: try Contract(yaml: text, file: "c.yaml"), contractText: text, seed: "1",
        isEvaluated: false)
    ).run()
    let clause = try #require(result.contract.clauses.first { $0.clause.hasPrefix("balance") })
    #expect(clause.outcome == .kept, "\(clause)")
    // Of 1500 rows the share strays by four standard errors, 0.045, and what calibration leaves.
    let data = try place.text("out.release/people.synthetic.csv")
    let rows = data.fileLines.dropFirst()
    let working = rows.count { $0.contains(",yes,") }
    #expect(abs(Double(working) / Double(rows.count) - aim) < 0.05)
  }
}
