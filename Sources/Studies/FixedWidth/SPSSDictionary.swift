// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// Reads a syntax file of SPSS that describes a text of fixed width; other commands are passed over.
///
/// ## Source
/// IBM, *SPSS Statistics Command Syntax Reference*: DATA LIST (fixed, column style), VARIABLE LABELS,
/// VALUE LABELS, MISSING VALUES, BEGIN DATA.
struct SPSSDictionary {
  private let file: String
  private var layout = FixedLayout()
  /// The files behind names that FILE HANDLE gives, by names in capital letters.
  private var handles: [String: String] = [:]

  private init(file: String) { self.file = file }

  /// The layout that a syntax file gives.
  ///
  /// - Throws: `DataError` with the line that is not understood.
  static func layout(_ bytes: [UInt8], file: String) throws(DataError) -> FixedLayout {
    var dictionary = SPSSDictionary(file: file)
    var text = bytes
    // What follows BEGIN DATA is no syntax.
    if let (start, end) = data(bytes) {
      dictionary.layout.dataStart = end
      text = Array(bytes[..<start])
    }
    for command in commands(text) { try dictionary.read(command) }
    if let name = dictionary.layout.dataFile {
      dictionary.layout.dataFile = dictionary.handles[name.uppercased()] ?? name
    }
    guard !dictionary.layout.fields.isEmpty else {
      throw DataError(
        "the syntax has no DATA LIST with columns", file: file,
        remedy: "Write DATA LIST FILE='data.txt' /age 1-3 name 4-13 (A).")
    }
    return dictionary.layout
  }

