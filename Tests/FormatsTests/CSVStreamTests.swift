// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import Formats

/// A file that is read block by block gives what reading it at once gives.
@Suite struct CSVStreamTests {
  /// Bytes of a file in memory, a few at a time.
  final class Source: ByteSource {
    private let bytes: [UInt8]
    private(set) var bytesRead = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func next(_ count: Int) -> [UInt8]? {
      guard bytesRead < bytes.count else { return nil }
      let end = min(bytes.count, bytesRead + count)
      defer { bytesRead = end }
      return Array(bytes[bytesRead..<end])
    }
  }

  struct Reading: Equatable {
    var table: Table?
    var dialect: CSVDialect?
    var diagnostics: [Diagnostic] = []
    var sample: Table?
    var error: DataError?
  }

  static func atOnce(_ bytes: [UInt8]) -> Reading {
    do throws(DataError) {
      let document = try CSVReader().read(bytes: bytes, name: "file.csv")
      return Reading(
        table: document.table, dialect: document.dialect, diagnostics: document.diagnostics,
        sample: document.table)
    } catch {
      return Reading(error: error)
    }
  }

  static func streamed(
    _ bytes: [UInt8], _ sizes: StreamSizes, threads: Int = 1
  ) -> Reading {
    do throws(DataError) {
      let stream = CSVStream(
        name: "file.csv", fileSize: bytes.count, options: CSVReadOptions(threads: threads),
        sizes: sizes
      ) { () throws(DataError) in Source(bytes) }
      let survey = try stream.survey()
      var gathering = TableGathering(like: survey.empty)
      try stream.forEachBlock(of: survey) { block throws(DataError) in
        gathering.append(block, rows: 0..<block.rowCount)
      }
      return Reading(
        table: gathering.take(), dialect: survey.dialect, diagnostics: survey.diagnostics,
        sample: survey.sample)
    } catch {
      return Reading(error: error)
    }
  }

  @Test(.enabled(if: SharedData.exists("csv-nasty")))
  func `every nasty file reads alike, whatever the blocks`() throws {
    for name in SharedData.names(in: "csv-nasty") where !name.hasSuffix(".md") {
      let bytes = try FileBytes.read(SharedData.path("csv-nasty/\(name)"))
      guard bytes.count < 60_000 else { continue }
      let whole = Self.atOnce(bytes)
      for block in bytes.count < 300 ? [1, 7, 64] : (bytes.count < 20_000 ? [61] : [4099]) {
        let read = Self.streamed(bytes, StreamSizes(block: block))
        #expect(read.dialect == whole.dialect, "\(name) in blocks of \(block)")
        #expect(read.diagnostics == whole.diagnostics, "\(name) in blocks of \(block)")
        #expect(read.error == whole.error, "\(name) in blocks of \(block)")
        let areAlike = read.table == whole.table && read.sample == whole.sample
        #expect(areAlike, "\(name) in blocks of \(block)")
      }
    }
  }

  @Test func `quotes, line ends and characters may lie across the edges of blocks`() {
    let text =
      "id,note,size\r\n1,\"a \"\"quoted\"\" wörd,\r\nand a line\",1.50\r\n2, \"padded\" ,2.25\r\n"
      + "3,\"\u{1F98A}\n\n\",NA\r\n\r\n4,,\r\n"
    let bytes = Array(text.utf8)
    let whole = Self.atOnce(bytes)
    #expect(whole.table?.rowCount == 4)
    for block in 1...bytes.count {
      #expect(Self.streamed(bytes, StreamSizes(block: block)) == whole, "blocks of \(block)")
    }
  }

