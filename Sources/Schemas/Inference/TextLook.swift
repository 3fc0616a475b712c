// SPDX-License-Identifier: Apache-2.0
import Tables

/// What the texts of a column look like, by those that came up first.
struct TextLook {
  private static let sampleSize = 2000

  /// Whether most texts are codes: few spaces, and digits in a fifth of the signs or more.
  private(set) var isCodeLike = false
  /// Whether texts are digits of one length of which some start with zero.
  private(set) var isPaddedCode = false
  /// Whether most texts are sentences of six words or more.
  private(set) var isProse = false
  /// Whether most texts are e-mail addresses.
  private(set) var isEmail = false
  /// Whether most texts are links.
  private(set) var isLink = false
  /// Whether most texts are one word of digits, capitals or twelve letters or more.
  private(set) var isOneToken = false

  init(_ pool: TextPool) {
    let sample = pool.indices.prefix(Self.sampleSize)
    guard !sample.isEmpty else { return }
    var codes = 0
    var sentences = 0
    var emails = 0
    var links = 0
    var tokens = 0
    var digitsOnly = 0
    var zeros = 0
    for index in sample {
      let bytes = pool.bytes[pool.range(of: index)]
      let digits = bytes.count { $0 &- 0x30 < 10 }
      let spaces = bytes.count { $0 == 0x20 }
      let capitals = bytes.count { $0 &- 0x41 < 26 }
      if digits * 5 >= bytes.count, digits > 0, spaces <= 2, bytes.count <= 80 { codes += 1 }
      if spaces >= 5, digits * 4 < bytes.count { sentences += 1 }
      if Self.isEmail(bytes, spaces) { emails += 1 }
      if bytes.starts(with: "http://".utf8) || bytes.starts(with: "https://".utf8)
        || bytes.starts(with: "www.".utf8)
      {
        links += 1
      }
      if spaces == 0, bytes.count >= 12 || digits + capitals == bytes.count { tokens += 1 }
      if !bytes.isEmpty, digits == bytes.count { digitsOnly += 1 }
      if bytes.first == 0x30, bytes.count > 1 { zeros += 1 }
    }
    let most = { (count: Int) in count * 10 >= sample.count * 9 }
    isCodeLike = most(codes)
    isProse = sentences * 2 > sample.count
    isEmail = most(emails)
    isLink = most(links)
    isOneToken = most(tokens)
    isPaddedCode = digitsOnly == sample.count && zeros > 0
  }

  private static func isEmail(_ bytes: ArraySlice<UInt8>, _ spaces: Int) -> Bool {
    guard spaces == 0, let at = bytes.firstIndex(of: 0x40), at > bytes.startIndex else {
      return false
    }
    return bytes[at...].contains(0x2E) && bytes.last != 0x2E
  }

  private static let refusals: Set<String> = [
    "refused", "refusal", "unknown", "don't know", "dont know", "do not know", "not known",
    "not stated", "not answered", "no answer", "no response", "not applicable", "missing",
    "prefer not to say", "item not applicable", "declined",
  ]

  /// Whether a level says that there is no answer.
  static func isRefusal(_ level: String) -> Bool { refusals.contains(level.lowercased()) }

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
    let levels = pool.texts.map { $0.lowercased() }.filter { !refusals.contains($0) }
    guard levels.count >= 2 else { return nil }
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
