// SPDX-License-Identifier: Apache-2.0
import Tables

/// Cuts a formula into tokens.
struct Lexer {
  let source: FormulaSource
  private var index = 0
  private var tokens: [Token] = []

  private init(_ source: FormulaSource) { self.source = source }

  static func tokens(of source: FormulaSource) throws(DataError) -> [Token] {
    guard source.scalars.count <= FormulaLimits.length else {
      throw source.error(
        "the formula has more than \(FormulaLimits.length) characters", at: 0,
        remedy: "Split it into several columns.")
    }
    var lexer = Lexer(source)
    try lexer.run()
    return lexer.tokens
  }

  private func scalar(_ place: Int) -> Unicode.Scalar? {
    place < source.scalars.count ? source.scalars[place] : nil
  }

  private mutating func run() throws(DataError) {
    while let sign = scalar(index) {
      if sign.properties.isWhitespace {
        index += 1
      } else if Self.isDigit(sign) || (sign == "." && scalar(index + 1).map(Self.isDigit) == true) {
        try readNumber()
      } else if Self.startsName(sign) {
        readName()
      } else if sign == "\"" || sign == "'" || sign == "`" {
        try readQuoted(sign)
      } else {
        try readSign(sign)
      }
    }
    tokens.append(Token(kind: .end, offset: source.scalars.count))
  }

  static func isDigit(_ sign: Unicode.Scalar) -> Bool { sign.value &- 0x30 < 10 }

  static func startsName(_ sign: Unicode.Scalar) -> Bool {
    sign == "_" || sign.properties.isAlphabetic
  }

  static func continuesName(_ sign: Unicode.Scalar) -> Bool {
    startsName(sign) || isDigit(sign) || sign.properties.generalCategory == .nonspacingMark
  }

  private mutating func readName() {
    let start = index
    while let sign = scalar(index), Self.continuesName(sign) { index += 1 }
    tokens.append(Token(kind: .name(source.text(start..<index)), offset: start))
  }

  private func digits(from place: Int) -> Int {
    var end = place
    while let sign = scalar(end), Self.isDigit(sign) { end += 1 }
    return end
  }

  private mutating func readNumber() throws(DataError) {
    let start = index
    var end = digits(from: start)
    if end - start == 4, scalar(end) == "-", digits(from: end + 1) == end + 3,
      scalar(end + 3) == "-", digits(from: end + 4) == end + 6
    {
      return try readDate(start)
    }
    var isWhole = true
    if scalar(end) == ".", scalar(end + 1) != "." {
      isWhole = false
      end = digits(from: end + 1)
    }
    if let letter = scalar(end), letter == "e" || letter == "E" {
      var exponent = end + 1
      if let sign = scalar(exponent), sign == "+" || sign == "-" { exponent += 1 }
      let last = digits(from: exponent)
      if last > exponent {
        isWhole = false
        end = last
      }
    }
    index = end
    if let next = scalar(end), Self.startsName(next) {
      throw source.error(
        "a number runs into a name", at: end,
        remedy: "Write `*` to multiply, or put a name that begins with a digit into backticks.")
    }
    if scalar(end) == "%", scalar(end + 1).map({ $0 == ")" || $0 == "," }) ?? true {
      throw source.error(
        "a share is written as a percentage", at: end, remedy: "Write 0.05 for 5 %.")
    }
    let text = source.text(start..<end)
    if isWhole {
      guard let value = Int64(text) else {
        throw source.error(
          "the whole number is too large", at: start, remedy: "Write it with a point, as 1e20.")
      }
      tokens.append(Token(kind: .whole(value), offset: start))
    } else {
      guard let value = Double(text), value.isFinite else {
        throw source.error("the number is too large", at: start, remedy: "Write a smaller one.")
      }
      tokens.append(Token(kind: .number(value), offset: start))
    }
  }

  private mutating func readDate(_ start: Int) throws(DataError) {
    let parts = [start..<start + 4, start + 5..<start + 7, start + 8..<start + 10]
      .map { Int(source.text($0)) ?? 0 }
    guard let date = CalendarDate(year: parts[0], month: parts[1], day: parts[2]) else {
      throw source.error(
        "there is no such day", at: start,
        remedy: "Write year-month-day, as 2027-04-01; put spaces around `-` to subtract.")
    }
    index = start + 10
    tokens.append(Token(kind: .date(date), offset: start))
  }

  private mutating func readQuoted(_ quote: Unicode.Scalar) throws(DataError) {
    let start = index
    index += 1
    var content = String.UnicodeScalarView()
    while let sign = scalar(index) {
      index += 1
      if sign == quote {
        // A doubled quote stands for one.
        guard scalar(index) == quote else {
          let text = String(content)
          if quote == "`" {
            guard !text.isEmpty else {
              throw source.error(
                "the name is empty", at: start, remedy: "Put the column's name into the backticks.")
            }
            tokens.append(Token(kind: .quotedName(text), offset: start))
          } else {
            tokens.append(Token(kind: .text(text), offset: start))
          }
          return
        }
        index += 1
      }
      content.append(sign)
    }
    throw source.error(
      quote == "`" ? "the name is not closed" : "the text is not closed", at: start,
      remedy: "Close it with \(quote).")
  }

  private mutating func readSign(_ sign: Unicode.Scalar) throws(DataError) {
    let start = index
    let pair = source.text(start..<min(start + 2, source.scalars.count))
    if ["==", "!=", "<=", ">=", ".."].contains(pair) {
      index += 2
      tokens.append(Token(kind: .sign(pair), offset: start))
      return
    }
    for foreign in [pair, String(sign)] {
      if let advice = Self.foreignSigns[foreign] {
        throw source.error("`\(foreign)` is no operator here", at: start, remedy: advice)
      }
    }
    guard "<>+-*/%^()[],.=:~".unicodeScalars.contains(sign) else {
      throw source.error(
        "a character that means nothing here", at: start,
        remedy: "Take it out, or put it into quotes if it belongs to a text or a name.")
    }
    index += 1
    tokens.append(Token(kind: .sign(String(sign)), offset: start))
  }

  /// Signs of other languages, and what to write instead.
  private static let foreignSigns = [
    "&&": "Write `and`.", "&": "Write `and`.", "||": "Write `or`.", "|": "Write `or`.",
    "!": "Write `not`, or `!=` for different.", "<>": "Write `!=`.", "=<": "Write `<=`.",
    "=>": "Write `>=`.", "**": "Write `^`.", "=~": "Write `matches(x, 'pattern')`.",
    "≤": "Write `<=`.", "≥": "Write `>=`.", "≠": "Write `!=`.", "×": "Write `*`.",
    "÷": "Write `/`.", "−": "Write a plain `-`.", "–": "Write a plain `-`.",
    "“": "Write plain quotes, \" or '.", "”": "Write plain quotes, \" or '.",
    "‘": "Write plain quotes, \" or '.", "’": "Write plain quotes, \" or '.",
    "{": "Write lists in square brackets, calls in round ones.",
    "}": "Write lists in square brackets, calls in round ones.",
    ";": "Separate arguments by commas; a formula is one expression.",
    "?": "Write `if(condition, a, b)`.", "$": "Write `table.column`.", "@": "Write the bare name.",
    "#": "Take the comment out of the formula.", "\\": "Take the backslash out.",
  ]
}
