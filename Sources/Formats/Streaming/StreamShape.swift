// SPDX-License-Identifier: Apache-2.0
import Tables

/// The shape of records that are seen block by block, judged as ``RecordShape`` judges them at once.
struct StreamShape {
  /// Something worth a diagnostic: how often, and where in the text for the first time.
  struct Finding {
    var count = 0
    var place = 0

    mutating func add(_ place: Int) {
      if count == 0 { self.place = place }
      count += 1
    }

    mutating func add(_ other: Finding) {
      if count == 0 { place = other.place }
      count += other.count
    }
  }

  /// Records at the end that may be notes and no rows.
  private struct Tail {
    var start = 0
    var place = 0
    var count = 0
    var isNote = false
    var short = Finding()
    var long = Finding()
  }

  let width: Int
  let hasRowNames: Bool
  private(set) var filter: RowFilter
  private let headerCount: Int
  private(set) var comments = Finding()
  private(set) var titles = Finding()
  private(set) var notes = Finding()
  private(set) var short = Finding()
  private(set) var long = Finding()
  /// A record that has values in more fields than there are columns.
  private(set) var tooWide: (place: Int, fields: Int)?
  /// How many records the table has, its header among them.
  private(set) var recordCount = 0
  private var tail = Tail()
  private var firstAside: Int?
  /// How many of the first records have long first fields, and few fields.
  private var wordy: [Int] = [0]
  private var brief: [Int] = [0]

  /// How many rows the table has.
  var rowCount: Int { max(0, recordCount - headerCount) }

  init(_ head: RecordShape, hasHeader: Bool) {
    width = head.width
    hasRowNames = head.hasRowNames
    filter = RowFilter(commonWidth: head.commonWidth, titlesLeft: head.titleCount)
    headerCount = hasHeader ? 1 : 0
  }

  /// Takes the records of the next block; those that hold no row are taken out of it.
  mutating func take(
    _ index: inout FieldIndex, _ lines: LineReader, offset: Int, sample: inout RowSample
  ) {
    let gone = filter.apply(to: &index, lines)
    if firstAside == nil { firstAside = gone.firstAside.map { offset + $0 } }
    comments = Finding(count: comments.count + gone.commentCount, place: firstAside ?? 0)
    if let place = gone.firstTitle {
      titles.add(Finding(count: gone.titleCount, place: offset + place))
    }
    let count = index.recordCount
    guard count > 0 else { return }
    var tailStart = count
    while tailStart > 0, recordCount + tailStart > 1, mayBeNote(index, tailStart - 1, lines) {
      tailStart -= 1
    }
    if tailStart > 0 { endTail() }
    for record in 0..<count {
      let number = recordCount + record
      let fields = index.fieldCount(ofRecord: record)
      let place = offset + index.start(ofRecord: record)
      if number < 1000 {
        wordy.append(wordy[number] + (lines.wordCount(index, record) > 3 ? 1 : 0))
        brief.append(brief[number] + (fields * 2 <= filter.commonWidth ? 1 : 0))
      }
      if record >= tailStart {
        if tail.count == 0 { (tail.start, tail.place) = (number, place) }
        tail.count += 1
        if fields * 2 <= filter.commonWidth || lines.wordCount(index, record) > 3 {
          tail.isNote = true
        }
      }
      if number >= (hasRowNames ? 1 : 0), fields != width {
        check(record, fields, place, index, lines, isTail: record >= tailStart)
      }
      if number >= headerCount {
        let start = index.start(ofRecord: record)
        let end = index.range(ofRecord: record, field: fields - 1).upperBound
        sample.offer(number - headerCount, lines.text.stretch(start, max(start, end)))
      }
    }
    recordCount += count
  }

  private mutating func check(
    _ record: Int, _ fields: Int, _ place: Int, _ index: FieldIndex, _ lines: LineReader,
    isTail: Bool
  ) {
    if fields < width {
      if isTail { tail.short.add(place) } else { short.add(place) }
    } else if (width..<fields).allSatisfy({ lines.isBlank(index, record, field: $0) }) {
      if isTail { tail.long.add(place) } else { long.add(place) }
    } else if tooWide == nil {
      tooWide = (place, fields)
    }
  }

  /// Whether a record may belong to notes below a table of four columns or more.
  private func mayBeNote(_ index: FieldIndex, _ record: Int, _ lines: LineReader) -> Bool {
    guard filter.commonWidth >= 4 else { return false }
    if index.fieldCount(ofRecord: record) * 2 <= filter.commonWidth { return true }
    let filled = lines.filledCount(index, record, upTo: 2)
    return filled == 0 || (filled == 1 && lines.isFilled(index, record, field: 0))
  }

  private mutating func endTail() {
    short.add(tail.short)
    long.add(tail.long)
    tail = Tail()
  }

  /// Ends the walk: what may be notes is judged now.
  mutating func finish() {
    let sample = min(tail.start, 1000)
    let isUsual =
      sample > 0 && (wordy[sample] * 2 > sample || brief[sample] * 20 > sample)
    if tail.count > 0, tail.isNote, tail.count < tail.start, !isUsual {
      notes = Finding(count: tail.count, place: tail.place)
      recordCount = tail.start
      tail = Tail()
    } else {
      endTail()
    }
  }

  /// Whether most records have too few fields for a table.
  var isRagged: Bool { short.count * 2 > recordCount && recordCount > 4 }
}
