// SPDX-License-Identifier: Apache-2.0
import Foundation
import Studies
import Tables
import Testing

struct JSONLinesFileTests {
  static let text = """
    {"id": 1, "name": "Zoë \\"Q\\" \\ud83d\\ude00", "paid": true, "on": "2024-02-29", "x": 1.25, "tags": [1, {"a": "]"}]}
    {"id": 2, "name": null, "paid": false, "on": null, "x": 2.0, "late": "007"}

    {"id": -3, "paid": true, "on": "1999-12-31", "x": -0.5, "name": "line\\nbreak", "tags": []}

    """

  static func read(_ text: String) throws -> StudyDocument {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try JSONLinesFile().read(TableLocation(path: path))
  }

  static func written(_ document: StudyDocument) throws -> String {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try JSONLinesFile().write(document, to: path)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `values keep their types, and null is apart from a member that is left out`() throws {
    let table = try Self.read(Self.text).table
    #expect(table.columnNames == ["id", "name", "paid", "on", "x", "tags", "late"])
    #expect(table.columns[0].values == .wholeNumbers([1, 2, -3]))
    #expect(table.columns[2].values == .booleans([true, false, true]))
    #expect(table.columns[3].values == .dates([19_782, 0, 10_956]))
    #expect(table.columns[4].values == .numbers([1.25, 2, -0.5]))
    #expect(table.columns[1].missing.reason(at: 1)?.code == "null")
    #expect(table.columns[6].missing.reason(at: 0)?.code == "")
    guard case .texts(_, let names) = table.columns[1].values,
      case .texts(_, let tags) = table.columns[5].values
    else {
      Issue.record("names are no texts")
      return
    }
    #expect(names.texts == ["Zoë \"Q\" 😀", "line\nbreak"])
    #expect(tags.texts == ["[1, {\"a\": \"]\"}]", "[]"])
  }

  @Test func `what is written reads the same`() throws {
    let document = try Self.read(Self.text)
    #expect(try Self.read(try Self.written(document)).table == document.table)
  }

  @Test(arguments: [
    "{\"a\": 1", "{\"a\" 1}", "[1]", "{\"a\": tru}", "{\"a\": 1}x", "{\"a\": +1}",
    "{\"a\": \"\\q\"}",
    "{\"a\": 1e999}", "{\"a\": [", "{a: 1}", "nonsense",
  ])
  func `a line that is no object is refused with its number`(line: String) throws {
    let error = #expect(throws: DataError.self) { try Self.read("{\"a\": 1}\n" + line + "\n") }
    #expect(error?.line == 2)
  }

  @Test func `brackets a million deep cost no stack`() throws {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(throws: DataError.self) { try Self.read("{\"a\": \(deep)}\n") }
  }
}
