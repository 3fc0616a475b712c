// SPDX-License-Identifier: Apache-2.0
import Tables

/// Brings ragged records into one width: comments, titles before the table and notes after it go, short
/// records get empty fields, and empty fields beyond the last column are dropped.
struct RecordShape {
  /// The number of columns.
  private(set) var width = 0
  /// The number of fields that most records have.
  let commonWidth: Int
  /// How many records before the table are titles.
  private(set) var titleCount = 0
  /// Whether the header names all columns but the first, as R writes row names.
  private(set) var hasRowNames = false
  /// What was noticed and done.
  private(set) var diagnostics: [Diagnostic] = []

  let lines: LineReader
  private let file: String

  /// Shapes an index: records that hold no row are taken out of it.
  init(
    _ index: inout FieldIndex, text: UnsafeBufferPointer<UInt8>, signs: FieldSigns, file: String
  ) throws(DataError) {
    self.init(headOf: &index, text: text, signs: signs, file: file, isWhole: true)
    guard index.recordCount > 0 else { return }
    try check(&index)
  }

  /// Shapes the first records of a text, without a look at the widths of all.
  ///
  /// - Parameters:
  ///   - isWhole: Whether the records are all there are, so that notes may stand at their end.
  init(
    headOf index: inout FieldIndex, text: UnsafeBufferPointer<UInt8>, signs: FieldSigns,
    file: String, isWhole: Bool
  ) {
    lines = LineReader(text: text, signs: signs)
    self.file = file
    commonWidth = Self.commonWidth(index)
    width = commonWidth
    removeAsides(&index)
    removeTitles(&index)
    if isWhole { removeFootnotes(&index) }
    if index.recordCount > 0 { compareHeader(index) }
  }

  private static func commonWidth(_ index: FieldIndex) -> Int {
    var counts: [Int: Int] = [:]
    for record in 0..<min(index.recordCount, 10_000) {
      counts[index.fieldCount(ofRecord: record), default: 0] += 1
    }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  // MARK: Lines that hold no row

  /// Takes out lines of white space, and lines that start with # and have too few fields.
  private mutating func removeAsides(_ index: inout FieldIndex) {
    guard width > 1 else { return }
    var comments = 0
    var gone: [Int] = []
    for record in 0..<index.recordCount where index.fieldCount(ofRecord: record) < width {
      if lines.startsWithHash(index, record) {
        comments += 1
        gone.append(record)
      } else if index.fieldCount(ofRecord: record) == 1, lines.isBlank(index, record) {
        gone.append(record)
      }
    }
    if comments > 0 {
      diagnostics.append(
        Diagnostic(
          .note, "\(comments) line(s) start with # and were taken as comments",
          line: lines.number(index, gone[0])))
    }
    index.remove(records: gone)
  }

  private mutating func removeTitles(_ index: inout FieldIndex) {
    guard width > 1 else { return }
    var count = 0
    while count < min(20, index.recordCount - 1), isTitle(index, count) { count += 1 }
    guard count > 0 else { return }
    titleCount = count
    diagnostics.append(
      Diagnostic(
        .warning, "\(count) line(s) before the table were passed over: they hold no row",
        line: lines.number(index, 0)))
    index.remove(records: Array(0..<count))
  }

  private func isTitle(_ index: FieldIndex, _ record: Int) -> Bool {
    let fields = index.fieldCount(ofRecord: record)
    if fields == 1 || fields * 2 < width { return true }
    let filled = lines.filledCount(index, record)
    if filled == 0 { return true }
    // One field of three or more, above a line that looks like names.
    return filled == 1 && width >= 3 && lines.looksLikeNames(index, record + 1, width)
  }

  /// Takes out notes below a table of four columns or more: lines of one field or few.
  private mutating func removeFootnotes(_ index: inout FieldIndex) {
    guard width >= 4 else { return }
    var first = index.recordCount
    var isNote = false
    while first > 1 {
      let record = first - 1
      let fields = index.fieldCount(ofRecord: record)
      let filled = lines.filledCount(index, record, upTo: 2)
      let isShort = fields * 2 <= width
      guard isShort || filled == 0 || (filled == 1 && lines.isFilled(index, record, field: 0))
      else {
        break
      }
      if isShort || lines.wordCount(index, record) > 3 { isNote = true }
      first -= 1
    }
    let count = index.recordCount - first
    guard isNote, count < first, !wordsAreUsual(index, upTo: first) else { return }
    diagnostics.append(
      Diagnostic(
        .warning, "\(count) line(s) after the table were passed over: they hold no row",
        line: lines.number(index, first)))
    index.remove(records: Array(first..<index.recordCount))
  }

  /// Whether full lines above start with sentences too, so that those below are no notes.
  private func wordsAreUsual(_ index: FieldIndex, upTo end: Int) -> Bool {
    let sample = min(end, 1000)
    let long = (0..<sample).count { lines.wordCount(index, $0) > 3 }
    let short = (0..<sample).count { index.fieldCount(ofRecord: $0) * 2 <= width }
    return long * 2 > sample || short * 20 > sample
  }

  // MARK: Width

  private mutating func compareHeader(_ index: FieldIndex) {
    let header = index.fieldCount(ofRecord: 0)
    // A header that is wider than the rows below names columns that end in empty fields.
    if header > width, header <= width + max(2, width / 2) { width = header }
    guard header == width - 1, width > 2 || header > 0, index.recordCount > 1 else { return }
    let sample = 1..<min(index.recordCount, 1000)
    guard sample.allSatisfy({ index.fieldCount(ofRecord: $0) == width }) else { return }
    if sample.allSatisfy({ lines.isBlank(index, $0, field: width - 1) }) {
      width -= 1
    } else if width > 2 {
      hasRowNames = true
    }
  }

  private mutating func check(_ index: inout FieldIndex) throws(DataError) {
    var short = (count: 0, line: 0)
    var long = (count: 0, line: 0)
    for record in (hasRowNames ? 1 : 0)..<index.recordCount {
      let fields = index.fieldCount(ofRecord: record)
      if fields < width {
        if short.count == 0 { short.line = lines.number(index, record) }
        short.count += 1
      } else if fields > width {
        guard (width..<fields).allSatisfy({ lines.isBlank(index, record, field: $0) }) else {
          throw DataError(
            "the line has \(fields) fields where others have \(width)", file: file,
            line: lines.number(index, record), position: width + 1,
            remedy: "Put fields that hold the delimiter in quotes; one delimiter parts all fields.")
        }
        if long.count == 0 { long.line = lines.number(index, record) }
        long.count += 1
      }
    }
    if short.count * 2 > index.recordCount, index.recordCount > 4 {
      throw DataError(
        "most lines have fewer fields than the widest ones (\(width))", file: file,
        line: short.line, position: 1,
        remedy: "Check that the file is a table, and that one delimiter is used throughout.")
    }
    if short.count > 0 {
      diagnostics.append(
        Diagnostic(
          .warning, "\(short.count) line(s) have too few fields; the rest was taken as missing",
          line: short.line))
    }
    if long.count > 0 {
      index.truncate(to: width)
      diagnostics.append(
        Diagnostic(
          .note,
          "\(long.count) line(s) end in empty fields beyond the last column, which were dropped",
          line: long.line))
    }
  }
}
