// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// Mends the short names of an SPSS system file that ReadStat wrote.
///
/// ReadStat cuts names to eight bytes even inside a character, and gives the pieces of very long texts
/// names that may be taken; programs then complain and rename variables. Names are changed in place, to
/// others of the same length, wherever the dictionary has them.
struct ShortNames {
  /// A stretch of the file and what is to stand there.
  struct Patch: Hashable {
    var offset: Int
    var bytes: [UInt8]
  }

  /// The patches that a dictionary needs; none where all names are sound.
  static func patches(for head: [UInt8]) -> [Patch] {
    guard let scan = SystemFileScan(head) else { return [] }
    var used: Set<[UInt8]> = []
    for name in scan.names where isSound(name.bytes) { used.insert(name.bytes) }
    var seen: Set<[UInt8]> = []
    var patches: [Patch] = []
    for name in scan.names {
      if isSound(name.bytes), seen.insert(name.bytes).inserted { continue }
      let fresh = unused(of: name.bytes.count, &used)
      patches.append(Patch(offset: name.offset, bytes: fresh))
      // A doubled name is that of a later piece of a long text, which no other record mentions.
      guard !isSound(name.bytes) else { continue }
      for range in scan.nameTexts {
        for place in places(of: name.bytes, in: head, range) {
          patches.append(Patch(offset: place, bytes: fresh))
        }
      }
    }
    return patches
  }

  /// Whether a name is whole characters.
  private static func isSound(_ name: [UInt8]) -> Bool {
    String(validating: name, as: UTF8.self) != nil
  }

  /// `V`, digits and letters, of a number of bytes.
  private static func unused(of count: Int, _ used: inout Set<[UInt8]>) -> [UInt8] {
    var number = used.count
    while true {
      let digits = Array(String(number, radix: 36, uppercase: true).utf8).suffix(max(0, count - 1))
      let zeros = [UInt8](repeating: 0x30, count: max(0, count - 1 - digits.count))
      let name = [0x56] + zeros + digits
      if used.insert(name).inserted { return name }
      number += 1
    }
  }

  /// Where a name stands before an equals sign.
  private static func places(
    of name: [UInt8], in head: [UInt8], _ range: Range<Int>
  ) -> [Int] {
    var found: [Int] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = head[start..<range.upperBound].firstIndex { $0 == 9 || $0 == 0 } ?? range.upperBound
      if let sign = head[start..<end].firstIndex(of: 0x3D), head[start..<sign].elementsEqual(name) {
        found.append(start)
      }
      start = end + 1
    }
    return found
  }
}
