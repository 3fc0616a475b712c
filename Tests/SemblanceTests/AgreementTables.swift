// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Schemas
import Semblance
import Tables

/// The tables that `Tests/Fixtures/adult_oracle.py` and `survey_oracle.py` attack, made again without any
/// peer: rows some steps apart, the rows after those, and the first with columns of rows further on.
struct AgreementTables {
  let schema: Schema
  /// Rows 0, k, 2k and so on.
  let real: Table
  /// Rows 1, k + 1, 2k + 1 and so on.
  let control: Table
  /// Three quarters of the real rows, some columns moved.
  let synthetic: Table
  /// The same with every second row whole again: half of it is copied.
  let halfCopied: Table
  /// The columns in the order of the oracles, scales first.
  var names: [String] { schema.variables.map(\.name) }

  /// A file of the shared data, which lie beside the repository or where `SEMBLANCE_SHARED` says.
  static func shared(_ file: String) -> String? {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let named = ProcessInfo.processInfo.environment["SEMBLANCE_SHARED"].map { [$0] } ?? []
    return (named + ["/\(package)/../shared", "/\(package)/../../shared"])
      .map { $0 + "/data/" + file }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  static func schema(scales: [String], levels: [String]) -> Schema {
    Schema(
      variables: scales.map { Variable(name: $0, kind: .number, measure: .scale) }
        + levels.map { Variable(name: $0, kind: .category, measure: .nominal) })
  }

  init(_ whole: Table, schema: Schema, every step: Int, moved: [String: Int]) {
    self.schema = schema
    func rows(from start: Int) -> Table {
      whole.selecting(rows: Array(stride(from: start, to: whole.rowCount, by: step)))
    }
    let real = rows(from: 0)
    self.real = real
    control = rows(from: 1)
    let count = real.rowCount * 3 / 4
    func other(keeping isKept: (Int) -> Bool) -> Table {
      Table(
        columns: real.columns.map { column in
          let step = moved[column.name] ?? 0
          return column.selecting(
            rows: (0..<count).map { isKept($0) ? $0 : ($0 + step) % real.rowCount })
        })
    }
    synthetic = other { _ in false }
    halfCopied = other { $0 % 2 == 0 }
  }

  // MARK: The survey

  static let surveyPath = shared("sd2011/SD2011.csv")

  /// Thirds of SD2011, of the rows whose measurements are all there.
  static func survey() throws -> AgreementTables {
    let schema = schema(
      scales: ["age", "height", "weight"],
      levels: ["sex", "edu", "marital", "ls", "smoke", "region", "placesize"])
    let table = try RealInput(path: surveyPath ?? "").table
    let columns = schema.variables.compactMap { table.column(named: $0.name) }
    let rows = (0..<table.rowCount).filter { row in
      columns.prefix(3).allSatisfy { !$0.missing.isMissing(at: row) }
    }
    return AgreementTables(
      Table(columns: columns).selecting(rows: rows), schema: schema, every: 3,
      moved: ["age": 1, "edu": 2, "weight": 3])
  }

  // MARK: Adult

  static let adultPath = shared("adult/adult.data")
  private static let scales = ["age", "fnlwgt", "capital-gain", "hours-per-week"]
  private static let levels = [
    "workclass", "education", "marital-status", "occupation", "sex", "income",
  ]
  /// The columns of the file.
  private static let columns = [
    "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation",
    "relationship", "race", "sex", "capital-gain", "capital-loss", "hours-per-week",
    "native-country", "income",
  ]

  /// Eighths of Adult.
  static func adult() throws -> AgreementTables {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: adultPath ?? "")))
    let rows = bytes.split(separator: UInt8(ascii: "\n")).enumerated()
      .filter { $0.offset % 8 < 2 }.map { _, line in
        line.split(separator: UInt8(ascii: ",")).map {
          String(decoding: $0.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
        }
      }
    return AgreementTables(
      table(rows), schema: schema(scales: scales, levels: levels), every: 2,
      moved: ["age": 1, "education": 2, "hours-per-week": 3])
  }

  private static func table(_ rows: [[String]]) -> Table {
    Table(
      columns: (scales + levels).map { name in
        let place = columns.firstIndex(of: name) ?? 0
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
