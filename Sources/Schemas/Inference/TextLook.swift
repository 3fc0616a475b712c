// SPDX-License-Identifier: Apache-2.0
import Tables

/// What the texts of a column look like.
enum TextLook {
  private static let sampleSize = 2000

  /// Whether most texts are codes: no spaces but one, and digits or hexadecimal letters in all.
  static func isCodeLike(_ pool: TextPool) -> Bool {
    let sample = pool.indices.prefix(sampleSize)
    guard !sample.isEmpty else { return false }
    var codes = 0
    for index in sample {
      let bytes = pool.bytes[pool.range(of: index)]
      let digits = bytes.count { $0 &- 0x30 < 10 }
      let spaces = bytes.count { $0 == 0x20 }
      if digits * 5 >= bytes.count, spaces <= 2, bytes.count <= 80 { codes += 1 }
    }
    return codes * 10 >= sample.count * 9
  }

  /// Whether texts are digits of one length of which some start with zero.
  static func isPaddedCode(_ pool: TextPool) -> Bool {
    var startsWithZero = false
    for index in pool.indices.prefix(sampleSize) {
      let bytes = pool.bytes[pool.range(of: index)]
      guard !bytes.isEmpty, bytes.allSatisfy({ $0 &- 0x30 < 10 }) else { return false }
      if bytes.first == 0x30, bytes.count > 1 { startsWithZero = true }
    }
    return startsWithZero
  }

  private static let scales: [[String]] = [
    ["low", "medium", "high"], ["low", "middle", "high"], ["small", "medium", "large"],
    ["never", "rarely", "sometimes", "often", "always"],
    ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"],
    ["poor", "fair", "good", "very good", "excellent"],
    ["first", "second", "third"],
  ]

  /// Why levels have an order, or `nil` if nothing says so.
  static func orderReason(_ pool: TextPool) -> String? {
    guard (3...40).contains(pool.count) else { return nil }
    let levels = pool.texts.map { $0.lowercased() }
    for scale in scales where Set(levels).isSubset(of: Set(scale)) { return "of a common scale" }
    let bands = levels.filter(isBand)
    return bands.count * 10 >= levels.count * 8 ? "that are bands of numbers" : nil
  }

  /// A band holds one number or two, and words such as "to", "under", "over", "+".
  private static func isBand(_ level: String) -> Bool {
    var numbers = 0
    var inNumber = false
    for sign in level {
      if sign.isNumber {
        if !inNumber { numbers += 1 }
        inNumber = true
      } else if sign != "," && sign != "." {
        inNumber = false
      }
    }
    guard numbers == 1 || numbers == 2 else { return false }
    let marks = ["-", "–", " to ", "under", "over", "above", "below", "+", "less", "more", "and"]
    return marks.contains { level.contains($0) }
  }
}
