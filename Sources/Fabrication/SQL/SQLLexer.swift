// SPDX-License-Identifier: Apache-2.0
import Tables

/// Cuts SQL into words and signs; comments fall away.
struct SQLLexer {
  let file: String
  private let text: [Character]
  private var place = 0
  private var line = 1
  private var column = 1

  init(_ text: String, file: String) {
    self.file = file
    self.text = Array(text)
  }

  static func tokens(of text: String, file: String) throws(DataError) -> [SQLToken] {
    var lexer = SQLLexer(text, file: file)
    var tokens: [SQLToken] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private func peek(_ offset: Int = 0) -> Character? {
    place + offset < text.count ? text[place + offset] : nil
  }

  private mutating func advance() {
    if text[place].isNewline {
      line += 1
      column = 1
    } else {
      column += 1
    }
    place += 1
  }

  private mutating func skipBlanks() {
    while let sign = peek() {
      if sign.isWhitespace {
        advance()
      } else if sign == "-", peek(1) == "-" {
        while let sign = peek(), !sign.isNewline { advance() }
      } else if sign == "/", peek(1) == "*" {
        advance()
        advance()
        while let sign = peek(), !(sign == "*" && peek(1) == "/") { advance() }
        if peek() != nil {
          advance()
          advance()
        }
      } else {
        return
      }
    }
  }

  private mutating func next() throws(DataError) -> SQLToken {
    skipBlanks()
    let start = place
    let (line, column) = (line, column)
    func token(_ kind: SQLToken.Kind, _ text: String) -> SQLToken {
      SQLToken(kind: kind, text: text, line: line, column: column, range: start..<place)
    }
    guard let sign = peek() else { return token(.end, "") }
    switch sign {
    case "'": return token(.text, try quoted(until: "'", line, column))
    case "\"", "`": return token(.name, try quoted(until: sign, line, column))
    case "[": return token(.name, try quoted(until: "]", line, column))
    default: break
    }
    if sign.isLetter || sign == "_" {
      while let sign = peek(), sign.isLetter || sign.isNumber || sign == "_" || sign == "$" {
        advance()
      }
      return token(.word, String(text[start..<place]))
    }
    if sign.isNumber || (sign == "." && peek(1)?.isNumber == true) {
      while let sign = peek(), sign.isNumber || sign == "." { advance() }
      return token(.number, String(text[start..<place]))
    }
    advance()
    let pair = String([sign, peek() ?? " "])
    if ["<=", ">=", "<>", "!=", "||", "::"].contains(pair) {
      advance()
      return token(.sign, pair)
    }
    return token(.sign, String(sign))
  }

  /// A quoted text, in which a doubled quote is one.
  private mutating func quoted(
    until end: Character, _ line: Int, _ column: Int
  ) throws(DataError) -> String {
    advance()
    var result = ""
    while let sign = peek() {
      advance()
      if sign == end {
        guard end != "]", peek() == end else { return result }
        advance()
      }
      result.append(sign)
    }
    throw DataError(
      "a quote is not closed", file: file, line: line, position: column, remedy: "Close it.")
  }
}
