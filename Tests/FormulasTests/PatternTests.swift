// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables
import Testing

@testable import Formulas

@Suite struct PatternTests {
  @Test(arguments: [
    ("a|bc", ["a", "bc"], ["ab", "", "b"]), ("(ab)*", ["", "ab", "abab"], ["a", "aba"]),
    ("[a-c]{2,3}", ["ab", "cab"], ["a", "abcd", "ad"]),
    ("\\d+\\.\\d", ["1.5", "22.0"], ["1", ".5"]),
    ("[^x]", ["a", "é"], ["x", "ab", ""]), (".*", ["", "abc"], ["a\nb"]),
    ("(a*)*b", ["b", "aab"], ["a"]),
    ("^ab?$", ["a", "ab"], ["b"]), ("(?:x|y)?z", ["z", "xz"], ["xyz"]),
    ("[]a]", ["]", "a"], ["b"]),
    ("\\x41\\u0042", ["AB"], ["ab"]), ("", [""], ["a"]),
  ]) func `whole texts match or not`(pattern: String, fits: [String], fails: [String]) throws {
    let matcher = PatternMatcher(try TextPattern(pattern))
    for text in fits { #expect(matcher.matches(text), "\(pattern) refuses \(text)") }
    for text in fails { #expect(!matcher.matches(text), "\(pattern) accepts \(text)") }
  }

  @Test func `a finite language is drawn uniformly, however often a text can be spelt`() throws {
    // "a" is spelt in two ways, and must still come up in one draw of four.
    let sampler = try PatternSampler(TextPattern("a|a|b|[cd]"))
    #expect(sampler.languageSize == 4)
    var stream = RandomKey(seed: "1").stream("pattern").stream(entity: 0)
    var counts: [String: Int] = [:]
    let n = 20_000
    for _ in 0..<n {
      var bytes: [UInt8] = []
      sampler.append(to: &bytes, using: &stream)
      counts[String(decoding: bytes, as: UTF8.self), default: 0] += 1
    }
    #expect(counts.count == 4)
    for (text, count) in counts {
      // Five standard errors of a share of ¼.
      #expect(abs(Double(count) - 5000) < 5 * (20_000 * 0.25 * 0.75).squareRoot(), "\(text)")
    }
  }

  @Test func `draws match, within their lengths`() throws {
    for pattern in [
      "[A-Z]{2}\\d{6}[A-D]", "\\w+@\\w+\\.org", "(a|b)*c", "x{3,}", "[^\"]{1,9}", ".*",
    ] {
      let parsed = try TextPattern(pattern)
      let matcher = PatternMatcher(parsed)
      for lengths in [nil, 5...9] {
        guard let sampler = try? PatternSampler(parsed, lengths: lengths) else { continue }
        var stream = RandomKey(seed: "2").stream(pattern).stream(entity: 0)
        for _ in 0..<50 {
          var bytes: [UInt8] = []
          sampler.append(to: &bytes, using: &stream)
          let text = String(decoding: bytes, as: UTF8.self)
          #expect(matcher.matches(text), "\(pattern) drew \(text)")
          if let lengths { #expect(lengths.contains(text.unicodeScalars.count)) }
        }
      }
    }
  }

  @Test func `a pattern that would be slow elsewhere is quick`() throws {
    let matcher = PatternMatcher(try TextPattern("(a|aa)+(a|aa)+b"))
    #expect(!matcher.matches(String(repeating: "a", count: 2000)))
  }
}
