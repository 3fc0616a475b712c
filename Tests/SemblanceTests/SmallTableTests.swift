// SPDX-License-Identifier: Apache-2.0
import Formats
import Randomness
import Schemas
import Synthesis
import Tables
import Testing
import TreeSynthesis

@testable import Semblance

@Suite struct `Small and degenerate tables` {
  private static func columns(_ columns: [(String, [String])]) -> RealFile {
    RealFile(
      header: columns.map(\.0),
      rows: (columns.first?.1 ?? []).indices.map { row in columns.map { $0.1[row] } })
  }

  static let cases: [String: RealFile] = [
    "one row": columns([
      ("name", ["Zebulon Quark"]), ("age", ["83"]), ("paid", ["1234.56"]), ("on", ["1987-03-14"]),
    ]),
    "two rows": columns([
      ("name", ["Zebulon Quark", "Ophelia Zed"]), ("age", ["83", "83"]),
      ("paid", ["1234.56", ""]), ("ok", ["true", "false"]),
    ]),
    "three rows of one value": columns([("town", ["Qwertyville", "Qwertyville", "Qwertyville"])]),
    "five rows": columns([
      ("town", ["Aq", "Bq", "Cq", "Dq", "Eq"]), ("x", ["1.5", "2.5", "3.25", "4", "977.125"]),
    ]),
    "one column": columns([("x", (0..<40).map { String($0 * $0) })]),
    "a column without a value": columns([
      ("x", (0..<60).map { String($0 % 7) }), ("none", [String](repeating: "", count: 60)),
    ]),
    "no value anywhere": columns([
      ("a", [String](repeating: "", count: 30)), ("b", [String](repeating: "NA", count: 30)),
    ]),
    "constants": columns([
      ("a", [String](repeating: "7", count: 30)), ("b", [String](repeating: "same", count: 30)),
      ("c", [String](repeating: "2020-02-29", count: 30)),
    ]),
    "every value distinct": columns([
      ("a", (0..<70).map { "word\(Character(UnicodeScalar(UInt8(97 + $0 % 26))))\($0 * 37)" }),
      ("b", (0..<70).map { "\(Double($0) * 1.375 + 0.5)" }),
    ]),
    "identifiers only": columns([
      ("id", (0..<50).map { String(5001 + $0) }), ("code", (0..<50).map { "AB-\(700 + $0)" }),
    ]),
    "huge numbers": columns([
      ("x", (0..<80).map { "\($0 % 2 == 0 ? "" : "-")\(1 + Double($0) / 80)e300" }),
      ("y", (0..<80).map { "\(1 + Double($0) / 80)e308" }),
      ("z", (0..<80).map { "\($0 % 2 == 0 ? "" : "-")1.\(10 + $0)e308" }),
    ]),
    "denormal numbers": columns([
      ("x", (0..<80).map { "\($0 + 1)e-323" }), ("y", (0..<80).map { "\($0)e-310" }),
    ]),
    "neighbours in the last bit": columns([
      ("x", (0..<80).map { "\(1 + Double($0) * 0x1p-52)" })
    ]),
    "negative zero": columns([("x", (0..<60).map { $0 % 2 == 0 ? "-0.0" : "0.0" })]),
    "whole numbers of 64 bits": columns([
      ("x", (0..<60).map { "\(Int64.max - Int64($0) * 1_000_000_007)" }),
      ("y", (0..<60).map { "\(Int64.min + Int64($0 * $0) * 1_000_007)" }),
    ]),
    "dates only": columns([
      ("a", (0..<60).map { RealFile.date($0 * 3) }),
      ("b", (0..<60).map { RealFile.date(900 - $0) }),
    ]),
    "hardly a value": columns([
      ("x", (0..<200).map { $0 % 67 == 3 ? "\(Double($0) * 1.0625)" : "" }),
      ("y", (0..<200).map { String($0 % 11) }),
    ]),
    "rare levels only": columns([
      ("town", (0..<19).map { "Town of \(Character(UnicodeScalar(UInt8(65 + $0))))" }),
      ("y", (0..<19).map { String($0 % 2) }),
    ]),
  ]

