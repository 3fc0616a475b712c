// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Tables
import Testing

@testable import Formats

/// Input that is broken in any way ends in a table or in an error that says so.
@Suite struct FaultsTests {
  private func read(_ bytes: [UInt8], threads: Int = 1) throws(DataError) -> CSVDocument {
    try CSVReader(options: CSVReadOptions(threads: threads)).read(bytes: bytes, name: "t.csv")
  }

  @Test(arguments: ["", " ", "\n\n", "\r\n \n", "\u{FEFF}", "\u{FEFF}\n"])
  func `an empty file is refused`(text: String) {
    let error = #expect(throws: DataError.self) { try read(Array(text.utf8)) }
    #expect(error?.message == "the file is empty")
  }

  @Test func `a zero byte is refused at its line and place`() {
    let error = #expect(throws: DataError.self) { try read(Array("a,b\n1,2\n3,\0\n".utf8)) }
    #expect(error?.line == 3)
    #expect(error?.position == 3)
  }

  @Test func `a quote that is never closed is refused where it opens`() {
    let error = #expect(throws: DataError.self) { try read(Array("a,b\n1,\"x\n2,y\n".utf8)) }
    #expect(error?.line == 2)
    #expect(error?.position == 3)
  }

  @Test func `a line with too many fields is refused at its line`() {
    let error = #expect(throws: DataError.self) {
      try read(Array("a,b\n1,x\n2,y\n3,z,w\n4,v\n".utf8))
    }
    #expect(error?.line == 4)
    #expect(error?.position == 3)
  }

  @Test func `a short line is filled up and said`() throws {
    let document = try read(Array("a,b\n1,x\n2\n3,z\n".utf8))
    #expect(document.table.columns[1].missing.codes == [0, 1, 0])
    #expect(document.diagnostics.contains { $0.line == 3 })
  }

  @Test(arguments: ["a,b,c\n", "a,b,c", "name\n", "a\n1\n2\n"])
  func `a header alone and a column alone are tables`(text: String) throws {
    let document = try read(Array(text.utf8))
    #expect(document.dialect.hasHeader)
    #expect(document.table.rowCount == (text.hasPrefix("a\n") ? 2 : 0))
  }

  @Test func `a table may be very wide`() throws {
    let names = (0..<5_000).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<5_000).map { "\($0)" }.joined(separator: ",")
    let document = try read(Array("\(names)\n\(row)\n\(row)\n".utf8), threads: 2)
    #expect(document.table.columnCount == 5_000)
    #expect(document.table.columns[4_999].values == .wholeNumbers([4_999, 4_999]))
  }

  @Test func `folders, absent files and empty devices are refused`() {
    for path in ["/", "/nonexistent/file.csv", "/dev/null"] {
      let error = #expect(throws: DataError.self) { try CSVReader().read(path: path) }
      #expect(error?.file == path)
    }
  }

  @Test func `stretches read by several threads join up as one reading does`() throws {
    var text = "a,b,c\n"
    for row in 0..<60_000 {
      text +=
        row % 97 == 0 ? "\(row),\"x\n,\(row)\n\",1.5\n\n" : "\(row),\"plain, \(row % 13)\",2.25\n"
    }
    let one = try read(Array(text.utf8))
    for threads in [2, 3, 8] {
      let many = try read(Array(text.utf8), threads: threads)
      #expect(many.table == one.table)
      #expect(many.dialect == one.dialect)
    }
    #expect(one.table.rowCount == 60_000)
  }

  /// Bytes from a small generator of our own, the same in every run.
  private struct Bytes {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  @Test(arguments: 0..<300)
  func `random bytes give a table or an error`(seed: Int) {
    var random = Bytes(state: UInt64(seed) &* 77 &+ 1)
    let signs = Array("ab1 ,;\t|\"'\\\n\r.#-2é\u{FEFF}".utf8)
    let bytes = (0..<random.next(400)).map { _ in
      seed % 3 == 0 ? UInt8(random.next(256)) : signs[random.next(signs.count)]
    }
    guard let document = try? read(bytes) else { return }
    #expect(document.table.columns.allSatisfy { $0.count == document.table.rowCount })
    #expect(throws: Never.self) {
      try CSVWriter(dialect: document.dialect).bytes(of: document.table)
    }
  }

  /// A marker is planted in cells; the file is then broken in one place.
  @Test(arguments: 0..<400)
  func `no message quotes a cell`(seed: Int) {
    var random = Bytes(state: UInt64(seed) &* 131 &+ 7)
    var rows = (0..<30).map { row in
      (0..<4).map { column in
        random.next(5) == 0
          ? "zqmarker\(random.next(10))zq" : column == 0 ? "\(row)" : "v\(row % 4)"
      }
    }
    if seed % 2 == 0 { rows[random.next(30)][random.next(4)] = "\"zqmarkerzq\"" }
    var bytes = Array(
      ("a,b,c,d\n" + rows.map { $0.joined(separator: ",") }.joined(separator: "\n")).utf8)
    let breaks = Array("\",\n\0\r;\t\\'\u{FF}".utf8)
    for _ in 0..<(1 + random.next(3)) {
      let place = 8 + random.next(bytes.count - 8)
      switch random.next(3) {
      case 0: bytes.insert(breaks[random.next(breaks.count)], at: place)
      case 1: bytes[place] = breaks[random.next(breaks.count)]
      default: bytes.removeSubrange(place..<min(bytes.count, place + random.next(20)))
      }
    }
    do {
      let document = try read(bytes)
      for diagnostic in document.diagnostics {
        #expect(!diagnostic.message.contains("zqmarker"))
        #expect(diagnostic.column?.contains("zqmarker") != true)
      }
    } catch {
      #expect(!error.description.contains("zqmarker"))
    }
  }
}
