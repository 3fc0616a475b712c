// SPDX-License-Identifier: Apache-2.0
import Formats
import Foundation
import Schemas
import Studies
import Tables
import Testing

@testable import Semblance

/// Large text is converted block by block, and comes out as it would if it were read at once.
@Suite struct ConvertVerbTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "semblance-convert-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Rows with quotes, line ends in quotes, missing codes, and types that turn late.
  private static func text(rows: Int) -> [UInt8] {
    var text = "id,born,income,area,remark,score\n"
    for row in 0..<rows {
      let income = row % 11 == 0 ? "NA" : "\(row % 900 * 37).\(10 + row % 90)"
      let remark = row % 6 == 0 ? "\"said \"\"no\"\",\nthen left\"" : "ok \(row % 13)"
      let score = row % 40 == 39 ? "-99" : (row > rows - 9 ? "\(row % 5).5" : "\(row % 5)")
      text += "\(row + 1),19\(10 + row % 89)-0\(1 + row % 9)-1\(row % 10),\(income),"
      text += "area \(row % 700),\(remark),\(score)\n"
    }
    return Array(text.utf8)
  }

  private func converted(_ input: String, _ output: String, isStreamed: Bool) throws -> [UInt8] {
    let path = "\(folder)/\(isStreamed ? "streamed" : "whole").\(output)"
    var verb = ConvertVerb(input: input, threads: 2)
    if isStreamed {
      (verb.leastStreamed, verb.leastPacked) = (0, 0)
      verb.sizes = StreamSizes(block: 10_007)
    }
    let result = try verb.write(to: path)
    #expect(result.isStreamed == isStreamed)
    return try FileBytes.read(path)
  }

  @Test(arguments: [
    "csv", "tsv", "csv.gz", "csv.zst", "jsonl", "jsonl.gz", "parquet", "arrow", "sqlite",
  ])
  func `what is written block by block is what is written at once`(_ output: String) throws {
    let input = "\(folder)/input.csv"
    try FileBytes.write(Self.text(rows: 1500), to: input)
    let streamed = try converted(input, output, isStreamed: true)
    #expect(streamed == (try converted(input, output, isStreamed: false)))
    #expect(streamed.count > 5000)
  }

  @Test(arguments: ["csv", "jsonl", "parquet", "arrow"])
  func `objects of JSON are read block by block too`(_ output: String) throws {
    var text = ""
    for row in 0..<900 {
      text += "{'id': \(row), 'when': '2024-03-\(10 + row % 20)'"
      if row % 7 != 0 { text += ", 'amount': \(row)" + (row > 800 ? ".25" : "") }
      text += ", 'flag': \(row % 2 == 0), 'note': "
      text += row % 5 == 0 ? "null" : "'line\\n\(row % 90)'"
      text += row == 450 ? ", 'late': [1, {'a': 2}], 'id': 7}\n\n" : "}\n"
    }
    text.replace("'", with: "\"")
    let input = "\(folder)/input.jsonl"
    try FileBytes.write(Array(text.utf8), to: input)
    let streamed = try converted(input, output, isStreamed: true)
    #expect(streamed == (try converted(input, output, isStreamed: false)))
    #expect(streamed.count > 4000)
  }

  @Test(arguments: ["gz", "zst"])
  func `packed text is unpacked block by block`(_ packing: String) throws {
    let input = "\(folder)/input.csv.\(packing)"
    let text = Self.text(rows: 1500)
    try PackedBytes.write(text, to: input, packing: packing)
    #expect(try converted(input, "csv", isStreamed: true) == text)
    // Cut short, it is an error and no shorter table.
    let packed = try FileBytes.read(input)
    try FileBytes.write(Array(packed.dropLast(20)), to: input)
    #expect(throws: DataError.self) { _ = try converted(input, "csv", isStreamed: true) }
  }

  @Test func `a file of five megabytes comes out as it went in`() throws {
    let input = "\(folder)/input.csv"
    var text: [UInt8] = []
    let part = Array(Self.text(rows: 2000))
    let header = part.firstIndex(of: 0x0A).map { $0 + 1 } ?? 0
    text += part[..<header]
    while text.count < 5_000_000 { text += part[header...] }
    try FileBytes.write(text, to: input)
    #expect(try converted(input, "csv", isStreamed: true) == text)
  }

  @Test func `a disk without room is refused before anything is written`() {
    let head = StudyDocument(
      table: Table(columns: []), schema: Schema(table: "", variables: []),
      file: FileFacts(format: "csv"))
    let check = SpaceCheck(head: head, rowCount: 1, textSize: 1 << 60)
    let error = #expect(throws: DataError.self) {
      try check.check("\(folder)/out.csv", format: "csv")
    }
    #expect(error?.message.hasPrefix("the disk has") == true)
    #expect(throws: Never.self) {
      try SpaceCheck(head: head, rowCount: 1, textSize: 1000).check(
        "\(folder)/out.csv", format: "csv")
    }
  }
}
