// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ColumnarFiles

struct EncodingTests {
  @Test func `the worked example of packed bits is read and written`() {
    // Encodings.md: the numbers 0 to 7 in three bits each are 88 C6 FA; one group of eight.
    let bytes: [UInt8] = [0x03, 0x88, 0xC6, 0xFA]
    #expect(HybridRuns.read(bytes[...], width: 3, count: 8) == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(HybridRuns.write([0, 1, 2, 3, 4, 5, 6, 7], width: 3) == bytes)
  }

  @Test func `the worked examples of differences are read`() {
    // Encodings.md, example 2: 7, 5, 3, 1, 2, 3, 4, 5; block of 128, four parts, least difference -2,
    // width 2, packed as 0 0 0 3 3 3 3 (and filled up).
    let bytes: [UInt8] =
      [0x80, 0x01, 0x04, 0x08, 0x0E, 0x03, 0x02, 0x00, 0x00, 0x00, 0xC0, 0x3F]
      + [UInt8](repeating: 0, count: 6)
    #expect(DeltaRuns.read(bytes, from: 0, atMost: 8)?.values == [7, 5, 3, 1, 2, 3, 4, 5])
    #expect(DeltaRuns.read(bytes, from: 0, atMost: 7) == nil)
  }

  @Test(arguments: 1...12)
  func `runs of any width come back`(width: Int) {
    // Repeats of every length up to 40, so that runs begin at every place of a group.
    var values: [UInt32] = []
    for length in 0..<40 {
      values += [UInt32](
        repeating: UInt32(length * 37) & ((1 << UInt32(width)) - 1), count: length)
      values += (0..<UInt32(length % 5)).map { $0 & ((1 << UInt32(width)) - 1) }
    }
    let bytes = HybridRuns.write(values, width: width)
    #expect(HybridRuns.read(bytes[...], width: width, count: values.count) == values)
    // The last group is filled up, so a byte of it may be missing; half of all may not.
    let isCut = HybridRuns.read(bytes.prefix(bytes.count / 2), width: width, count: values.count)
    #expect(isCut == nil)
  }
}
