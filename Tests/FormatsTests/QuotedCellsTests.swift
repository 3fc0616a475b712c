// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Tables
import Testing

@testable import Formats

/// How texts stand in a file, whatever signs they have and however long they are.
@Suite struct QuotedCellsTests {
  private static func written(_ texts: [String], _ dialect: CSVDialect) throws -> String {
    let column = Column(
      name: "t",
      values: .texts(codes: texts.indices.map { UInt32($0) }, pool: TextPool(texts)))
    let other = Column(name: "n", values: .wholeNumbers(texts.indices.map { Int64($0) }))
    var dialect = dialect
    dialect.hasHeader = false
    let bytes = try CSVWriter(dialect: dialect).bytes(
      of: Table(columns: [column, other], rowCount: texts.count))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A sign at every place of texts of up to 40 bytes.
  @Test(arguments: [",", "\"", "\n", "\r", "\\", "é"])
  func `a sign is quoted wherever it stands`(sign: String) throws {
    for length in 0..<40 {
      for place in 0...length {
        let text =
          String(repeating: "a", count: place) + sign
          + String(repeating: "b", count: length - place)
        let cell =
          switch sign {
          case "\"": "\"" + text.replacing("\"", with: "\"\"") + "\""
          case ",", "\n", "\r": "\"\(text)\""
          default: text
          }
        #expect(try Self.written([text, "plain"], CSVDialect()) == "\(cell),0\nplain,1\n")
      }
    }
  }

  @Test func `a sign next to those with a meaning is none of them`() throws {
    let text = "!#+-[]\u{0B}\u{0C}\u{0E}\u{09}\u{A2}\u{AC}\u{8A}"
    #expect(try Self.written([text], CSVDialect()) == "\(text),0\n")
  }

  @Test func `where nothing is quoted, what would end a field is written as a space`() throws {
    var dialect = CSVDialect()
    dialect.quoting = .never
    #expect(try Self.written(["a,b", "c\nd", "e\"f"], dialect) == "a b,0\nc d,1\ne\"f,2\n")
  }

  @Test func `all texts are quoted where that is asked for, empty ones too`() throws {
    var dialect = CSVDialect()
    dialect.quoting = .texts
    #expect(
      try Self.written(["", "a", "say \"b\""], dialect) == "\"\",0\n\"a\",1\n\"say \"\"b\"\"\",2\n")
  }

  @Test func `backslashes escape quotes or delimiters where the dialect has it so`() throws {
    var dialect = CSVDialect()
    dialect.escapesQuotesWithBackslash = true
    #expect(
      try Self.written(["a\"b", "c\\d", "e,f"], dialect) == "\"a\\\"b\",0\nc\\d,1\n\"e,f\",2\n")
    dialect = CSVDialect()
    dialect.escapesDelimiterWithBackslash = true
    #expect(try Self.written(["a,b", "c\\d", "plain"], dialect) == "a\\,b,0\nc\\\\d,1\nplain,2\n")
  }

  // MARK: Blocks

  @Sendable private static func block(_ number: Int) throws(DataError) -> Table? {
    guard number < 70 else { return nil }
    let rows = (0..<100).map { Int64(number * 100 + $0) }
    return Table(columns: [Column(name: "row", values: .wholeNumbers(rows))], rowCount: 100)
  }

  @Test(arguments: [1, 2, 3])
  func `blocks come in order on any number of threads, with one header`(threads: Int) throws {
    let text = Mutex("")
    try CSVWriter(threads: threads).write(blocks: Self.block) { (bytes) throws(DataError) in
      text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
    }
    #expect(text.withLock { $0 } == "row\n" + (0..<7000).map { "\($0)\n" }.joined())
  }

  @Test(arguments: [1, 2])
  func `a block that cannot be made ends the writing`(threads: Int) throws {
    let emitted = Mutex(0)
    #expect(throws: DataError.self) {
      try CSVWriter(threads: threads).write(
        blocks: { (number) throws(DataError) in
          if number == 50 { throw DataError("no", remedy: "None.") }
          return try Self.block(number)
        },
        to: { (bytes) throws(DataError) in emitted.withLock { $0 += 1 } })
    }
    #expect(emitted.withLock { $0 } <= 50)
  }
}
