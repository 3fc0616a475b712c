// SPDX-License-Identifier: Apache-2.0
import Foundation
import Formats
import Packing
import Tables
import Testing

@testable import Studies

struct PackedBytesTests {
  static let text = Array(String(repeating: "a,b\n1,2\n3,ü\n", count: 50_000).utf8)

  @Test func `gzip and Zstandard give the bytes back`() throws {
    let gzip = try Gzip.pack(Self.text)
    let zstandard = try Zstandard.pack(Self.text)
    #expect(Gzip.isPacked(gzip) && Zstandard.isPacked(zstandard))
    #expect(gzip.count < 20_000 && zstandard.count < 20_000)
    #expect(try Gzip.unpack(gzip, limit: 1 << 20, name: "x") == Self.text)
    #expect(try Zstandard.unpack(zstandard, limit: 1 << 20, name: "x") == Self.text)
    // Two files one after another are one.
    #expect(try Gzip.unpack(gzip + gzip, limit: 1 << 22, name: "x").count == 2 * Self.text.count)
  }

  @Test func `a cut file and one that unpacks to too much are refused`() throws {
    let gzip = try Gzip.pack(Self.text)
    let zstandard = try Zstandard.pack(Self.text)
    for part in 1..<32 {
      let cut = gzip.count * part / 32
      #expect(throws: DataError.self) {
        try Gzip.unpack(Array(gzip[..<cut]), limit: 1 << 20, name: "x")
      }
      let other = zstandard.count * part / 32
      #expect(throws: DataError.self) {
        try Zstandard.unpack(Array(zstandard[..<other]), limit: 1 << 20, name: "x")
      }
    }
    #expect(throws: DataError.self) { try Gzip.unpack(gzip, limit: Self.text.count - 1, name: "x") }
    #expect(throws: DataError.self) {
      try Zstandard.unpack(zstandard, limit: Self.text.count - 1, name: "x")
    }
  }

  // MARK: Bombs

  /// Runs a body with the path of a packed file that is removed afterwards.
  private func withFile<Result>(
    _ text: [UInt8], _ packing: String, _ body: (String) throws -> Result
  ) throws -> Result {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("semblance-\(UUID().uuidString).csv.\(packing)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try PackedBytes.write(text, to: path, packing: packing)
    return try body(path)
  }

  @Test(arguments: ["gz", "zst"])
  func `a text of many short lines that is packed too tightly is refused`(packing: String) throws {
    // Ones alone pack to a thousandth; the bounds are those of a file of a few megabytes, made small.
    let text = Array(repeating: Array("1\n".utf8), count: 2_000_000).flatMap { $0 }
    var bounds = UnpackingBounds()
    bounds.free = 1 << 20
    try withFile(text, packing) { path in
      let error = #expect(throws: DataError.self) { try PackedBytes.read(path, bounds: bounds) }
      #expect(error?.message.contains("more than 200 times its size") == true)
      #expect(error?.file == path && error?.remedy.isEmpty == false)
      // So few bytes do no harm, and are not refused by the bounds that hold.
      let whole = try PackedBytes.read(path)
      #expect(whole == text)
    }
  }

  @Test(arguments: ["gz", "zst"])
  func `a line that does not end is refused, with its number`(packing: String) throws {
    // Noise of two letters packs to an eighth at the most, so that only the line is at fault.
    var state: UInt64 = 1
    var text = Array("a,b\n1,2\n".utf8)
    for _ in 0..<(3 << 20) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text.append(UInt8(0x61 + state >> 63))
    }
    var bounds = UnpackingBounds()
    bounds.line = 1 << 20
    try withFile(text, packing) { path in
      let error = #expect(throws: DataError.self) { try PackedBytes.read(path, bounds: bounds) }
      #expect(error?.message == "a line is longer than 1 MiB" && error?.line == 3)
      let whole = try PackedBytes.read(path)
      #expect(whole == text)
    }
  }

  @Test(arguments: ["gz", "zst"])
  func `what unpacks comes in small pieces, however few bytes it is packed in`(packing: String)
    throws
  {
    let text = [UInt8](repeating: 0x61, count: 1 << 24)
    try withFile(text, packing) { path in
      let source = try PackedSource(path: path)
      var count = 0
      while let piece = try source.next(1000) {
        #expect(piece.count <= 1 << 19)
        count += piece.count
      }
      #expect(count == text.count)
    }
  }

  @Test func `an object that does not end is refused where lines are read one by one`() throws {
    let text = Array("{\"a\": \"".utf8) + [UInt8](repeating: 0x61, count: 1 << 16)
    try withFile(text, "gz") { path in
      let error = #expect(throws: DataError.self) {
        try JSONLinesFile().stream(
          TableLocation(path: path), options: ReadingOptions(),
          sizes: StreamSizes(block: 1 << 10, record: 1 << 14), progress: .silent)
      }
      #expect(error?.message.contains("a line is longer") == true)
    }
  }
}
