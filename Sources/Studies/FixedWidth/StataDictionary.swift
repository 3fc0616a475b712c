// SPDX-License-Identifier: Apache-2.0
import Tables

/// Reads dictionaries of Stata: `infile dictionary` and `infix dictionary`.
///
/// ## Source
/// StataCorp, *Data Management Reference Manual*: infile (fixed format) and infix (fixed format).
struct StataDictionary {
  private let words: [DictionaryWords.Word]
  private let file: String
  private var place = 0
  private var layout = FixedLayout()
  private var column = 1

  private init(_ bytes: [UInt8], file: String) {
    words = DictionaryWords(bytes, signs: "{}", until: "}").words
    self.file = file
  }

  /// The layout that a dictionary gives.
  ///
  /// - Throws: `DataError` with the line that is not understood.
  static func layout(_ bytes: [UInt8], file: String) throws(DataError) -> FixedLayout {
    var dictionary = StataDictionary(bytes, file: file)
    return try dictionary.read()
  }

  private func failure(_ message: String) -> DataError {
    DataError(
      message, file: file, line: words.isEmpty ? 1 : words[min(place, words.count - 1)].line,
      remedy: "Write one variable a line, as in `_column(1) int age %3f \"Age\"` or `int age 1-3`.")
  }

  private mutating func read() throws(DataError) -> FixedLayout {
    var isInfix = false
    while place < words.count, words[place].text != "{" {
      let word = words[place].text.lowercased()
      if word == "infix" { isInfix = true }
      if word == "using", place + 1 < words.count {
        place += 1
        layout.dataFile = words[place].text
      }
      place += 1
    }
    guard place < words.count else { throw failure("the dictionary has no braces") }
    place += 1
    while place < words.count, words[place].text != "}" {
      if isInfix { try readInfix() } else { try readInfile() }
    }
    guard place < words.count, !layout.fields.isEmpty else {
      throw failure("the dictionary names no variables, or is cut short")
    }
    if layout.dataFile == nil { layout.dataStart = words[place].end }
    return layout
  }

  private static let types: Set<String> = ["byte", "int", "long", "float", "double", "str"]

  /// Passes over a type; whether it is one of text.
  private mutating func type() -> Bool {
    let word = words[place].text.lowercased()
    let isText =
      word.hasPrefix("str") && (word.dropFirst(3).allSatisfy(\.isNumber) || word == "strl")
    guard isText || Self.types.contains(word), place + 1 < words.count, words[place + 1].text != "}"
    else { return false }
    place += 1
    return isText
  }

  private mutating func readInfix() throws(DataError) {
    let isText = type()
    let name = words[place].text
    place += 1
    guard place < words.count, !name.hasSuffix("lines") else {
      throw failure("records of several lines are not read here")
    }
    var range = words[place].text
    if range.hasPrefix("1:") { range.removeFirst(2) }
    let ends = range.split(separator: "-").map { Int($0) }
    guard let first = ends.first, let start = first, ends.count <= 2,
      let end = ends.count == 2 ? ends[1] : start, start >= 1, end >= start, end <= 1 << 20
    else { throw failure("a variable has no columns such as 1-3") }
    place += 1
    layout.fields.append(.init(name: name, start: start, end: end, isText: isText))
  }

  private mutating func readInfile() throws(DataError) {
    while place < words.count, words[place].text.hasPrefix("_") {
      let word = words[place].text.lowercased()
      let number = Int(word.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" })
      if word.hasPrefix("_column("), let number, number >= 1 {
        column = number
      } else if word.hasPrefix("_skip") {
        column += number ?? 1
      } else if !word.hasPrefix("_lrecl") && !(word.hasPrefix("_lines") && number == 1)
        && !(word.hasPrefix("_firstlineoffile") && number == 1)
        && !(word.hasPrefix("_line") && number == 1)
      {
        // A variable may begin with an underscore.
        if !word.contains("("), word != "_newline" { break }
        throw failure("the dictionary uses \(word.prefix { $0 != "(" }), which is not read here")
      }
      place += 1
    }
    guard place < words.count, words[place].text != "}" else { return }
    let isText = type()
    // The set of value labels after a colon is defined elsewhere.
    let name = String(words[place].text.prefix { $0 != ":" })
    place += 1
    if place < words.count, words[place].text.hasPrefix(":") { place += 1 }
    guard place < words.count, words[place].text.hasPrefix("%") else {
      throw failure("a variable has no width such as %3f")
    }
    let format = words[place].text.dropFirst()
    let parts = format.dropLast().split(separator: ".").map { Int($0) }
    guard let first = parts.first, let width = first, (1...65_536).contains(width),
      column + width <= 1 << 20
    else { throw failure("a variable has no width such as %3f") }
    place += 1
    var field = FixedLayout.Field(name: name, start: column, end: column + width - 1)
    field.isText = isText || format.hasSuffix("s") || format.hasSuffix("S")
    if parts.count == 2, let decimals = parts[1] { field.impliedDecimals = decimals }
    column += width
    if place < words.count, words[place].isQuoted {
      field.label = words[place].text
      place += 1
    }
    layout.fields.append(field)
  }
}
