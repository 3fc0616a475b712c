// SPDX-License-Identifier: Apache-2.0

/// Where each field of a delimited text starts and ends, record by record.
///
/// A record has one mark more than fields, in four bytes each: field *j* reaches from mark *j* to one
/// before mark *j* + 1, where its delimiter or the end of the line stands.
struct FieldIndex {
  /// The marks of all records, one after another.
  var marks: [UInt32] = []
  /// Where each record's marks start; one more entry than records.
  var records: [UInt32] = [0]
  /// What was seen on the way.
  var traits = Traits()

  /// What a scan notices beside the fields.
  struct Traits {
    /// Where the first quoted field that is never closed starts.
    var openQuote: Int?
    /// Where text follows a closing quote for the first time.
    var strayText: Int?
    /// Whether text follows the closing quote of a field that starts with spaces.
    var hasPaddedStray = false
    /// Whether the text ends with a line ending.
    var endsWithLineEnding = false
    /// How many lines end with a line feed.
    var lineFeeds = 0
    /// How many lines end with carriage return and line feed.
    var pairs = 0
    /// How many lines end with a carriage return.
    var carriageReturns = 0
    /// How many fields stand in quotes.
    var quotedCount = 0
    /// How many blank lines were passed over.
    var blankLineCount = 0
    /// Whether a record has more fields than any table.
    var isTooWide = false
  }

  /// The most fields that a record may have.
  static let widthLimit = 1_000_000

  var recordCount: Int { records.count - 1 }

  func fieldCount(ofRecord record: Int) -> Int { Int(records[record + 1] - records[record]) - 1 }

  /// Where a record starts in the text.
  func start(ofRecord record: Int) -> Int { Int(marks[Int(records[record])]) }

  /// The bytes of a field as they stand in the text.
  func range(ofRecord record: Int, field: Int) -> Range<Int> {
    let place = Int(records[record]) + field
    return Int(marks[place])..<Int(marks[place + 1]) - 1
  }

  /// Finds the fields of a text.
  ///
  /// A quote opens a field only as its first sign, or after spaces if the closing one ends the field;
  /// doubled, it stands for itself. Blank lines hold no record.
  ///
  /// - Parameters:
  ///   - limit: How many records to read at the most.
  init(_ text: UnsafeBufferPointer<UInt8>, signs: FieldSigns, limit: Int = .max) {
    var scan = FieldScan(text, signs: signs)
    scan.run(from: 0, to: text.count, limit: limit)
    self = scan.index
  }

  /// Creates an empty index.
  init() {}

  /// Appends the records of the text that follows.
  mutating func append(_ next: FieldIndex) {
    let offset = UInt32(truncatingIfNeeded: marks.count)
    marks += next.marks
    records.reserveCapacity(records.count + next.records.count)
    for start in next.records.dropFirst() { records.append(start + offset) }
    traits.openQuote = traits.openQuote ?? next.traits.openQuote
    traits.strayText = traits.strayText ?? next.traits.strayText
    traits.hasPaddedStray = traits.hasPaddedStray || next.traits.hasPaddedStray
    traits.endsWithLineEnding = next.traits.endsWithLineEnding
    traits.lineFeeds += next.traits.lineFeeds
    traits.pairs += next.traits.pairs
    traits.carriageReturns += next.traits.carriageReturns
    traits.quotedCount += next.traits.quotedCount
    traits.blankLineCount += next.traits.blankLineCount
    traits.isTooWide = traits.isTooWide || next.traits.isTooWide
  }

  /// Takes records away, given by rising numbers.
  mutating func remove(records gone: [Int]) {
    guard !gone.isEmpty else { return }
    var kept = FieldIndex()
    kept.traits = traits
    kept.marks.reserveCapacity(marks.count)
    var next = 0
    for record in 0..<recordCount {
      if next < gone.count, gone[next] == record {
        next += 1
        continue
      }
      kept.marks += marks[Int(records[record])..<Int(records[record + 1])]
      kept.records.append(UInt32(truncatingIfNeeded: kept.marks.count))
    }
    self = kept
  }

  /// Drops all but the first fields of a record that has more.
  mutating func truncate(to width: Int) {
    var kept = FieldIndex()
    kept.traits = traits
    kept.marks.reserveCapacity(marks.count)
    kept.records.reserveCapacity(records.count)
    for record in 0..<recordCount {
      let start = Int(records[record])
      let end = min(Int(records[record + 1]), start + width + 1)
      kept.marks += marks[start..<end]
      kept.records.append(UInt32(truncatingIfNeeded: kept.marks.count))
    }
    self = kept
  }
}
