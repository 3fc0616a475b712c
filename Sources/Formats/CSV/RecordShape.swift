// SPDX-License-Identifier: Apache-2.0
import Tables

/// Brings ragged records into one width: leading title lines go, short records get empty fields, and
/// empty fields beyond the last column are dropped.
struct RecordShape {
  /// The number of columns.
  private(set) var width = 0
  /// The first record that belongs to the table.
  private(set) var firstRecord = 0
  /// What was noticed and done.
  private(set) var diagnostics: [Diagnostic] = []

  init(
    _ index: FieldIndex, text: UnsafeBufferPointer<UInt8>, file: String
  ) throws(DataError) {
    var counts: [Int: Int] = [:]
    let sample = min(index.recordCount, 10_000)
    for record in 0..<sample { counts[index.fieldCount(ofRecord: record), default: 0] += 1 }
    guard let mode = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return }
    width = mode.key
    skipTitles(index)
    // A header that is wider than the rows below names columns that end in empty fields.
    let header = index.fieldCount(ofRecord: firstRecord)
    if header > width, header <= width + max(2, width / 2) { width = header }
    try check(index, text, file)
  }

  private mutating func skipTitles(_ index: FieldIndex) {
    while firstRecord < min(20, index.recordCount - 1), width > 1,
      index.fieldCount(ofRecord: firstRecord) == 1
        || index.fieldCount(ofRecord: firstRecord) * 2 < width
    {
      firstRecord += 1
    }
    guard firstRecord > 0 else { return }
    diagnostics.append(
      Diagnostic(
        .warning,
        "\(firstRecord) line(s) before the table were passed over: they have too few fields",
        line: 1))
  }

  private mutating func check(
    _ index: FieldIndex, _ text: UnsafeBufferPointer<UInt8>, _ file: String
  ) throws(DataError) {
    var short = (count: 0, line: 0)
    var long = (count: 0, line: 0)
    for record in firstRecord..<index.recordCount {
      let fields = index.fieldCount(ofRecord: record)
      if fields < width {
        if short.count == 0 { short.line = index.line(ofRecord: record) }
        short.count += 1
      } else if fields > width {
        guard isEmptyBeyond(index, record, text) else {
          throw DataError(
            "the line has \(fields) fields where others have \(width)", file: file,
            line: index.line(ofRecord: record), position: width + 1,
            remedy:
              "Put fields that hold the delimiter in quotes, or state the delimiter with --schema.")
        }
        if long.count == 0 { long.line = index.line(ofRecord: record) }
        long.count += 1
      }
    }
    let records = index.recordCount - firstRecord
    if short.count * 2 > records, records > 4 {
      throw DataError(
        "most lines have another number of fields than the first ones (\(width))", file: file,
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
      diagnostics.append(
        Diagnostic(
          .note, "\(long.count) line(s) end in empty fields beyond the last column, which were dropped",
          line: long.line))
    }
  }

  private func isEmptyBeyond(
    _ index: FieldIndex, _ record: Int, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for field in (Int(index.records[record]) + width)..<Int(index.records[record + 1]) {
      for place in Int(index.starts[field])..<Int(index.ends[field]) where text[place] != 0x20 {
        return false
      }
    }
    return true
  }
}
