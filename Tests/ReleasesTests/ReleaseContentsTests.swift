// SPDX-License-Identifier: Apache-2.0
import Foundation
import Schemas
import Tables
import Testing

@testable import Releases

struct ReleaseContentsTests {
  @Test(
    arguments: [
      (nil, "people.release", "people.owner"), ("out", "out", "out.owner"),
      ("a/b.release/", "a/b.release", "a/b.owner"),
    ] as [(String?, String, String)])
  func `the owner's folder lies beside the release`(
    output: String?, release: String, owner: String
  ) {
    let paths = ReleasePaths(name: "people", pathExtension: "csv", output: output)
    #expect(paths.release == release)
    #expect(paths.owner == owner)
    #expect(paths.dataFile == "people.synthetic.csv")
  }

  @Test(arguments: [("/", false), (".", false), ("a/..", false), ("a", true), ("./a/", true)])
  func `only a name of its own can be a folder to write`(path: String, isNameable: Bool) {
    #expect(ReleasePaths.isNameable(path) == isNameable)
  }

  @Test func `JSON has sorted keys and escapes what it must`() throws {
    let value = JSONValue.object([
      "b": .list([.integer(1), .number(0.5), .number(.infinity)]), "a": .text("x\"\\\n\u{1}"),
    ])
    let text = String(decoding: value.bytes, as: UTF8.self)
    #expect(
      text
        == "{\n  \"a\" : \"x\\\"\\\\\\n\\u0001\",\n  \"b\" : [\n    1,\n    0.5,\n    null\n  ]\n}\n"
    )
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(value.bytes)) }
  }

  @Test func `a file's digest is that of its bytes`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("abc", to: "f")
    let file = try ReleaseFile(path: "f", at: scratch.path + "/f")
    // FIPS 180-4, example of one block.
    #expect(
      file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(file.bytes == 3)
  }

  @Test func `a codebook describes types, categories and missing codes of the synthetic file`()
    throws
  {
    let pool = TextPool(["N", "unused", "S"])
    let table = Table(columns: [
      Column(
        name: "age", values: .wholeNumbers([34, 0, 71]),
        missing: MissingCells(
          reasons: [MissingReason(code: "-9", label: "Refused")], codes: [0, 1, 0]),
        form: .number(NumberForm())),
      Column(name: "region", values: .texts(codes: [0, 2, 0], pool: pool)),
      Column(name: "seen", values: .dates([0, 1, 2]), form: .calendar(pattern: "dd/MM/yyyy")),
    ])
    let schema = Schema(variables: [
      Variable(name: "age", kind: .wholeNumber, measure: .scale),
      Variable(name: "region", kind: .category, measure: .nominal),
      Variable(name: "seen", kind: .date, measure: .scale),
    ])
    let package = DataPackage(
      name: "People 2", file: ReleaseFile(path: "people.csv", content: []), table: table,
      schema: schema,
      dialect: .init(
        delimiter: ",", quote: "\"", lineEnding: "\n", hasHeader: true, encoding: "UTF-8"),
      software: .init(name: "Semblance", version: "1"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(package.descriptor.bytes)) as? [String: Any])
    #expect(object["name"] as? String == "people-2-synthetic")
    #expect((object["title"] as? String)?.hasPrefix("SYNTHETIC:") == true)
    let resource = try #require((object["resources"] as? [[String: Any]])?.first)
    let fields = try #require((resource["schema"] as? [String: Any])?["fields"] as? [[String: Any]])
    #expect(fields.map { $0["type"] as? String } == ["integer", "string", "date"])
    #expect(
      fields[0]["missingValues"] as? [[String: String]] == [["value": "-9", "label": "Refused"]])
    let summary = try #require(fields[0]["semblance:syntheticSummary"] as? [String: Any])
    #expect(summary["minimum"] as? Int == 34)
    #expect(summary["missing"] as? Int == 1)
    #expect(fields[1]["categories"] as? [String] == ["N", "S"])
    #expect(fields[2]["format"] as? String == "%d/%m/%Y")
  }
}
