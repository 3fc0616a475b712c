// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Formulas

/// Five hundred patterns, composed by a fixed seed from classes, groups, alternatives and quantifiers,
/// with the standard library's engine as the judge.
@Suite struct ManyPatternsTests {
  static let atoms = [
    "a", "b", "c", "[ab]", "[^a]", "[a-c]", "\\d", "\\w", "[0-9A-F]", "\\.", "[x-z_]", "-", " ",
    "é", "[ä-ü]",
    ".", "\\s", "[^0-9a-z]", "(?:ab)", "Q",
  ]

  static func pattern(_ depth: Int, _ stream: inout RandomStream, finite: Bool) -> String {
    func pick(_ bound: Int) -> Int { Draws.integer(below: bound, using: &stream) }
    if depth == 0 {
      return finite ? ["a", "b", "[ab]", "[a-c]", "c"][pick(5)] : atoms[pick(atoms.count)]
    }
    switch pick(4) {
    case 0:
      return pattern(depth - 1, &stream, finite: finite)
        + pattern(depth - 1, &stream, finite: finite)
    case 1:
      return "(" + pattern(depth - 1, &stream, finite: finite) + "|"
        + pattern(depth - 1, &stream, finite: finite) + ")"
    case 2:
      let quantifiers =
        finite ? ["?", "{2}", "{0,2}", "{1,2}"] : ["?", "*", "+", "{2}", "{1,3}", "{2,}"]
      return "(?:" + pattern(depth - 1, &stream, finite: finite) + ")"
        + quantifiers[pick(quantifiers.count)]
    default: return "(" + pattern(depth - 1, &stream, finite: finite) + ")"
    }
  }

  static func patterns(_ count: Int, finite: Bool) -> [String] {
    var found: [String] = []
    var known: Set<String> = []
    var number: UInt64 = 0
    while found.count < count {
      var stream = RandomKey(seed: finite ? "finite" : "patterns").stream("p").stream(
        entity: number)
      number += 1
      let text = pattern(1 + Int(number % 4), &stream, finite: finite)
      if known.insert(text).inserted { found.append(text) }
    }
    return found
  }

  static func drawn(_ sampler: PatternSampler, _ stream: inout RandomStream) -> String {
    var bytes: [UInt8] = []
    sampler.append(to: &bytes, using: &stream)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `whatever is drawn from five hundred patterns matches by another engine`() throws {
    let patterns = Self.patterns(500, finite: false)
    #expect(Set(patterns).count == 500)
    for text in patterns {
      let engine = try Regex(text).matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses()
      let sampler = try PatternSampler(try TextPattern(text))
      var stream = RandomKey(seed: "draw").stream(text).stream(entity: 0)
      for _ in 0..<4 {
        let drawn = Self.drawn(sampler, &stream)
        #expect((try engine.wholeMatch(in: drawn)) != nil, "\(text) drew \(drawn)")
      }
    }
  }

  @Test func `a finite language is counted and listed whole, as another engine finds it`() throws {
    var all = [""]
    var last = [""]
    for _ in 0..<5 {
      last = last.flatMap { text in ["a", "b", "c"].map { text + $0 } }
      all += last
    }
    var checked = 0
    for text in Self.patterns(60, finite: true) {
      let sampler = try PatternSampler(try TextPattern(text))
      let size = Int(try #require(sampler.languageSize))
      guard size <= 150 else { continue }
      let listed = (0..<size).map { place in
        var bytes: [UInt8] = []
        sampler.append(textAt: place, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
      }
      #expect(Set(listed).count == size, "\(text)")
      guard listed.allSatisfy({ $0.count <= 5 }) else { continue }
      let engine = try Regex(text)
      let expected = try all.filter { try engine.wholeMatch(in: $0) != nil }
      #expect(Set(listed) == Set(expected), "\(text)")
      checked += 1
    }
    #expect(checked >= 30)
  }

  @Test(arguments: ["(a)\\1", "a(?=b)", "(?<x>a)\\k<x>", "(?!a)b", "(?<=a)b"])
  func `what is not regular is refused with a reason`(text: String) {
    let error = #expect(throws: DataError.self) { try TextPattern(text) }
    #expect(error?.remedy.isEmpty == false)
  }
}
