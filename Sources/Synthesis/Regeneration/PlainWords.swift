// SPDX-License-Identifier: Apache-2.0

/// Words made of syllables, which look like no language's and belong to no person.
enum PlainWords {
  private static let syllables = [
    "ba", "do", "fi", "ga", "ho", "ki", "lu", "ma", "ne", "pi", "ro", "sa", "te", "vu", "wo", "zi",
  ]

  /// Some words, the first with a capital letter.
  static func text(
    _ counts: ClosedRange<Int>, using generator: inout some RandomNumberGenerator
  ) -> String {
    let span = UInt64(counts.upperBound - counts.lowerBound + 1)
    let count = counts.lowerBound + Int(generator.next() % span)
    var words: [String] = []
    for _ in 0..<max(count, 1) {
      var bits = generator.next()
      var word = ""
      for _ in 0..<(2 + Int(bits & 1)) {
        bits >>= 4
        word += syllables[Int(bits & 15)]
      }
      words.append(word)
    }
    let text = words.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
