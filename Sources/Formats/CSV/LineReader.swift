// SPDX-License-Identifier: Apache-2.0

/// Looks at single records of a delimited text as a person would.
struct LineReader {
  let text: UnsafeBufferPointer<UInt8>
  let signs: FieldSigns

  /// The line on which a record starts, counted from 1.
  ///
  /// - Complexity: O(bytes before it); for messages only.
  func number(_ index: FieldIndex, _ record: Int) -> Int {
    Self.number(of: index.start(ofRecord: record), in: text)
  }

  /// The line that a place of a text is on, counted from 1.
  static func number(of place: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var line = 1
    for index in 0..<min(place, text.count) {
      if text[index] == 0x0A {
        line += 1
      } else if text[index] == 0x0D, index + 1 >= text.count || text[index + 1] != 0x0A {
        line += 1
      }
    }
    return line
  }

  /// A field without the spaces around it and without its quotes.
  private func inner(_ index: FieldIndex, _ record: Int, _ field: Int) -> UnsafeBufferPointer<UInt8>
  {
    let range = index.range(ofRecord: record, field: field)
    var start = range.lowerBound
    var end = range.upperBound
    for _ in 0..<2 {
      while start < end, signs.isPadding(text[start]) { start += 1 }
      while end > start, signs.isPadding(text[end - 1]) { end -= 1 }
      guard end - start >= 2, signs.quote != 0, text[start] == signs.quote,
        text[end - 1] == signs.quote
      else { break }
      start += 1
      end -= 1
    }
    return text.stretch(start, end)
  }

  func isBlank(_ index: FieldIndex, _ record: Int, field: Int) -> Bool {
    MissingTokens.isBlank(inner(index, record, field))
  }

  func isFilled(_ index: FieldIndex, _ record: Int, field: Int) -> Bool {
    !isBlank(index, record, field: field)
  }

  /// Whether no field of a record holds anything.
  func isBlank(_ index: FieldIndex, _ record: Int) -> Bool {
    filledCount(index, record, upTo: 1) == 0
  }

  /// How many fields of a record hold something; counting ends at a limit.
  func filledCount(_ index: FieldIndex, _ record: Int, upTo limit: Int = .max) -> Int {
    var filled = 0
    for field in 0..<index.fieldCount(ofRecord: record) where filled < limit {
      if isFilled(index, record, field: field) { filled += 1 }
    }
    return filled
  }

  func startsWithHash(_ index: FieldIndex, _ record: Int) -> Bool {
    let start = index.start(ofRecord: record)
    return start < text.count && text[start] == 0x23
  }

  /// The words of a record's first field, parted by spaces.
  func wordCount(_ index: FieldIndex, _ record: Int) -> Int {
    inner(index, record, 0).prefix(400).split(separator: 0x20).count
  }

  /// Whether a record has a word in each field and no field that starts with a digit.
  func looksLikeNames(_ index: FieldIndex, _ record: Int, _ width: Int) -> Bool {
    let fields = index.fieldCount(ofRecord: record)
    guard fields == width else { return false }
    return (0..<fields).allSatisfy { field in
      let bytes = inner(index, record, field)
      guard let first = bytes.first else { return false }
      return first &- 0x30 > 9 && first != 0x2D
    }
  }
}
