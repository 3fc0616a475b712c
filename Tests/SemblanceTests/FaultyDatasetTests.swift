// SPDX-License-Identifier: Apache-2.0
import Fabrication
import Formats
import Randomness
import Tables
import Testing

@testable import Semblance

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Several tables that are wrong on purpose: what differs from the clean twin is what the manifest says.
@Suite struct FaultyDatasetTests {
  static let text = """
    tables:
      region:
        rows: 12
        key: code
        columns:
          code: {sequence: 1}
          region_name: {by: place.town}
          size: {value: "~ uniform(1, 9)", decimals: 2}
      household:
        rows: 200
        key: id
        parents: {region: {}}
        columns:
          id: {sequence: 1}
          region_code: region.code
          size: ~ truncated(poisson(2.4), 1, 8)
          address_line: {by: place.address}
      person:
        key: [household_id, number]
        parents: {household: {each: size}}
        columns:
          household_id: household.id
          number: {sequence: {within: household}}
          full_name: {by: person.name}
          born: ~ uniform(1940-01-01, 2020-12-31)
          pay: {value: "~ lognormal(median = 20000, sdlog = 0.5)", decimals: 2}
      visit:
        rows: 400
        key: visit_id
        parents: {household: {}}
        columns:
          visit_id: {pattern: "[A-Z]{2}[0-9]{5}", unique: true}
          household_id: household.id
          visit_day: ~ uniform(2024-01-01, 2024-12-31)
          note: {by: text.sentence}
      word:
        rows: 150
        columns:
          word_text: {by: text.word}
          count: ~ poisson(40)
    """

  static func twin(_ faults: String, isOfFiles: Bool = true, seed: String = "w") throws
    -> FaultyDataset
  {
    let specification = try Specification(yaml: text, file: "s")
    let key = RandomKey(seed: seed)
    return try FaultyDataset(
      try specification.tables(key: key), of: specification, plan: try FaultPlan(faults), key: key,
      isOfFiles: isOfFiles)
  }

  /// The rows of a file, by a reader that splits at commas and line ends outside quotes.
  static func rows(_ bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = [[]]
    var cell: [UInt8] = []
    var isQuoted = false
    func end() {
      rows[rows.count - 1].append(String(decoding: cell, as: UTF8.self))
      cell = []
    }
    for byte in bytes {
      switch byte {
      case 0x22:
        isQuoted.toggle()
        cell.append(byte)
      case 0x2C where !isQuoted: end()
      case 0x0A where !isQuoted:
        end()
        rows.append([])
      default: cell.append(byte)
      }
    }
    if !cell.isEmpty || !rows[rows.count - 1].isEmpty { end() }
    return rows.last?.isEmpty == true ? rows.dropLast() : rows
  }

