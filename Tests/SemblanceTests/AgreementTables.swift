// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Schemas
import Tables

/// The tables of `Tests/Fixtures/adult_oracle.py`, made again without any peer: every eighth row of Adult,
/// the rows after those, and the first with three columns taken from rows further on.
struct AgreementTables {
  static let path: String? = {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return ["/\(package)/../shared", "/\(package)/../../shared"]
      .map { $0 + "/data/adult/adult.data" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()

  static let moved = ["age": 1, "education": 2, "hours-per-week": 3]
  static let scales = ["age", "fnlwgt", "capital-gain", "hours-per-week"]
  static let levels = ["workclass", "education", "marital-status", "occupation", "sex", "income"]
  static let schema = Schema(
    variables: scales.map { Variable(name: $0, kind: .number, measure: .scale) }
      + levels.map { Variable(name: $0, kind: .category, measure: .nominal) })
  /// The columns of the file.
  private static let names = [
    "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation",
    "relationship", "race", "sex", "capital-gain", "capital-loss", "hours-per-week",
    "native-country", "income",
  ]

  /// Rows 0, 8, 16 and so on.
  let real: Table
  /// Rows 1, 9, 17 and so on.
  let control: Table
  /// Three quarters of the real rows, three columns moved.
  let synthetic: Table
  /// The same with every second row whole again: half of it is copied.
  let halfCopied: Table

  init(path: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    func cells(_ line: ArraySlice<UInt8>) -> [String] {
      line.split(separator: UInt8(ascii: ",")).map {
        String(decoding: $0.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
      }
    }
    func rows(from start: Int) -> [[String]] {
      stride(from: start, to: lines.count, by: 8).map { cells(lines[$0]) }
    }
    let real = rows(from: 0)
    self.real = Self.table(real)
    control = Self.table(rows(from: 1))
    let count = real.count * 3 / 4
    var other = Array(real.prefix(count))
    for (name, step) in Self.moved {
      let place = Self.names.firstIndex(of: name) ?? 0
      for row in 0..<count { other[row][place] = real[(row + step) % real.count][place] }
    }
    synthetic = Self.table(other)
    for row in stride(from: 0, to: count, by: 2) { other[row] = real[row] }
    halfCopied = Self.table(other)
  }

  private static func table(_ rows: [[String]]) -> Table {
    Table(
      columns: (scales + levels).map { name in
        let place = names.firstIndex(of: name) ?? 0
        guard levels.contains(name) else {
          return Column(
            name: name, values: .wholeNumbers(rows.map { Int64($0[place]) ?? 0 }),
            form: .number(NumberForm()))
        }
        var numbers: [String: UInt32] = [:]
        var pool: [String] = []
        let codes = rows.map { row -> UInt32 in
          if let number = numbers[row[place]] { return number }
          numbers[row[place]] = UInt32(pool.count)
          pool.append(row[place])
          return UInt32(pool.count - 1)
        }
        return Column(
          name: name, values: .texts(codes: codes, pool: TextPool(pool)),
          missing: MissingCells(
            reasons: [MissingReason(code: "?")], codes: rows.map { $0[place] == "?" ? 1 : 0 }))
      })
  }
}
