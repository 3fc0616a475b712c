// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Foundation
import Hashing
import Randomness
import Releases
import Tables
import Testing

@testable import Semblance

@Suite struct `Folders that synthesize and evaluate write` {
  private static let rareLevel = "Zq-rare-level"
  private static let rareName = "Gwendolyn Zq-person"
  private static let extreme = "987654.25"
  private static let script = "<script>x</script>"

  /// A folder for one test, with a real table in it.
  private final class Place {
    let path: String

    init() throws {
      path = NSTemporaryDirectory() + "semblance-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      var lines = ["id,group,income,\(script),note"]
      let key = RandomKey(seed: "release folders")
      for row in 0..<300 {
        var draws = key.stream("rows").stream(entity: UInt64(row))
        let group =
          row < 3 ? rareLevel : ["north", "south", "east"][Draws.integer(below: 3, using: &draws)]
        let income =
          row == 5 ? extreme : String(1000 + Draws.integer(below: 4000, using: &draws)) + ".5"
        let level = Draws.uniform(using: &draws) < 0.5 ? "a<b" : (row % 7 == 0 ? "" : "c&d")
        let note = row == 9 ? rareName : "Person \(row) wrote this"
        lines.append("\(row + 1),\(group),\(income),\(level),\(note)")
      }
      try write(lines.joined(separator: "\n") + "\n", to: "people.csv")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func names(_ folder: String = "") throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
    }

    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
    }

