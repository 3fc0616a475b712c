// SPDX-License-Identifier: Apache-2.0

/// Which variables a rule's text names.
enum RuleNames {
  /// Whether a name stands in a text as a word of its own.
  static func contains(_ name: String, in text: String) -> Bool {
    let text = Array(text)
    let name = Array(name)
    guard !name.isEmpty, text.count >= name.count else { return false }
    var quote: Character?
    for start in 0...(text.count - name.count) {
      if let open = quote {
        if text[start] == open { quote = nil }
      } else if text[start] == "'" || text[start] == "\"" {
        quote = text[start]
      }
      guard quote == nil, Array(text[start..<start + name.count]) == name else { continue }
      let before = start > 0 ? text[start - 1] : " "
      let after = start + name.count < text.count ? text[start + name.count] : " "
      if !isPart(before), !isPart(after) { return true }
    }
    return false
  }

  private static func isPart(_ sign: Character) -> Bool {
    sign.isLetter || sign.isNumber || sign == "_"
  }
}
