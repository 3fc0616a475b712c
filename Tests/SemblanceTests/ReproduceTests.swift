// SPDX-License-Identifier: Apache-2.0
import Contracts
import Foundation
import Releases
import Tables
import Testing

@testable import Semblance

@Suite struct `Making a run again, and telling its rows` {
  private final class Place {
    let path = NSTemporaryDirectory() + "semblance-reproduce-" + UUID().uuidString
    let source: String

    init(seed: String = "first", isEvaluated: Bool = false) throws {
      source = path + "/people.csv"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(RealFile.survey(rowCount: 300).text.utf8).write(to: URL(fileURLWithPath: source))
      try make("out", seed: seed, isEvaluated: isEvaluated)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func make(_ name: String, seed: String, isEvaluated: Bool = false) throws {
      let text = "contract: 1\nrules:\n  - \"age < 70\"\n"
      let request = SynthesizeRequest(
        input: source, output: "\(path)/\(name).release",
        contract: try Contract(yaml: text, file: "c.yaml"), contractText: text, seed: seed,
        isEvaluated: isEvaluated)
      _ = try SynthesizeVerb(request).run()
    }

    func lines(_ name: String) throws -> [String] {
      try String(contentsOfFile: "\(path)/\(name).release/people.synthetic.csv", encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }

    func write(_ lines: [String], _ name: String) throws -> String {
      let file = "\(path)/\(name)"
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file))
      return file
    }
  }

  @Test func `both manifests give the same bytes again on another number of threads`() throws {
    let place = try Place(isEvaluated: true)
    for folder in ["release", "owner"] {
      let result = try ReproduceVerb(
        manifest: "\(place.path)/out.\(folder)/manifest.json", source: place.source, verifies: true,
        threads: 2
      ).run()
      #expect(result.isRemade)
      #expect(result.files.count >= 7)
      #expect(result.differences.isEmpty)
    }
  }

  @Test func `methods that were chosen within a time are not chosen again`() throws {
    let place = try Place()
    let source = "\(place.path)/long.csv"
    try Data(RealFile.survey(rowCount: 800).text.utf8).write(to: URL(fileURLWithPath: source))
    var request = SynthesizeRequest(
      input: source, output: "\(place.path)/timed.release", seed: "timed",
      fit: FitOptions(method: "auto", threads: 2), isEvaluated: true)
    request.budget = 20
    _ = try SynthesizeVerb(request).run()
    let manifest = try ManifestFile.read("\(place.path)/timed.release/manifest.json")
    #expect(manifest.options.method == "auto" && manifest.asked.chosen != nil)
    let result = try ReproduceVerb(
      manifest: "\(place.path)/timed.owner/manifest.json", source: source, verifies: true
    ).run()
    #expect(result.isRemade && result.differences.isEmpty)
  }

  @Test func `a run from a table in a database is made again`() throws {
    let place = try Place()
    let source = "\(place.path)/people.sqlite"
    _ = try ConvertVerb(input: place.source).write(to: source)
    _ = try SynthesizeVerb(
      SynthesizeRequest(
        input: source + "#data", output: "\(place.path)/table.release", seed: "first",
        isEvaluated: false)
    ).run()
    for folder in ["release", "owner"] {
      let result = try ReproduceVerb(
        manifest: "\(place.path)/table.\(folder)/manifest.json", source: source + "#data",
        verifies: true
      ).run()
      #expect(result.isRemade && result.differences.isEmpty)
    }
    try Data(contentsOf: URL(fileURLWithPath: source)).dropLast(1).write(
      to: URL(fileURLWithPath: source))
    #expect(throws: DataError.self) {
      try ReproduceVerb(
        manifest: "\(place.path)/table.owner/manifest.json", source: source + "#data"
      ).run()
    }
  }

  @Test func `one flipped byte is found, with its line`() throws {
    let place = try Place()
    let file = "\(place.path)/out.release/people.synthetic.csv"
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
    bytes[ends[40] + 3] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    let manifest = "\(place.path)/out.release/manifest.json"
    let hashed = try ReproduceVerb(manifest: manifest, verifies: true).run()
    #expect(hashed.differences.map(\.path) == ["people.synthetic.csv"])
    let remade = try ReproduceVerb(manifest: manifest, source: place.source, verifies: true).run()
    #expect(remade.differences.map(\.path) == ["people.synthetic.csv"])
    #expect(remade.differences[0].words.contains("line 42, byte 3 of it"))
  }

  @Test
  func `fifty rows are identified, one is consistent, another run's and the real ones are not`()
    throws
  {
    let place = try Place()
    try place.make("other", seed: "second")
    let lines = try place.lines("out")
    let manifest = "\(place.path)/out.release/manifest.json"
    func verdict(_ file: String) throws -> IdentifyVerb.Result {
      try IdentifyVerb(file: file, manifest: manifest).run()
    }
    let fifty = try verdict(try place.write([lines[0]] + lines[120..<170].reversed(), "fifty.csv"))
    #expect(fifty.matches == 50)
    #expect(fifty.chance < 1e-6)
    #expect(fifty.verdict == .identified)
    let one = try verdict(try place.write([lines[0], lines[7]], "one.csv"))
    #expect(one.verdict == .consistent)
    #expect(one.coincidence > 0)
    let other = "\(place.path)/other.release/people.synthetic.csv"
    #expect(try verdict(other).verdict == .different)
    #expect(try verdict(place.source).verdict == .different)
  }
}