  @Test func `other encodings may lie across the edges of blocks`() {
    let text = "name,value\nAndré 🦊,1\n€uro,2\nÆther \u{1F409},3\n"
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = []
    for unit in text.utf16 {
      little += [UInt8(unit & 255), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 255)]
    }
    let western: [UInt8] = Array("name,value\nAndr".utf8) + [0xE9] + Array(",1\nx,2\n".utf8)
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    for bytes in [little, big, western, marked] {
      let whole = Self.atOnce(bytes)
      #expect(whole.table != nil)
      for block in 1...40 {
        #expect(Self.streamed(bytes, StreamSizes(block: block)) == whole, "blocks of \(block)")
      }
    }
  }

  @Test func `bytes that are no UTF-8 far behind the head turn the encoding`() {
    var bytes = Array("name,value\n".utf8)
    for row in 0..<2000 { bytes += Array("row \(row),\(row)\n".utf8) }
    bytes += Array("Andr".utf8) + [0xE9] + Array(",1\n".utf8)
    let read = Self.streamed(bytes, StreamSizes(block: 512, head: 2048))
    #expect(read == Self.atOnce(bytes))
    #expect(read.dialect?.encoding == .windows1252)
  }

  /// A table whose columns turn from one type to another late, with titles, notes, short lines and more.
  static func awkward(rows: Int) -> [UInt8] {
    var text = "A title of the table\nid,when,amount,flag,note,late,code\n"
    for row in 0..<rows {
      let day = row % 28 + 1
      let late = row == rows - 2 ? "word" : (row > rows / 2 ? "\(row).5" : "\(row)")
      let note = row % 5 == 0 ? "\"line\nof \(row % 11), \"\"x\"\"\"" : "n\(row % 97)"
      let flag = row % 3 == 0 ? "yes" : "no"
      text +=
        "\(row),\(day < 10 ? "0" : "")\(day)/03/2024,\(row % 7 == 0 ? "NA" : "\(row % 900).25"),"
      text += "\(flag),\(note),\(late),\(row % 50 == 49 ? "-9" : "\(row % 4)")"
      text += row % 400 == 399 ? ",,\n" : (row % 333 == 332 ? "\n# a remark\n" : "\n")
      if row % 777 == 776 { text += "7,01/03/2024,1.00\n" }
    }
    text += "Source: made up by a test for this purpose\n"
    return Array(text.utf8)
  }

  @Test func `types that turn late and notes at the end come out alike`() {
    let bytes = Self.awkward(rows: 3000)
    let whole = Self.atOnce(bytes)
    #expect(whole.table?.rowCount == 3003)
    #expect(whole.diagnostics.count >= 4)
    for (block, head, threads) in [
      (1000, 1 << 25, 1), (4096, 1 << 25, 2), (50_000, 1 << 25, 2), (8192, 80_000, 1),
    ] {
      let read = Self.streamed(
        bytes, StreamSizes(block: block, head: head), threads: threads)
      #expect(read == whole, "blocks of \(block)")
    }
  }

  @Test func `a sample of a large file keeps rows of all of it`() {
    var sample = RowSample(limit: 20_000)
    for row in 0..<100_000 {
      Array("row \(row)".utf8).withUnsafeBufferPointer { sample.offer(row, $0) }
    }
    let lines = String(decoding: sample.text(upTo: 90_000), as: UTF8.self).split(separator: "\n")
    #expect(lines.count >= 512)
    #expect(lines.first == "row 0")
    let step = Int(lines[1].dropFirst(4)) ?? 0
    #expect(step & (step - 1) == 0 && step > 1)
    for (place, line) in lines.enumerated() { #expect(line == "row \(place * step)") }
    #expect((lines.count - 1) * step < 90_000 && lines.count * step >= 90_000)
  }

  @Test func `faults are told where they are, however the file is read`() {
    for text in [
      "a,b\n1,2\n3,\"open\n4,5\n", "a,b\n1,2\n3,\"x\"y\n4,5\n", "a,b\n1,2\n1,2\n1,2\n3,4,5\n",
      "", "a,b\n1,2\n3,\u{0}\n",
    ] {
      let bytes = Array(text.utf8)
      let whole = Self.atOnce(bytes)
      #expect(whole.error != nil)
      for block in [1, 3, 100] {
        #expect(Self.streamed(bytes, StreamSizes(block: block)) == whole)
      }
    }
  }
}
