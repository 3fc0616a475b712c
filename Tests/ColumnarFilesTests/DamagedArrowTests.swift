// SPDX-License-Identifier: Apache-2.0
import Foundation
import Studies
import Tables
import Testing

@testable import ColumnarFiles

struct DamagedArrowTests {
  private static let mutations =
    ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 100

  private func read(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    _ = try ArrowFile().read(
      TableLocation(path: path), options: ReadingOptions(maximumCellCount: 1 << 20))
  }

  @Test(arguments: ["plain.arrow", "zstd.feather", "lz4.feather", "types.arrow", "polars.arrow"])
  func `a file that is cut short anywhere is refused`(file: String) throws {
    let whole = try ColumnarSamples.bytes(file: file)
    try ColumnarSamples.withFile { path in
      for part in 0..<64 {
        #expect(throws: DataError.self) {
          try read(Array(whole.prefix(whole.count * part / 64)), path)
        }
      }
    }
  }

  @Test(arguments: [
    "plain.arrow", "lz4.feather", "zstd.feather", "stream.arrows", "types.arrow", "polars.arrow",
    "growing.arrows",
  ])
  func `a file with wrong bits is read or refused`(file: String) throws {
    let whole = try ColumnarSamples.bytes(file: file)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var refused = 0
    try ColumnarSamples.withFile { path in
      for variant in 0..<Self.mutations {
        var bytes = whole
        // What a file says of itself lies at its ends; half of the flips go there.
        let ends = min(whole.count, 2400)
        for _ in 0..<2 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let draw = Int(state >> 33)
          var place = draw % whole.count
          if variant % 2 == 0 {
            place = draw % ends
            if place >= ends / 2 { place = whole.count - 1 - (place - ends / 2) }
          }
          bytes[place] ^= 1 << UInt8(state >> 20 & 7)
        }
        do { try read(bytes, path) } catch is DataError { refused += 1 }
      }
    }
    #expect(refused > 0)
  }

  @Test func `a claim of more cells than are wanted is refused`() throws {
    let path = ColumnarSamples.path(file: "zstd.feather")
    let error = #expect(throws: DataError.self) {
      try ArrowFile().read(
        TableLocation(path: path), options: ReadingOptions(maximumCellCount: 100))
    }
    #expect(error?.message == "the file holds more than 100 cells")
  }

  @Test func `a claim of more rows than bytes can hold is refused`()
    throws
  {
    // A batch of two thousand million rows of nothing, which need no bytes.
    let schema = ArrowSchema(
      fields: [ArrowField(name: "a", type: .null)], notes: [])
    let rows = 2_000_000_000
    let header = FlatValue.table([
      .long(rows), .longs([rows, rows], perRecord: 2), .longs([], perRecord: 2),
    ])
    var bytes: [UInt8] = []
    for message in [
      FlatValue.buffer([.short(4), .byte(1), schema.coded, .long(0)]),
      FlatValue.buffer([.short(4), .byte(3), header, .long(0)]),
    ] {
      bytes += [0xFF, 0xFF, 0xFF, 0xFF]
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: message.count >> (8 * $0)) }
      bytes += message
    }
    _ = try ColumnarSamples.withFile(bytes) { path in
      #expect(throws: DataError.self) {
        try ArrowFile().read(TableLocation(path: path))
      }
    }
  }
}