  @Test(arguments: cases.keys.sorted())
  func `is fitted, saved and drawn from, and written so that it is read again`(
    name: String
  ) throws {
    let real = try #require(Self.cases[name])
    let generator = try real.generator()
    let loaded = try Generator(decoding: try generator.encoded(), name: name)
    for count in [0, 1, 300] {
      let text = try loaded.csv(0..<count)
      #expect(try generator.csv(0..<count) == text)
      let read = try CSVReader().read(bytes: Array(text.utf8), name: name)
      #expect(read.table.columnNames == real.header)
      if real.header.count > 1 { #expect(read.table.rowCount == count) }
    }
    for column in loaded.table(0..<300).columns {
      if case .numbers(let numbers) = column.values { #expect(numbers.allSatisfy { $0.isFinite }) }
    }
    #expect(loaded.model.inventory().count == real.header.count)
  }

  @Test(arguments: ["one row", "two rows", "three rows of one value"])
  func `with fewer rows than the minimum nothing of a cell is kept, and the plan says so`(
    name: String
  ) throws {
    let real = try #require(Self.cases[name])
    let generator = try real.generator()
    let bytes = try generator.encoded()
    for cell in real.rows.joined() where cell.utf8.count > 2 && cell != "true" && cell != "false" {
      #expect(!bytes.contains(Array(cell.utf8)), "a cell of \(name)")
      if let number = Double(cell) {
        #expect(!bytes.contains(number.littleEndianBytes), "a number of \(name)")
      }
    }
    #expect(generator.model.plan.notes.contains { $0.contains("made up") })
    #expect(generator.model.plan.steps.allSatisfy { $0.action == .regenerated })
    let output = try generator.csv(0..<50)
    for word in ["Zebulon", "Quark", "Ophelia", "Qwertyville", "1234.56"] {
      #expect(!output.contains(word))
    }
  }

  @Test func `no rows are refused with a reason`() throws {
    let real = RealFile(header: ["a", "b"], rows: [])
    let error = #expect(throws: DataError.self) { _ = try real.generator() }
    #expect(error?.remedy.isEmpty == false)
  }

  @Test func `two hundred and fifty-five reasons for missing are taken`() throws {
    let reasons = (0..<255).map { MissingReason(code: "m\($0)") }
    let codes = (0..<4000).map { UInt8($0 % 300 < 255 ? $0 % 300 + 1 : 0) }
    for values in [
      ColumnValues.numbers((0..<4000).map { Double($0 % 97) / 4 }),
      .texts(codes: (0..<4000).map { UInt32($0 % 3) }, pool: TextPool(["a", "b", "c"])),
    ] {
      let table = Table(columns: [
        Column(name: "x", values: values, missing: MissingCells(reasons: reasons, codes: codes)),
        Column(name: "y", values: .wholeNumbers((0..<4000).map { Int64($0 % 40) })),
      ])
      let schema = SchemaInference().infer(table)
      let fit = try Fit(table, schema: schema, options: FitOptions())
      let drawn = fit.model.sample(rows: 0..<3000, key: RandomKey(seed: "1"), threads: 1)
      let share = Double(drawn.columns[0].missing.count) / 3000
      let expected = Double(codes.count { $0 != 0 }) / 4000
      #expect(abs(share - expected) < 5 * (expected * (1 - expected) / 3000).squareRoot())
    }
  }

  @Test(arguments: [5000, 50_000])
  func `a column of thousands of levels is fitted and shows common levels only`(
    levelCount: Int
  ) throws {
    let rowCount = levelCount * 2
    let codes = (0..<rowCount).map { row in
      // One level in five is common: it has more rows than the ten that a shown one needs.
      UInt32(row % 4 == 0 ? row % levelCount : (row / 8) % (levelCount / 20))
    }
    let pool = TextPool((0..<levelCount).map { "L\($0)" })
    let table = Table(columns: [
      Column(name: "level", values: .texts(codes: codes, pool: pool)),
      Column(name: "y", values: .wholeNumbers(codes.map { Int64($0 % 3) })),
    ])
    var counts = [Int](repeating: 0, count: levelCount)
    for code in codes { counts[Int(code)] += 1 }
    var schema = SchemaInference().infer(table)
    schema.variables[0].kind = .category
    let fit = try Fit(table, schema: schema, options: FitOptions())
    let drawn = fit.model.sample(rows: 0..<2000, key: RandomKey(seed: "1"), threads: 1)
    guard case .texts(let drawnCodes, let drawnPool) = drawn.columns[0].values else {
      Issue.record("levels are texts")
      return
    }
    let numbers = Dictionary(uniqueKeysWithValues: pool.texts.enumerated().map { ($1, $0) })
    for code in Set(drawnCodes) {
      if let level = numbers[drawnPool[Int(code)]] { #expect(counts[level] >= 10) }
    }
  }
}

extension [UInt8] {
  /// Whether some bytes occur one after another.
  func contains(_ other: [UInt8]) -> Bool {
    guard let first = other.first, count >= other.count else { return false }
    return withUnsafeBufferPointer { bytes in
      (0...bytes.count - other.count).contains { start in
        bytes[start] == first && other.indices.allSatisfy { bytes[start + $0] == other[$0] }
      }
    }
  }
}

extension Double {
  /// The eight bytes of a number as generator files hold them.
  var littleEndianBytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: bitPattern >> ($0 * 8)) }
  }
}
