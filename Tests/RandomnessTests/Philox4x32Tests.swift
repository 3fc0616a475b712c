// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Testing

@Suite struct `Philox 4x32-10` {
  /// A line of the published known answers: four counter words, two key words, four of the block.
  struct KnownAnswer: Sendable, CustomTestStringConvertible {
    var words: [UInt32]
    var counter: SIMD4<UInt32> { SIMD4(words[0..<4]) }
    var key: SIMD2<UInt32> { SIMD2(words[4..<6]) }
    var block: SIMD4<UInt32> { SIMD4(words[6..<10]) }
    var testDescription: String { words.map { String($0, radix: 16) }.joined(separator: " ") }
  }

  /// The three published lines for ten rounds (Random123, kat_vectors).
  static let published = [
    KnownAnswer(words: [0, 0, 0, 0, 0, 0, 0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    KnownAnswer(
      words: [UInt32](repeating: .max, count: 6) + [
        0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd,
      ]),
    KnownAnswer(words: [
      0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344, 0xa409_3822, 0x299f_31d0,
      0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1,
    ]),
  ]

  @Test(arguments: published)
  func `a published counter and key give the published block`(answer: KnownAnswer) {
    #expect(Philox4x32.block(counter: answer.counter, key: answer.key) == answer.block)
  }

  @Test func `every line of the published file agrees`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["SEMBLANCE_SHARED"] ?? root.path() + "/../shared"
    let path = shared + "/data/random123/kat_vectors"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      print("skipped: ../shared/data is absent")
      return
    }
    var count = 0
    for line in text.split(separator: "\n") where line.hasPrefix("philox4x32 10 ") {
      let words = line.split(separator: " ").dropFirst(2).compactMap { UInt32($0, radix: 16) }
      try #require(words.count == 10)
      let answer = KnownAnswer(words: words)
      #expect(Philox4x32.block(counter: answer.counter, key: answer.key) == answer.block)
      count += 1
    }
    #expect(count == 3)
  }
}
