// SPDX-License-Identifier: Apache-2.0

/// Walks through a delimited text and marks its fields.
struct FieldScan {
  private(set) var index = FieldIndex()
  /// Where the walk ended: at the start of a record or at the end of the text.
  private(set) var position = 0
  private let text: UnsafeBufferPointer<UInt8>
  private let signs: FieldSigns
  private var hasEndlessQuote = false
  /// Whether the text goes on beyond its bytes, so that its last record may not be whole.
  private let goesOn: Bool
  /// Whether only further bytes can say what a field is.
  private var needsMore = false

  init(_ text: UnsafeBufferPointer<UInt8>, signs: FieldSigns, goesOn: Bool = false) {
    self.text = text
    self.signs = signs
    self.goesOn = goesOn
  }

  /// Marks the records that start before `end`; the last of them may reach beyond it.
  mutating func run(from start: Int, to end: Int, limit: Int = .max) {
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: 256) { stops in
      stops.initialize(repeating: false)
      for sign in [signs.delimiter, 0x0A, 0x0D] { stops[Int(sign)] = true }
      walk(start, end, limit, UnsafeBufferPointer(stops))
    }
  }

  private mutating func walk(
    _ start: Int, _ end: Int, _ limit: Int, _ stops: UnsafeBufferPointer<Bool>
  ) {
    guard let bytes = text.baseAddress, let stops = stops.baseAddress else { return }
    let count = text.count
    let delimiter = signs.delimiter
    let quote = signs.quote
    let joinsRuns = signs.joinsRuns
    let escapesDelimiter = signs.escapesDelimiter
    var marks: [UInt32] = []
    var records: [UInt32] = [0]
    let sizes = estimate(start, end)
    // A text without line ends is refused before long, and gets no room in advance.
    marks.reserveCapacity(limit == .max && sizes.records > 64 ? sizes.marks : 4096)
    records.reserveCapacity(limit == .max ? sizes.records : 1024)
    var traits = FieldIndex.Traits()
    var place = start
    while place < end, records.count <= limit {
      if bytes[place] == 0x0A || bytes[place] == 0x0D {
        place += lineEnding(place)
        traits.blankLineCount += 1
        continue
      }
      let first = marks.count
      let begin = place
      let traitsBefore = traits
      var isWhole = false
      var isOver = false
      while !isOver {
        if joinsRuns {
          while place < count, bytes[place] == delimiter { place += 1 }
        }
        // Spaces at the end of a line part nothing.
        let isTrail =
          joinsRuns && marks.count > first
          && (place >= count || bytes[place] == 0x0A || bytes[place] == 0x0D)
        if !isTrail { marks.append(UInt32(truncatingIfNeeded: place)) }
        if place < count, quote != 0, bytes[place] == quote || bytes[place] == 0x20 {
          place = endOfQuotes(place, &traits)
        }
        while place < count, !stops[Int(bytes[place])] { place += 1 }
        if escapesDelimiter {
          while place < count, place > 0, bytes[place] == delimiter, bytes[place - 1] == 0x5C {
            place += 1
            while place < count, !stops[Int(bytes[place])] { place += 1 }
          }
        }
        if place < count, bytes[place] == delimiter, marks.count - first <= FieldIndex.widthLimit {
          place += 1
          continue
        }
        marks.append(UInt32(truncatingIfNeeded: place + 1))
        isOver = true
        if place < count {
          let size = lineEnding(place)
          isWhole = bytes[place] == 0x0A || place + 1 < count
          if size == 2 {
            traits.pairs += 1
          } else if bytes[place] == 0x0A {
            traits.lineFeeds += 1
          } else {
            traits.carriageReturns += 1
          }
          place += size
        }
      }
      if goesOn, !isWhole || needsMore {
        marks.removeLast(marks.count - first)
        traits = traitsBefore
        place = begin
        break
      }
      records.append(UInt32(truncatingIfNeeded: marks.count))
      if marks.count - first > FieldIndex.widthLimit {
        traits.isTooWide = true
        break
      }
    }
    index.marks = marks
    index.records = records
    if place >= count, count > 0 {
      traits.endsWithLineEnding = bytes[count - 1] == 0x0A || bytes[count - 1] == 0x0D
    }
    index.traits = traits
    position = place
  }

  /// Marks and records to make room for, judged by the first bytes.
  private func estimate(_ start: Int, _ end: Int) -> (marks: Int, records: Int) {
    let sample = start..<min(end, start + (1 << 16))
    guard !sample.isEmpty else { return (2, 2) }
    var delimiters = 0
    var lines = 0
    for place in sample {
      if text[place] == signs.delimiter { delimiters += 1 }
      if text[place] == 0x0A || text[place] == 0x0D { lines += 1 }
    }
    let factor = Double(end - start) / Double(sample.count) * 1.05
    return (
      Int(Double(delimiters + 2 * lines) * factor) + 16, Int(Double(lines) * factor) + 16
    )
  }

  private func lineEnding(_ place: Int) -> Int {
    text[place] == 0x0D && place + 1 < text.count && text[place + 1] == 0x0A ? 2 : 1
  }

  /// The place after the closing quote of a field that starts at `start`, perhaps after spaces;
  /// `start` itself if the field is not quoted.
  private mutating func endOfQuotes(_ start: Int, _ traits: inout FieldIndex.Traits) -> Int {
    var open = start
    while open < text.count, signs.isPadding(text[open]) { open += 1 }
    guard open < text.count, text[open] == signs.quote else { return start }
    let isPadded = open > start
    // Where one quote never closes, later ones are not followed to the end again.
    if isPadded, hasEndlessQuote { return start }
    guard var place = closingQuote(open) else {
      if isPadded {
        traits.hasPaddedStray = true
        hasEndlessQuote = true
        needsMore = goesOn
        return start
      }
      traits.openQuote = traits.openQuote ?? open
      return text.count
    }
    while place < text.count, signs.isPadding(text[place]) { place += 1 }
    if place < text.count, text[place] != signs.delimiter, text[place] != 0x0A,
      text[place] != 0x0D
    {
      if isPadded {
        traits.hasPaddedStray = true
        return start
      }
      traits.strayText = traits.strayText ?? place
    }
    traits.quotedCount += 1
    return place
  }

  /// The place after the quote that closes the one at `open`, or `nil`.
  private func closingQuote(_ open: Int) -> Int? {
    var place = open + 1
    let count = text.count
    while place < count {
      let byte = text[place]
      if byte == signs.quote {
        guard place + 1 < count, text[place + 1] == signs.quote else { return place + 1 }
        place += 2
      } else if byte == 0x5C, signs.escapesWithBackslash {
        place += 2
      } else {
        place += 1
      }
    }
    return nil
  }
}
