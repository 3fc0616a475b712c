// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Formats
import Randomness
import Tables
import Testing

@testable import Semblance

@Suite struct FaultyTwinTests {
  static let text = """
    columns:
      id: {sequence: 1}
      name: {by: person.name}
      day: ~ uniform(1990-01-01, 2025-12-31)
      age: {value: "~ integer(0, 90)", missing: {rate: 0.1, reason: "-9"}}
      pay: {value: "~ lognormal(median = 20000, sdlog = 0.5)", decimals: 2, missing: {rate: 0.1}}
      sex: ~ categorical(f = 0.5, m = 0.5)
      paid: pay > 20000
    """

  static func twin(_ faults: String, rows: Int = 3000) throws -> FaultyTwin {
    let table = try Specification(yaml: text, file: "s").sample(
      rows: 0..<rows, key: RandomKey(seed: "f"))
    return try FaultyTwin(table, plan: try FaultPlan(faults), key: RandomKey(seed: "f"))
  }

  /// Cells of a file, by a reader that splits at commas outside quotes.
  static func cells(_ table: Table) throws -> [[String]] {
    var rows: [[String]] = [[]]
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in try CSVWriter().bytes(of: table) {
      switch byte {
      case 0x22:
        isQuoted.toggle()
        cell.append(byte)
      case 0x2C where !isQuoted, 0x0A where !isQuoted:
        rows[rows.count - 1].append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == 0x0A { rows.append([]) }
      default: cell.append(byte)
      }
    }
    return rows.filter { !$0.isEmpty }
  }

  @Test(arguments: ["5%", "20%,boundary,empty,quotes-and-separators", "repeated-row,2%", "100%"])
  func `the files differ where the manifest says, and nowhere else`(faults: String) throws {
    let twin = try Self.twin(faults)
    let clean = try Self.cells(twin.clean)
    let faulty = try Self.cells(twin.faulty)
    #expect(clean.count == 3001 && faulty.count == 3001)
    var planted: Set<String> = []
    for fault in twin.faults {
      #expect(fault.row >= 1 && fault.row <= 3000)
      #expect(planted.insert("\(fault.row) \(fault.column)").inserted)
    }
    var found: Set<String> = []
    for row in 1..<clean.count {
      let different = clean[row].indices.filter { clean[row][$0] != faulty[row][$0] }
      if planted.contains("\(row) *") {
        #expect(!different.isEmpty && faulty[row] == clean[row - 1])
        found.insert("\(row) *")
      } else {
        for column in different { found.insert("\(row) \(clean[0][column])") }
      }
    }
    #expect(found == planted)
    #expect(clean[0] == faulty[0])
  }

  /// 5 % of 21,000 cells: 1,050 expected, standard error 32, bound 5.
  @Test func `as many cells are wrong as was asked for, of every kind`() throws {
    let twin = try Self.twin("5%")
    let cells = twin.faults.filter { $0.column != "*" }
    #expect(abs(cells.count - 1050) < 160)
    #expect(
      Set(twin.faults.map(\.kind)) == Set(FaultKind.all.map(\.name) + [FaultPlan.repeatedRow]))
    #expect(twin.faults.allSatisfy { !$0.assumption.isEmpty && !$0.handling.isEmpty })
  }

  @Test func `only the kinds that were asked for are planted, the same ones each time`() throws {
    let twin = try Self.twin("3%,no-such-day")
    #expect(
      !twin.faults.isEmpty
        && twin.faults.allSatisfy { $0.kind == "no-such-day" && $0.column == "day" })
    #expect(try Self.twin("3%,no-such-day").faults == twin.faults)
  }

  @Test(arguments: ["5", "0%", "101%", "boundry", "x%"]) func `other wishes are refused`(
    text: String
  ) {
    #expect(throws: DataError.self) { try FaultPlan(text) }
  }
}