    func object(_ name: String) throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(text(name).utf8)) as? [String: Any])
    }

    func mode(_ name: String) throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
      return (attributes[.posixPermissions] as? Int) ?? -1
    }

    @discardableResult
    func synthesize(
      output: String = "out.release", seed: String = "s", holdout: HoldoutRequest? = nil,
      rows: RowRequest = .times(1), isEvaluated: Bool = true, force: Bool = false, threads: Int = 1
    ) throws -> SynthesizeResult {
      var fit = FitOptions()
      fit.threads = threads
      return try SynthesizeVerb(
        SynthesizeRequest(
          input: path + "/people.csv", output: path + "/" + output, rows: rows, seed: seed,
          fit: fit,
          holdout: holdout, isEvaluated: isEvaluated, replacesExisting: force)
      ).run()
    }
  }

  private static let releaseNames = [
    "CITATION.cff", "LICENCE-SUGGESTION.md", "README.md", "checklist.md", "codebook-croissant.json",
    "codebook-csvw.json", "codebook-ddi-lifecycle.xml", "codebook-gmf.json",
    "codebook-sdv.json", "contract.json", "contract.yaml", "datacite.json", "datapackage.json",
    "dcat.ttl", "ddi.xml", "manifest.json", "people.synthetic.csv", "prov.ttl", "report.html",
    "statement.json", "statement.md",
  ]

  @Test func `both folders hold what the interface promises`() throws {
    let place = try Place()
    let result = try place.synthesize()
    #expect(try place.names() == ["out.owner", "out.release", "people.csv"])
    #expect(try place.names("out.release") == Self.releaseNames)
    #expect(
      try place.names("out.owner")
        == [
          "agreement-annex.md", "contract.json", "disclosure.json", "fidelity.json",
          "impact-assessment-annex.md", "ledger.json", "manifest.json", "report.html",
          "report.md",
        ])
    #expect(try place.mode("out.owner") == 0o700)
    #expect(result.rowCount == 300)
    #expect(try place.text("out.release/people.synthetic.csv").split(separator: "\n").count == 301)
    let disclosure = try #require(result.measures?.disclosure)
    #expect(disclosure.controlKind == .halves)
    #expect(disclosure.closerToTraining.value != nil)
  }

  @Test func `each manifest gives the hashes of what lies there, the owner's that of the source`()
    throws
  {
    let place = try Place()
    try place.synthesize()
    for folder in ["out.release", "out.owner"] {
      let manifest = try place.object(folder + "/manifest.json")
      let files = try #require(manifest["files"] as? [[String: Any]])
      #expect(files.count >= 3)
      for file in files {
        let name = try #require(file["path"] as? String)
        let bytes = Array(try place.text("\(folder)/\(name)").utf8)
        #expect(file["sha256"] as? String == SHA256.hex(SHA256.digest(bytes)), "\(name)")
        #expect(file["bytes"] as? Int == bytes.count)
      }
    }
    let source = Array(try place.text("people.csv").utf8)
    let hash = SHA256.hex(SHA256.digest(source))
    #expect(try place.text("out.owner/manifest.json").contains(hash))
    for name in Self.releaseNames {
      #expect(try !place.text("out.release/\(name)").contains(hash), "\(name)")
    }
  }

  @Test func `public files hold no rare level, extreme, name or real row`() throws {
    let place = try Place()
    try place.synthesize()
    let rows = try place.text("people.csv").split(separator: "\n").dropFirst()
    for name in Self.releaseNames {
      let text = try place.text("out.release/\(name)")
      for secret in [Self.rareLevel, "Gwendolyn", "Zq-person", Self.extreme, "987654"] {
        #expect(!text.contains(secret), "\(name)")
      }
      #expect(!rows.contains { text.contains($0) }, "\(name)")
    }
    #expect(try !place.text("out.release/manifest.json").contains("\"source\""))
    #expect(try place.text("out.owner/manifest.json").contains("\"source\""))
  }

  @Test func `names and levels that look like markup stay text`() throws {
    let place = try Place()
    try place.synthesize()
    for folder in ["out.release", "out.owner"] {
      let page = try place.text(folder + "/report.html")
      // The page’s own script follows its content; none comes before.
      let content = page.prefix(upTo: page.firstRange(of: "<footer>")?.lowerBound ?? page.endIndex)
      #expect(!content.contains("<script>"))
      #expect(page.contains("&lt;script&gt;x&lt;/script&gt;"))
      #expect(page.contains("a&lt;b"))
    }
  }

  @Test func `the same run writes the same bytes, with any number of threads`() throws {
    let first = try Place()
    let second = try Place()
    try first.synthesize(threads: 1)
    try second.synthesize(threads: 2)
    for folder in ["out.release", "out.owner"] {
      for name in try first.names(folder) {
        #expect(
          try first.text("\(folder)/\(name)") == second.text("\(folder)/\(name)"), "\(name)")
      }
    }
  }

  @Test func `existing folders are refused before any work, and replaced whole by force`() throws {
    let place = try Place()
    try place.synthesize(seed: "one", isEvaluated: false)
    let old = try place.text("out.release/manifest.json")
    let error = #expect(throws: DataError.self) {
      try place.synthesize(seed: "two", isEvaluated: false)
    }
    #expect(error?.remedy.contains("--force") == true)
    #expect(try place.text("out.release/manifest.json") == old)
    try place.synthesize(seed: "two", isEvaluated: false, force: true)
    #expect(try place.text("out.release/manifest.json") != old)
    #expect(try place.names() == ["out.owner", "out.release", "people.csv"])
  }

  @Test func `no document calls the data anonymous, and the annexes hold the run's figures`() throws
  {
    let place = try Place()
    try place.synthesize()
    for folder in ["out.release", "out.owner"] {
      for name in try place.names(folder) {
        let text = try place.text("\(folder)/\(name)").lowercased()
        for word in ["anonym", "de-identif", "deidentif", "no risk", "cannot be re-identified"] {
          #expect(!text.contains(word), "\(name): \(word)")
        }
      }
    }
    let annex = try place.text("out.owner/impact-assessment-annex.md")
    #expect(annex.contains("300 rows, 5 variables"))
    let agreement = try place.text("out.owner/agreement-annex.md")
    #expect(agreement.contains("| people.synthetic.csv |"))
    #expect(try place.text("out.release/checklist.md").contains("- [x] the file's name says so"))
  }

  @Test func `the ledger adds up what is made of one source, and the same bytes once`() throws {
    let place = try Place()
    try place.synthesize(output: "a.release", seed: "one")
    try place.synthesize(output: "b.release", seed: "two", rows: .count(100))
    try place.synthesize(output: "c.release", seed: "one")
    let ledger = try place.object("c.owner/ledger.json")
    #expect(ledger["releases"] as? Int == 2)
    #expect(ledger["rows"] as? Int == 400)
    #expect(ledger["generators"] as? Int == 1)
    #expect(
      try place.text("b.owner/impact-assessment-annex.md").contains(
        "knows 2 releases of the source"))
    // Another source begins a ledger of its own.
    let text = try place.text("people.csv").split(separator: "\n").dropLast().joined(
      separator: "\n")
    try place.write(text + "\n", to: "people.csv")
    try place.synthesize(output: "d.release", seed: "one")
    #expect(try place.object("d.owner/ledger.json")["releases"] as? Int == 1)
  }

  @Test func `without measuring, the reports say so and no figure is invented`() throws {
    let place = try Place()
    let result = try place.synthesize(rows: .count(10), isEvaluated: false)
    #expect(result.measures == nil)
    #expect(
      try place.names("out.owner") == [
        "agreement-annex.md", "contract.json", "impact-assessment-annex.md", "ledger.json",
        "manifest.json", "report.html", "report.md",
      ])
    #expect(try place.text("out.release/report.html").contains("not measured"))
    let statement = try place.object("out.release/statement.json")
    #expect(statement["fidelity"] == nil)
    #expect(statement["rows"] as? Int == 10)
  }

  @Test func `a share held out is not learned from and is the control`() throws {
    let place = try Place()
    let result = try place.synthesize(holdout: .share(0.2))
    let measures = try #require(result.measures)
    #expect(measures.disclosure.controlKind == .holdout)
    #expect(measures.fidelity.referenceKind == .holdout)
    #expect(measures.fidelity.realRowCount == 240)
    let source = try place.object("out.owner/manifest.json")["source"] as? [String: Any]
    #expect(source?["fittedRows"] as? Int == 240)
    #expect(source?["rows"] as? Int == 300)
  }

  @Test func `released rows do not depend on whether they are measured`() throws {
    let place = try Place()
    try place.synthesize(output: "a")
    try place.synthesize(output: "b", isEvaluated: false)
    #expect(
      try place.text("a/people.synthetic.csv") == place.text("b/people.synthetic.csv"))
  }

  @Test func `bad input leaves nothing behind`() throws {
    let place = try Place()
    try place.write("", to: "people.csv")
    #expect(throws: DataError.self) { try place.synthesize() }
    #expect(try place.names() == ["people.csv"])
  }

  @Test func `no rows asked for still gives a header and honest reports`() throws {
    let place = try Place()
    let result = try place.synthesize(rows: .count(0))
    #expect(result.rowCount == 0)
    #expect(try place.names("out.release") == Self.releaseNames)
    #expect(try !place.text("out.owner/report.html").lowercased().contains("nan %"))
  }

  @Test func `evaluate measures a file of any maker, and says what a holdout would be needed for`()
    throws
  {
    let place = try Place()
    try place.synthesize(isEvaluated: false)
    let request = EvaluateRequest(
      real: place.path + "/people.csv",
      synthetic: place.path + "/out.release/people.synthetic.csv", output: place.path + "/ev")
    let result = try EvaluateVerb(request).run()
    #expect(
      try place.names("ev") == ["disclosure.json", "fidelity.json", "report.html", "report.md"])
    #expect(try place.mode("ev") == 0o700)
    #expect(result.measures.fidelity.shapeError.value != nil)
    #expect(result.measures.fidelity.distinguishability != nil)
    #expect(try place.text("ev/report.html").contains("How well a model tells the tables apart"))
    #expect(result.measures.disclosure.closerToTraining.value == nil)
    #expect(result.measures.disclosure.closerToTraining.reason?.isEmpty == false)
    #expect(throws: DataError.self) { try EvaluateVerb(request).run() }
  }

  @Test func `a quick evaluation makes the first measures only`() throws {
    let place = try Place()
    let result = try EvaluateVerb(
      EvaluateRequest(
        real: place.path + "/people.csv", synthetic: place.path + "/people.csv",
        output: place.path + "/ev", isQuick: true)
    ).run()
    #expect(result.measures.fidelity.shapeError.value == 0)
    #expect(result.measures.fidelity.distinguishability == nil)
    #expect(result.measures.fidelity.margins == nil)
    #expect(result.measures.disclosure.keyDisclosure == nil)
  }

  @Test func `a real table scored as its own synthetic one shows every row as equal`() throws {
    let place = try Place()
    let result = try EvaluateVerb(
      EvaluateRequest(
        real: place.path + "/people.csv", synthetic: place.path + "/people.csv",
        output: place.path + "/ev")
    ).run()
    #expect(result.measures.fidelity.shapeError.value == 0)
    #expect(result.measures.disclosure.exactMatches.value == 1)
  }
}
