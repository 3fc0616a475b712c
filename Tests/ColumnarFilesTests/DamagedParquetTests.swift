// SPDX-License-Identifier: Apache-2.0
import Foundation
import Studies
import Tables
import Testing

@testable import ColumnarFiles

struct DamagedParquetTests {
  private static let mutations =
    ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 50

  private func read(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    _ = try ParquetFile().read(
      TableLocation(path: path), options: ReadingOptions(maximumCellCount: 1 << 20))
  }

  @Test(arguments: ["snappy", "encodings"])
  func `a file that is cut short anywhere is refused`(name: String) throws {
    let whole = try ColumnarSamples.bytes(name)
    try ColumnarSamples.withFile { path in
      for part in 0..<64 {
        #expect(throws: DataError.self) {
          try read(Array(whole.prefix(whole.count * part / 64)), path)
        }
      }
    }
  }

  @Test(arguments: ["plain", "snappy", "gzip", "zstd", "lz4", "encodings", "int96", "polars"])
  func `a file with wrong bits is read or refused`(name: String) throws {
    let whole = try ColumnarSamples.bytes(name)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var refused = 0
    try ColumnarSamples.withFile { path in
      for _ in 0..<Self.mutations {
        var bytes = whole
        for _ in 0..<2 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let bit = Int(state >> 33) % (whole.count * 8)
          bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        }
        do { try read(bytes, path) } catch is DataError { refused += 1 }
      }
    }
    // What is packed or carries a checksum shows its damage; plain values cannot.
    #expect(refused > 0)
  }

  @Test func `a schema of less than no columns is refused`() throws {
    var footer = ThriftWriter()
    footer.element { file in
      file.int32(1, 2)
      file.list(2, .record, count: 1) { list in
        list.element { root in
          root.text(4, "schema")
          root.int32(5, -1)
        }
      }
      file.int64(3, 0)
      file.list(4, .record, count: 0) { _ in }
    }
    let size = (0..<4).map { UInt8(truncatingIfNeeded: footer.bytes.count >> (8 * $0)) }
    let mark = Array("PAR1".utf8)
    let file = mark + footer.bytes + size + mark
    _ = try ColumnarSamples.withFile { path in
      #expect(throws: DataError.self) { try read(file, path) }
    }
  }

  @Test func `a claim of more cells than are wanted is refused`() throws {
    let path = ColumnarSamples.path("snappy")
    let error = #expect(throws: DataError.self) {
      try ParquetFile().read(
        TableLocation(path: path), options: ReadingOptions(maximumCellCount: 100))
    }
    #expect(error?.message == "the file holds more than 100 cells")
  }
}
