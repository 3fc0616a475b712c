// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Testing

@Suite struct `Random keys and streams` {
  /// Computed with Python: hashlib.sha256 over struct.pack("<Q", length) + text for each field.
  static let derived: [(seed: String, replication: Int, table: String, path: [String], UInt64)] = [
    ("2026", 0, "", ["age"], 0x7b83_526a_5c68_a67f),
    ("2026", 1, "", ["age"], 0x2447_e836_c442_5d58),
    ("", -3, "households", ["income", "tree", "12"], 0xbfe2_a8f8_fcb7_153a),
    ("été", 0, "", ["a/b"], 0x8cbb_c45e_358e_6c54),
    ("été", 0, "", ["a", "b"], 0x26c7_b634_ba15_0a37),
  ]

  @Test(arguments: derived)
  func `a stream's key is the hash of the length-prefixed names`(
    seed: String, replication: Int, table: String, path: [String], word: UInt64
  ) {
    let key = RandomKey(seed: seed, replication: replication)
    #expect(key.stream(table: table, path: path).word == word)
  }

  @Test func `one name is a path of one`() {
    let key = RandomKey(seed: "7")
    #expect(key.stream(table: "t", "x") == key.stream(table: "t", path: ["x"]))
    #expect(key.stream("x") == key.stream(table: "", path: ["x"]))
  }

  @Test func `moving a letter from one field to the next gives another key`() {
    let keys = [
      RandomKey(seed: "ab").stream(table: "c", "d"), RandomKey(seed: "a").stream(table: "bc", "d"),
      RandomKey(seed: "ab").stream(table: "", "cd"), RandomKey(seed: "ab").stream(table: "cd", ""),
      RandomKey(seed: "ab").stream(table: "", path: ["c", "d"]),
      RandomKey(seed: "ab").stream(table: "c", path: ["d", ""]),
      RandomKey(seed: "ab").stream(table: "c", path: []),
    ]
    #expect(Set(keys).count == keys.count)
  }

  @Test func `entity, period and draw sit in their words of the counter`() {
    let key = StreamKey(word: 0x299f_31d0_a409_3822)
    let block = key.block(
      entity: 0x85a3_08d3_243f_6a88, period: 0x1319_8a2e, draw: 0x0370_7344)
    #expect(block == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    let bits = key.bits(entity: 0x85a3_08d3_243f_6a88, period: 0x1319_8a2e, draw: 0x0370_7344)
    #expect(bits == (0x94fd_cceb_d16c_fe09, 0x2412_6ea1_5001_e420))
    let pair = key.uniforms(entity: 0x85a3_08d3_243f_6a88, period: 0x1319_8a2e, draw: 0x0370_7344)
    #expect(pair.0 == Double(0x94fd_cceb_d16c_fe09 >> 11 as UInt64) / 9_007_199_254_740_992)
    #expect(pair.1 == Double(0x2412_6ea1_5001_e420 >> 11 as UInt64) / 9_007_199_254_740_992)
  }

  @Test func `a stream gives the blocks' numbers one after the other`() {
    let key = RandomKey(seed: "stream").stream("x")
    var stream = key.stream(entity: 5, period: 2)
    for draw in 0..<100 as Range<UInt32> {
      let (first, second) = key.bits(entity: 5, period: 2, draw: draw)
      #expect(stream.next() == first)
      #expect(stream.next() == second)
    }
  }

  @Test func `a stream goes on after its last block under the documented key`() {
    let key = StreamKey(word: 0xffff_ffff_ffff_fff0)
    var stream = key.stream(entity: 3, draw: .max)
    let last = key.bits(entity: 3, draw: .max)
    let next = StreamKey(word: 0x9e37_79b9_7f4a_7c05).bits(entity: 3, draw: 0)
    #expect([stream.next(), stream.next()] == [last.0, last.1])
    #expect([stream.next(), stream.next()] == [next.0, next.1])
  }

  @Test func `a key survives coding`() throws {
    let key = RandomKey(seed: "2026\"é", replication: 4)
    let coded = try JSONEncoder().encode(key)
    #expect(try JSONDecoder().decode(RandomKey.self, from: coded) == key)
  }

  @Test func `the same place gives the same block from any thread`() async {
    let key = RandomKey(seed: "threads").stream("x")
    let expected = (0..<1000).map { key.block(entity: UInt64($0), draw: 0) }
    let found = await withTaskGroup(of: (Int, SIMD4<UInt32>).self) { group in
      for entity in (0..<1000).reversed() {
        group.addTask { (entity, key.block(entity: UInt64(entity), draw: 0)) }
      }
      return await group.reduce(into: [Int: SIMD4<UInt32>]()) { $0[$1.0] = $1.1 }
    }
    #expect((0..<1000).allSatisfy { found[$0] == expected[$0] })
  }
}
