// SPDX-License-Identifier: Apache-2.0
import Foundation
import Tables

/// Files for tests, and cells in the words of `expected.json`.
enum ColumnarSamples {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func path(_ name: String) -> String {
    folder.appendingPathComponent("\(name).parquet").path
  }

  /// The path of a file that is named with its ending.
  static func path(file: String) -> String { folder.appendingPathComponent(file).path }

  static func bytes(_ name: String) throws -> [UInt8] { try bytes(file: "\(name).parquet") }

  static func bytes(file: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(file: file))))
  }

  static func expected() throws -> [String: [String?]] {
    try JSONDecoder().decode(
      [String: [String?]].self,
      from: Data(contentsOf: folder.appendingPathComponent("expected.json")))
  }

  /// The cells of a column as text; numbers are compared as numbers.
  static func cells(_ column: Column) -> [String?] {
    (0..<column.count).map { row in
      if column.missing.isMissing(at: row) { return nil }
      switch column.values {
      case .numbers(let list): return "\(list[row])"
      case .wholeNumbers(let list): return "\(list[row])"
      case .texts(let codes, let pool): return pool[Int(codes[row])]
      case .dates(let list): return "\(list[row])"
      case .times(let list), .dateTimes(let list): return "\(list[row])"
      case .booleans(let list): return list[row] ? "True" : "False"
      }
    }
  }

  /// Runs a body with the path of a file that is removed afterwards.
  static func withFile<Result>(
    _ bytes: [UInt8] = [], _ body: (String) throws -> Result
  ) throws -> Result {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).parquet").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try body(path)
  }
}
