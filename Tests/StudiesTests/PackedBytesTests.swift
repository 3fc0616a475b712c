// SPDX-License-Identifier: Apache-2.0
import Foundation
import Packing
import Studies
import Tables
import Testing

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
}
