// SPDX-License-Identifier: Apache-2.0
import Tables

/// Splits a dictionary of Stata or SPSS into words, signs and quoted texts.
struct DictionaryWords {
  /// A word with the place in the bytes at which it ends.
  struct Word: Hashable {
    var text: String
    var isQuoted = false
    var line: Int
    var end: Int
  }

  let words: [Word]

  /// - Parameters:
  ///   - signs: What stands by itself even without spaces around it.
  ///   - endsComments: Whether a comment goes on to a line that ends with a point, as in SPSS.
  ///   - end: A sign after which nothing is read, such as the brace before data.
  init(_ bytes: [UInt8], signs: String, endsComments: Bool = false, until end: Character? = nil) {
    var words: [Word] = []
    var line = 1
    var index = 0
    let isSign = Set(signs.utf8)
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x0A {
        line += 1
        index += 1
      } else if isSpace(byte) {
        index += 1
      } else if byte == 0x22 || byte == 0x27 {
        // A quote that stands twice is one of the text.
        var text: [UInt8] = []
        var place = index + 1
        while place < bytes.count {
          if bytes[place] == byte {
            guard place + 1 < bytes.count, bytes[place + 1] == byte else { break }
            place += 1
          }
          if bytes[place] == 0x0A { line += 1 }
          text.append(bytes[place])
          place += 1
        }
        index = min(bytes.count, place + 1)
        words.append(
          Word(
            text: String(decoding: text, as: UTF8.self), isQuoted: true, line: line, end: index))
      } else if byte == 0x2A, words.last.map({ $0.line != line }) ?? true {
        // A star at the start of a line begins a comment.
        var last: UInt8 = 0
        while index < bytes.count {
          if bytes[index] == 0x0A {
            guard endsComments, last != 0x2E else { break }
            line += 1
            // A further star begins the next comment, whether this one was ended or not.
            if index + 1 < bytes.count, bytes[index + 1] == 0x2A { break }
          } else if !isSpace(bytes[index]) {
            last = bytes[index]
          }
          index += 1
        }
      } else if isSign.contains(byte) {
        index += 1
        let text = String(UnicodeScalar(byte))
        words.append(Word(text: text, line: line, end: index))
        if text.first == end { break }
      } else {
        let start = index
        while index < bytes.count, !isSpace(bytes[index]), bytes[index] != 0x0A,
          !isSign.contains(bytes[index]), bytes[index] != 0x22
        { index += 1 }
        words.append(
          Word(text: String(decoding: bytes[start..<index], as: UTF8.self), line: line, end: index))
      }
    }
    self.words = words
  }
}
