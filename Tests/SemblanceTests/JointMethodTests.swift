// SPDX-License-Identifier: Apache-2.0
import JointSynthesis
import Learners
import Randomness
import Schemas
import Synthesis
import Tables
import Testing

@testable import Semblance

@Suite struct `Joint methods by name` {
  private static let real = RealFile.survey(rowCount: 1200)
  static let names = JointSynthesizer.methods

  private static func generator(_ method: String, threads: Int = 1) throws -> Generator {
    try Generator(
      fitting: real.input(), options: FitOptions(method: method, threads: threads))
  }

  @Test(arguments: names)
  func `write the same bytes after saving, by any threads and slices`(method: String) throws {
    let generator = try Self.generator(method)
    let bytes = try generator.encoded()
    #expect(try Self.generator(method, threads: 2).encoded() == bytes)
    let loaded = try Generator(decoding: bytes, name: "g.semblance")
    let whole = try generator.csv(0..<3000, threads: 2)
    #expect(try loaded.csv(0..<3000) == whole)
    #expect(try loaded.encoded() == bytes)
    let part = try loaded.csv(1999..<2500).fileLines
    #expect(Array(part.dropFirst()) == Array(whole.fileLines[2000..<2501]))
    #expect(loaded.model.plan.method == method)
  }

  @Test(arguments: names)
  func `hold and draw no rare text, and follow exact relations`(method: String) throws {
    let generator = try Self.generator(method)
    let text = String(decoding: try generator.encoded(), as: UTF8.self)
    #expect(!text.contains("person17x") && !text.contains("person1100x"))
    let output = try generator.csv(0..<500).fileLines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let regions = ["R0": "North", "R1": "East", "R2": "South", "R3": "West"]
    #expect(output.allSatisfy { regions[String($0[2])] == String($0[3]) })
    #expect(output.allSatisfy { $0[6] <= $0[7] }, "a start is never after its end")
  }

  @Test(arguments: names)
  func `have a page that names a source`(method: String) throws {
    let entry = try #require(MethodCatalogue.all.first { $0.name == method })
    #expect(entry.page.contains("Source") && entry.page.contains("What it holds"))
  }

  @Test func `a further attempt at a contract draws again and fits no finer trees`() {
    let plan = Plan(
      method: "copula", steps: [], minimumLeafCount: 40, minimumLevelCount: 10)
    let (repairs, note) = RunRepair.list(for: plan, isFixed: false)
    #expect(repairs.count == 3 && repairs.allSatisfy { $0.leafCount == nil })
    #expect(note?.contains("has no leaves") == true)
  }
}
