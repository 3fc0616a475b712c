// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import Foundation
import Formats
import Formulas
import Randomness
import Releases
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Acting on rows that indicate a real record` {
  private static let contract = """
    contract: 1
    rules: ["age < 76"]
    disclosure: {keys: [age, region, score]}
    """

  private final class Place {
    let path = NSTemporaryDirectory() + "semblance-remedy-" + UUID().uuidString
    let source: String

    init() throws {
      source = path + "/people.csv"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(RealFile.survey(rowCount: 400).text.utf8).write(to: URL(fileURLWithPath: source))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func request(_ policy: NearMatchPolicy?, isEvaluated: Bool = false) throws -> SynthesizeRequest
    {
      var request = SynthesizeRequest(
        input: source, output: "\(path)/out.release",
        contract: try Contract(yaml: contract, file: "c.yaml"), contractText: contract, seed: "s",
        isEvaluated: isEvaluated, replacesExisting: true)
      request.nearMatches = policy
      return request
    }

    func manifest(_ folder: String) throws -> ReleaseManifest {
      try ManifestFile.read("\(path)/out.\(folder)/manifest.json")
    }

    var data: String {
      get throws {
        try String(contentsOfFile: "\(path)/out.release/people.synthetic.csv", encoding: .utf8)
      }
    }
  }

  @Test(arguments: [NearMatchPolicy.regenerate, .coarsen, .blur, .suppress])
  func `the list, applied to what the generator samples, gives the released bytes`(
    policy: NearMatchPolicy
  ) throws {
    let place = try Place()
    let request = try place.request(policy)
    let result = try SynthesizeVerb(request).run()
    let list = try #require(place.manifest("owner").amendments)
    #expect(!list.isEmpty)
    // The generator is fitted again, apart from the run.
    let input = try RealInput(path: place.source)
    let made = try ContractedRun(request, input: input, progress: .silent).made()
    let drawn = made.generator.model.sample(rows: 0..<400, key: RandomKey(seed: "s"), threads: 1)
    let table = RowAmendments(model: made.generator.model, seed: "s", threads: 1)
      .applied(list, to: drawn)
    let bytes = try CSVWriter(dialect: made.generator.dialect).bytes(of: table)
    #expect(try String(decoding: bytes, as: UTF8.self) == place.data)
    let dropped = list.count { $0.action == .suppress }
    #expect(result.rowCount == 400 - dropped)
    #expect((dropped > 0) == (policy == .suppress))
  }

  @Test(arguments: NearMatchPolicy.allCases)
  func `both manifests give the same bytes again, and the public one holds no list`(
    policy: NearMatchPolicy
  ) throws {
    let place = try Place()
    _ = try SynthesizeVerb(try place.request(policy)).run()
    for folder in ["release", "owner"] {
      let result = try ReproduceVerb(
        manifest: "\(place.path)/out.\(folder)/manifest.json", source: place.source, verifies: true,
        threads: 2
      ).run()
      #expect(result.isRemade)
      #expect(result.differences.map(\.words) == [])
    }
    #expect(try place.manifest("release").amendments == nil)
  }

  @Test func `rows drawn again indicate nobody, keep the rules, and leave the others as they were`()
    throws
  {
    let place = try Place()
    _ = try SynthesizeVerb(try place.request(.report)).run()
    let before = try place.data.fileLines
    let request = try place.request(.regenerate, isEvaluated: true)
    let result = try SynthesizeVerb(request).run()
    let after = try place.data.fileLines
    let remedy = try #require(result.measures?.disclosure.remedy)
    let named = remedy.kinds.reduce(0) { $0 + $1.before }
    #expect(named > 0)
    #expect(remedy.redrawnRowCount > 0)
    #expect(remedy.kinds.reduce(0) { $0 + $1.after } == 0)
    #expect(remedy.remainingRowCount == 0)
    let redrawn = Set(
      try #require(place.manifest("owner").amendments).filter {
        $0.attempt > RuleRepair.maximumTries
      }.map(\.row))
    #expect(redrawn.count == remedy.redrawnRowCount)
    for (row, lines) in zip(before, after).dropFirst().enumerated() where !redrawn.contains(row) {
      #expect(lines.0 == lines.1)
    }
    #expect(
      result.contract.clauses.contains { $0.clause.contains("regenerate") && $0.outcome == .kept })
    #expect(
      !result.contract.clauses.contains { $0.clause.contains("age < 76") && $0.outcome == .broken })
    // The owner reads what was done; the public does not.
    let owner = try String(
      contentsOfFile: result.paths.owner + "/report.html", encoding: .utf8)
    #expect(owner.contains("What was done about rows that indicate a real record"))
    for file in ["report.html", "statement.md", "statement.json"] {
      let text = try String(contentsOfFile: result.paths.release + "/" + file, encoding: .utf8)
      #expect(!text.contains("What was done about rows"))
      #expect(!text.contains("rows drawn again"))
    }
  }

  @Test(arguments: [NearMatchPolicy.regenerate, .coarsen, .blur, .suppress])
  func `rows drawn under a condition satisfy it whatever is done about them`(
    policy: NearMatchPolicy
  ) throws {
    let condition = "age >= 30 and age < 60"
    let place = try Place()
    var request = try place.request(policy)
    request.condition = condition
    let result = try SynthesizeVerb(request).run()
    let list = try #require(place.manifest("owner").amendments)
    #expect(!list.isEmpty)
    // A cell that is changed could break the condition, so such rows are drawn again.
    #expect(list.allSatisfy { $0.action == nil || $0.action == .suppress })
    let made = try RealInput(path: "\(place.path)/out.release/people.synthetic.csv")
    let rule = try Rule(condition, in: FormulaScope(made.table, schema: made.schema))
    #expect(made.table.rowCount == 400 - list.count { $0.action == .suppress })
    #expect(rule.count(FormulaData(made.table)).kept == made.table.rowCount)
    #expect(
      result.contract.clauses.contains {
        $0.clause.hasPrefix("condition") && $0.outcome == .kept
      })
    let again = try ReproduceVerb(
      manifest: "\(place.path)/out.owner/manifest.json", source: place.source, verifies: true,
      threads: 2
    ).run()
    #expect(again.isRemade && again.differences.isEmpty)
  }

  @Test func `edited cells leave identifiers and what must hold together alone`() throws {
    let place = try Place()
    _ = try SynthesizeVerb(try place.request(.blur)).run()
    let list = try #require(place.manifest("owner").amendments)
    let columns = Set(list.filter { $0.action == .blur }.flatMap { $0.columns ?? [] })
    // start never lies after end; region follows from region_code; id and email are made anew.
    #expect(columns.isDisjoint(with: ["id", "email", "start", "end", "region", "region_code"]))
  }

  @Test func `what suppression and every other remedy may reveal is said`() throws {
    let place = try Place()
    for policy in [NearMatchPolicy.suppress, .regenerate] {
      let result = try SynthesizeVerb(try place.request(policy, isEvaluated: true)).run()
      let text = try String(contentsOfFile: result.paths.owner + "/report.md", encoding: .utf8)
      #expect(
        text.contains(policy == .suppress ? "can itself reveal" : "can tell of a real record"))
    }
  }
}