  /// Where the line BEGIN DATA begins and ends.
  private static func data(_ bytes: [UInt8]) -> (start: Int, end: Int)? {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = String(decoding: bytes[start..<end], as: UTF8.self).uppercased()
      let words = line.split { $0.isWhitespace || $0 == "." }
      if words == ["BEGIN", "DATA"] { return (start, min(bytes.count, end + 1)) }
      start = end + 1
    }
    return nil
  }

  private typealias Word = DictionaryWords.Word

  /// Commands end with a point at the end of a line.
  private static func commands(_ bytes: [UInt8]) -> [[Word]] {
    var commands: [[Word]] = []
    var command: [Word] = []
    let words = DictionaryWords(bytes, signs: "/(),=", endsComments: true).words
    for (index, word) in words.enumerated() {
      var word = word
      let isLast = index + 1 == words.count || words[index + 1].line > word.line
      let ends = isLast && !word.isQuoted && word.text.hasSuffix(".")
      if ends { word.text.removeLast() }
      if !word.text.isEmpty || word.isQuoted { command.append(word) }
      if ends || index + 1 == words.count {
        if !command.isEmpty { commands.append(command) }
        command = []
      }
    }
    return commands
  }

  private func failure(_ message: String, _ word: Word?) -> DataError {
    DataError(
      message, file: file, line: word?.line,
      remedy: "Give columns as in /age 1-3 price 4-9 (2) name 10-19 (A).")
  }

  private mutating func read(_ command: [Word]) throws(DataError) {
    let first = command[0].text.uppercased()
    let second = command.count > 1 ? command[1].text.uppercased() : ""
    switch (first, second) {
    case ("FILE", "HANDLE"):
      let name = command.firstIndex { $0.text.uppercased() == "NAME" }
      if let name, command.count > name + 2, command[name + 1].text == "=" {
        handles[command[2].text.uppercased()] = command[name + 2].text
      }
    case ("DATA", "LIST"): try readList(Array(command.dropFirst(2)))
    case ("VARIABLE", "LABELS"), ("VAR", "LABELS"): readLabels(command.dropFirst(2))
    case ("VALUE", "LABELS"), ("ADD", "VALUE"): readValueLabels(command.dropFirst(2))
    case ("MISSING", "VALUES"), ("MISSING", "VALUE"): readMissing(command.dropFirst(2))
    default: break
    }
  }

  private mutating func readList(_ words: [Word]) throws(DataError) {
    var index = 0
    while index < words.count, words[index].text != "/" {
      switch words[index].text.uppercased() {
      case "FILE":
        index += 1
        if index < words.count, words[index].text == "=" { index += 1 }
        if index < words.count { layout.dataFile = words[index].text }
      case "FREE", "LIST":
        throw failure("the data are not of fixed width", words[index])
      default: break
      }
      index += 1
    }
    var names: [String] = []
    while index < words.count {
      let word = words[index]
      if word.text == "/" {
        guard layout.fields.isEmpty, names.isEmpty else {
          throw failure("records of several lines are not read here", word)
        }
        index += 1
        if index < words.count, words[index].text == "1" { index += 1 }
      } else if let first = word.text.first, first.isNumber {
        let ends = word.text.split(separator: "-").map { Int($0) }
        guard let start = ends[0], let end = ends.count == 2 ? ends[1] : start, start >= 1,
          end >= start, end <= 1 << 20, !names.isEmpty, (end - start + 1) % names.count == 0
        else { throw failure("the columns of a variable are not understood", word) }
        index += 1
        let (isText, decimals) = try kind(words, &index)
        let width = (end - start + 1) / names.count
        for (place, name) in names.enumerated() {
          layout.fields.append(
            .init(
              name: name, start: start + place * width, end: start + (place + 1) * width - 1,
              isText: isText, impliedDecimals: decimals))
        }
        names = []
      } else {
        guard word.text != "(", word.text.uppercased() != "TO" else {
          throw failure("formats without columns are not read here", word)
        }
        names.append(word.text)
        index += 1
      }
    }
    guard names.isEmpty else { throw failure("a variable has no columns", words.last) }
  }

  /// A format in brackets: `(A)`, `(2)`, `(F,2)`.
  private func kind(
    _ words: [Word], _ index: inout Int
  ) throws(DataError) -> (isText: Bool, decimals: Int) {
    guard index < words.count, words[index].text == "(" else { return (false, 0) }
    var isText = false
    var decimals = 0
    index += 1
    while index < words.count, words[index].text != ")" {
      let text = words[index].text.uppercased()
      if text == "A" {
        isText = true
      } else if let number = Int(text) {
        decimals = number
      } else if text != "," && text != "F" && text != "N" {
        throw failure("the format \(text) is not read here", words[index])
      }
      index += 1
    }
    index += 1
    return (isText, decimals)
  }

  // MARK: What columns mean

  private mutating func readLabels(_ words: ArraySlice<Word>) {
    var name: String?
    for word in words where word.text != "/" || word.isQuoted {
      if word.isQuoted {
        if let name, let place = layout.place(of: name) { layout.fields[place].label = word.text }
        name = nil
      } else {
        name = word.text
      }
    }
  }

  private mutating func readValueLabels(_ words: ArraySlice<Word>) {
    // Commas between names and codes are spaces.
    let words = words.filter { $0.text != "," || $0.isQuoted }
    for group in words.split(whereSeparator: { $0.text == "/" && !$0.isQuoted }) {
      let names = group.prefix {
        !$0.isQuoted && ($0.text.uppercased() == "TO" || layout.place(of: $0.text) != nil)
      }
      let places = places(names.map(\.text))
      var code: String?
      var labels: [ValueLabel] = []
      for word in group.dropFirst(names.count) {
        if let known = code {
          labels.append(ValueLabel(code: known, label: ["en": word.text]))
          code = nil
        } else {
          code = word.text
        }
      }
      for place in places { layout.fields[place].valueLabels = labels }
    }
  }

  /// The variables of a list of names; `a TO c` stands for all from one to the other.
  private func places(_ names: [String]) -> [Int] {
    var places: [Int] = []
    var isRange = false
    for name in names {
      if name.uppercased() == "TO" {
        isRange = true
      } else if let place = layout.place(of: name) {
        if isRange, let first = places.last, first < place {
          places += (first + 1)...place
        } else {
          places.append(place)
        }
        isRange = false
      }
    }
    return places
  }

  private mutating func readMissing(_ words: ArraySlice<Word>) {
    var names: [String] = []
    var index = words.startIndex
    while index < words.endIndex {
      let word = words[index]
      guard word.text == "(" else {
        if word.text != "/" { names.append(word.text) }
        index += 1
        continue
      }
      let inner = words[(index + 1)...].prefix { $0.text != ")" }.filter { $0.text != "," }
      var codes: [String] = []
      var ranges: [MissingRange] = []
      var place = 0
      while place < inner.count {
        if place + 2 < inner.count, inner[place + 1].text.uppercased().hasPrefix("THRU") {
          ranges.append(
            MissingRange(
              lowest: Double(inner[place].text), highest: Double(inner[place + 2].text)))
          place += 3
        } else {
          codes.append(inner[place].text)
          place += 1
        }
      }
      for field in places(names) {
        layout.fields[field].missingCodes = codes
        layout.fields[field].missingRanges = ranges
      }
      names = []
      index += inner.count + 2
      while index < words.endIndex, words[index - 1].text != ")" { index += 1 }
    }
  }
}
