// SPDX-License-Identifier: Apache-2.0

/// A word or sign of SQL, with its place.
struct SQLToken: Hashable {
  enum Kind: Hashable {
    /// A bare word: a keyword or a name.
    case word
    /// A name in double quotes, backticks or brackets.
    case name
    case text
    case number
    case sign
    case end
  }

  var kind: Kind
  /// The word, the name or text without its quotes, the number or the sign.
  var text: String
  var line: Int
  var column: Int
  /// Where it begins and ends in the text, in characters.
  var range: Range<Int>

  /// Whether it is this keyword.
  func isWord(_ word: String) -> Bool { kind == .word && text.uppercased() == word }

  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }

  var isName: Bool { kind == .word || kind == .name }
}
