// SPDX-License-Identifier: Apache-2.0

/// Texts of others within Markdown.
enum MarkdownText {
  /// A text without signs that Markdown, HTML or a terminal could take for commands.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { sign in
          sign.value < 0x20 || "`<>\"\\|*_[]#".unicodeScalars.contains(sign) && sign != "_"
            ? "_" : sign
        }))
  }

  /// A line of a checklist.
  static func item(_ isDone: Bool?, _ words: String) -> String {
    switch isDone {
    case true: "- [x] \(words)"
    case false: "- [ ] \(words)"
    case nil: "- [ ] (not measured) \(words)"
    }
  }
}
