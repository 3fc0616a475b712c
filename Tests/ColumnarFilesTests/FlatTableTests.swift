// SPDX-License-Identifier: Apache-2.0
import Tables
import Testing

@testable import ColumnarFiles

struct FlatTableTests {
  @Test func `a buffer laid out by hand is read`() throws {
    // "FlatBuffers: Internals": the root's offset; a list of where fields lie (its size, the table's
    // size, two fields, of which the first is left out); the table with the way back to that list, a
    // number of two bytes and two bytes that fill it up.
    let bytes: [UInt8] = [
      12, 0, 0, 0, 8, 0, 8, 0, 0, 0, 4, 0, 8, 0, 0, 0, 0x2C, 0x01, 0, 0,
    ]
    let table = try FlatTable(root: bytes, in: 0..<bytes.count, file: "x")
    #expect(try table.number(0, as: Int16.self, default: 7) == 7)
    #expect(try table.number(1, as: Int16.self) == 300)
    #expect(try table.number(5, as: Int64.self) == 0)
    #expect(try table.text(0) == nil)
  }

  @Test func `values of every kind come back, aligned as they must be`() throws {
    let bytes = FlatValue.buffer([
      .byte(200), .long(-5), .text("żółw"), nil, .flag(true),
      .table([.int(-70_000), .text("")]), .longs([1, 2, 3, .min], perRecord: 2),
      .tables([.table([.short(-3)]), .table([])]),
    ])
    #expect(bytes.count % 8 == 0)
    let table = try FlatTable(root: bytes, in: 0..<bytes.count, file: "x")
    #expect(try table.number(0, as: UInt8.self) == 200)
    #expect(try table.number(1, as: Int64.self) == -5)
    #expect(try table.text(2) == "żółw" && table.text(3) == nil)
    #expect(try table.flag(4))
    let inner = try #require(try table.table(5))
    #expect(try inner.number(0, as: Int32.self) == -70_000 && inner.text(1) == "")
    #expect(try table.longs(6, perRecord: 2) == [1, 2, 3, .min])
    let list = try table.tables(7)
    #expect(try list.map { try $0.number(0, as: Int16.self) } == [-3, 0])
  }

  @Test func `no change of a byte leads out of the buffer`() throws {
    let whole = FlatValue.buffer([
      .text("abc"), .tables([.table([.text("def")])]), .longs([1, 2], perRecord: 1),
    ])
    var refused = 0
    for place in whole.indices {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var bytes = whole
        bytes[place] = value
        do throws(DataError) {
          let table = try FlatTable(root: bytes, in: 0..<bytes.count, file: "x")
          _ = try table.text(0)
          for inner in try table.tables(1) { _ = try inner.text(0) }
          _ = try table.longs(2, perRecord: 1)
        } catch { refused += 1 }
      }
    }
    #expect(refused > 50)
  }
}
