// SPDX-License-Identifier: Apache-2.0

/// Where each field of a delimited text starts and ends, record by record.
///
/// Positions are kept in four bytes; a record's fields lie one after another.
struct FieldIndex {
  /// Where each field starts, its quote included.
  var starts: [UInt32] = []
  /// Where each field ends, its quote included.
  var ends: [UInt32] = []
  /// Where each record's fields start in `starts`; one more entry than records.
  var records: [UInt32] = [0]
  /// The line on which each record starts, counted from 1; empty while no record spans lines.
  var lines: [UInt32] = []
  /// Whether the last quoted field was never closed, and on which line it began.
  var openQuoteLine: Int?
  /// Whether the text ends with a line ending.
  var endsWithLineEnding = false
  /// How many lines end with a line feed, with carriage return and line feed, with carriage return.
  var lineFeeds = 0
  var pairs = 0
  var carriageReturns = 0
  /// How many fields stand in quotes.
  var quotedCount = 0
  /// Whether blank lines were passed over.
  var blankLineCount = 0

  var recordCount: Int { records.count - 1 }

  func fieldCount(ofRecord record: Int) -> Int { Int(records[record + 1] - records[record]) }

  /// Finds the fields of a text.
  ///
  /// A quote opens a field only as its first sign; doubled, it stands for itself; after the closing one
  /// anything up to the delimiter belongs to the field. Blank lines hold no record.
  ///
  /// - Parameters:
  ///   - limit: How many records to read at the most.
  init(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8, limit: Int = .max,
    skipsSpace: Bool = false, keepsBlankLines: Bool = false
  ) {
    let count = text.count
    var index = 0
    var line = 1
    starts.reserveCapacity(min(count / 8, 1 << 24))
    ends.reserveCapacity(min(count / 8, 1 << 24))
    while index < count, recordCount < limit {
      let first = text[index]
      if first == 0x0A || first == 0x0D, !keepsBlankLines {
        index += lineEnding(text, index)
        blankLineCount += 1
        line += 1
        continue
      }
      let recordLine = line
      var isOver = false
      while !isOver {
        if skipsSpace {
          while index < count, text[index] == 0x20, delimiter != 0x20 { index += 1 }
        }
        starts.append(UInt32(truncatingIfNeeded: index))
        if index < count, text[index] == quote {
          quotedCount += 1
          index = endOfQuoted(text, index, quote, &line)
        }
        while index < count {
          let byte = text[index]
          if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
          index += 1
        }
        ends.append(UInt32(truncatingIfNeeded: index))
        if index >= count {
          isOver = true
        } else if text[index] == delimiter {
          index += 1
        } else {
          let size = lineEnding(text, index)
          if size == 2 {
            pairs += 1
          } else if text[index] == 0x0A {
            lineFeeds += 1
          } else {
            carriageReturns += 1
          }
          index += size
          line += 1
          endsWithLineEnding = index >= count
          isOver = true
        }
      }
      records.append(UInt32(truncatingIfNeeded: starts.count))
      if !lines.isEmpty || recordLine != recordCount {
        if lines.isEmpty { lines = (0..<UInt32(recordCount - 1)).map { $0 + 1 } }
        lines.append(UInt32(truncatingIfNeeded: recordLine))
      }
    }
  }

  /// The line on which a record starts, counted from 1.
  func line(ofRecord record: Int) -> Int {
    lines.isEmpty ? record + 1 : Int(lines[min(record, lines.count - 1)])
  }

  private func lineEnding(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    text[index] == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A ? 2 : 1
  }

  private mutating func endOfQuoted(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ quote: UInt8, _ line: inout Int
  ) -> Int {
    var index = start + 1
    let startLine = line
    while index < text.count {
      let byte = text[index]
      if byte == quote {
        guard index + 1 < text.count, text[index + 1] == quote else { return index + 1 }
        index += 2
        continue
      }
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < text.count && text[index + 1] == 0x0A)) {
        line += 1
      }
      index += 1
    }
    openQuoteLine = openQuoteLine ?? startLine
    return index
  }
}