  /// The bytes as UTF-8, whatever they are in.
  static func plain(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    if bytes.starts(with: [0xFF, 0xFE]) {
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    }
    if String(validating: bytes, as: UTF8.self) != nil { return bytes }
    return Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8)
  }

  /// What differs between a table's two files, as the manifest would say it: `table row column`.
  static func differences(
    _ table: String, clean: [UInt8], faulty: [UInt8], listed: [FaultPlan.Fault]
  ) -> Set<String> {
    var found: Set<String> = []
    func add(_ row: Int, _ column: String, _ kind: String) {
      found.insert("\(table) \(row) \(column) \(kind)")
    }
    let own = plain(faulty)
    if own != faulty {
      add(0, "*", faulty.starts(with: [0xEF, 0xBB, 0xBF]) ? "byte-order-mark" : "wrong-encoding")
    }
    let before = rows(clean)
    var after = rows(own)
    // The header.
    let names = before[0]
    var places = names.map { after[0].firstIndex(of: $0) }
    if after[0].count < names.count {
      add(0, names[places.firstIndex { $0 == nil } ?? 0], "column-missing")
    } else if let lost = places.firstIndex(where: { $0 == nil }) {
      add(0, names[lost], "column-renamed")
      places[lost] = after[0].firstIndex { !names.contains($0) }
    } else if after[0] != names {
      add(0, "*", "columns-reordered")
    }
    // A file that does not end in a line's end is cut off: what is left of its last row.
    let isCut = own.last != 0x0A
    if isCut { after.removeLast() }
    // Rows that are gone are known by the manifest; all others follow in order.
    let gone = Set(listed.filter { $0.kind == "empty-group" }.map(\.row))
    let rest = (1..<before.count).filter { !gone.contains($0) }
    for row in gone { add(row, "*", "empty-group") }
    if isCut { add(rest[after.count - 1], "*", "truncated-file") }
    for (place, row) in after.dropFirst().enumerated() {
      guard place < rest.count else {
        add(before.count + place - rest.count, "key", "duplicate-key")
        continue
      }
      let number = rest[place]
      let wrong = names.indices.filter { column in
        places[column].map { row[$0] != before[number][column] } ?? false
      }
      if listed.contains(where: { $0.row == number && $0.kind == "repeated-row" }) {
        let isRepeated = names.indices.allSatisfy { column in
          places[column].map { row[$0] == before[number - 1][column] } ?? true
        }
        if !wrong.isEmpty, number > 1, isRepeated { add(number, "*", "repeated-row") }
        continue
      }
      for column in wrong {
        let kind = listed.first { $0.row == number && $0.column == names[column] }?.kind
        add(number, names[column], kind ?? "unlisted")
      }
    }
    if !isCut, after.count - 1 < rest.count { add(after.count, "*", "lost without a word") }
    return found
  }

  static func check(_ twin: FaultyDataset) throws {
    for (place, table) in twin.clean.tables.enumerated() {
      let listed = twin.faults.filter { $0.table == table.name }
      let planted = Set(
        listed.map { fault in
          "\(fault.table) \(fault.row) \(fault.kind == "duplicate-key" ? "key" : fault.column) \(fault.kind)"
        })
      #expect(planted.count == listed.count, "no fault is listed twice")
      let found = differences(
        table.name, clean: try CSVWriter().bytes(of: table), faulty: try twin.bytes(of: place),
        listed: listed)
      #expect(
        found == planted,
        "unlisted: \(found.subtracting(planted).sorted().prefix(5)); not there: \(planted.subtracting(found).sorted().prefix(5))"
      )
    }
  }

  @Test(arguments: ["5%", "20%", "1%"])
  func `the files differ where the manifest says, and nowhere else`(
    share: String
  ) throws {
    for seed in ["a", "b", "c", "d"] {
      let twin = try Self.twin(share, seed: seed)
      try Self.check(twin)
      #expect(twin.unplanted.isEmpty)
      // Every kind of keys, columns and files is there.
      let kinds = Set(twin.faults.map(\.kind))
      for kind in DatasetFaultKind.allCases { #expect(kinds.contains(kind.rawValue), "\(kind)") }
    }
  }

  @Test func `every kind of cells is planted too`() throws {
    let kinds = Set(
      try ["a", "b", "c"].flatMap { try Self.twin("20%", seed: $0).faults.map(\.kind) })
    #expect(kinds.isSuperset(of: FaultKind.all.map(\.name)))
    #expect(kinds.contains(FaultPlan.repeatedRow))
  }

  @Test(arguments: DatasetFaultKind.allCases) func `a kind that is asked for comes alone`(
    kind: DatasetFaultKind
  ) throws {
    let twin = try Self.twin(kind.rawValue)
    try Self.check(twin)
    #expect(!twin.faults.isEmpty && twin.faults.allSatisfy { $0.kind == kind.rawValue })
    #expect(twin.faults.allSatisfy { !$0.assumption.isEmpty && !$0.handling.isEmpty })
    #expect(try Self.twin(kind.rawValue).faults == twin.faults, "the same ones each time")
  }

  /// Only what is listed as an orphan points to nothing, only what is listed as doubled is doubled.
  @Test func `keys are broken by the faults of keys alone`() throws {
    let twin = try Self.twin("10%,orphan,duplicate-key,empty-group,boundary,empty,repeated-row")
    let tables = Dictionary(uniqueKeysWithValues: twin.faulty.tables.map { ($0.name, $0) })
    func texts(_ table: String, _ column: String) throws -> [String] {
      try FaultyTwin.texts(of: try #require(tables[table]?.column(named: column)))
    }
    func count(_ table: String, _ kind: String) -> Int {
      twin.faults.count { $0.table == table && $0.kind == kind }
    }
    let households = try texts("household", "id")
    for (table, column) in [("person", "household_id"), ("visit", "household_id")] {
      let orphans = try texts(table, column).count { !households.contains($0) }
      #expect(orphans == count(table, "orphan") && orphans > 0)
    }
    let regions = try texts("region", "code")
    #expect(
      try texts("household", "region_code").count { !regions.contains($0) }
        == count("household", "orphan"))
    #expect(households.count - Set(households).count == count("household", "duplicate-key"))
    #expect(count("household", "duplicate-key") > 0)
    let visits = try texts("visit", "visit_id")
    #expect(visits.count - Set(visits).count == count("visit", "duplicate-key"))
    let clean = try #require(twin.clean.tables.first { $0.name == "person" })
    #expect(
      tables["person"]?.rowCount
        == clean.rowCount - count("person", "empty-group") + count("person", "duplicate-key"))
    #expect(count("person", "empty-group") > 0)
  }

  @Test func `a database has the faults of cells, keys and columns, and none of files`() throws {
    let twin = try Self.twin("5%", isOfFiles: false)
    let kinds = Set(twin.faults.map(\.kind))
    for kind in DatasetFaultKind.allCases {
      #expect(kinds.contains(kind.rawValue) == !kind.isOfFile)
    }
    try Self.check(twin)
    let verb = try FabricateVerb(text: Self.text, file: "s.yaml")
    let path = FabricateVerbTests.temporaryName(".sqlite")
    let names = try verb.write(twin, to: path, force: false)
    defer { for name in [path, names.clean, names.manifest] { unlink(name) } }
    #expect(try FabricateVerbTests.query(names.clean, "PRAGMA foreign_key_check").isEmpty)
    let faulty = try FabricateVerbTests.query(path, "SELECT count(*) FROM person")
    #expect(faulty == [["\(twin.faulty.tables[2].rowCount)"]])
  }

  @Test func `a folder holds the files, with the clean twin and the manifest beside it`() throws {
    let twin = try Self.twin("5%")
    let verb = try FabricateVerb(text: Self.text, file: "s.yaml")
    let path = FabricateVerbTests.temporaryName("")
    let names = try verb.write(twin, to: path, force: false)
    #expect(names.clean == path + ".clean" && names.manifest == path + ".faults.csv")
    for (place, table) in twin.clean.tables.enumerated() {
      #expect(try FileBytes.read("\(path)/\(table.name).csv") == twin.bytes(of: place))
      #expect(
        try FileBytes.read("\(names.clean)/\(table.name).csv") == CSVWriter().bytes(of: table))
    }
    #expect(throws: DataError.self) {
      try verb.write(twin, to: "postgresql://nobody@127.0.0.1/none", force: false)
    }
  }
}
