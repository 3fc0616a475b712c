// SPDX-License-Identifier: Apache-2.0
import Formats
import Hashing
import Schemas
import Studies
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A look at a large delimited file through many ranges of bytes, so that its size does not matter.
///
/// Whole lines of each range are taken; a line with an open quote, or with another number of fields than
/// the header, is left out, since it may be half of a record that began before the range.
struct SampledFile {
  /// Smaller files are read whole.
  static let leastSize = 8 << 20
  /// The ranges looked at.
  static let rangeCount = 128
  /// The bytes of each.
  static let rangeSize = 16 << 10

  /// The size of the file.
  let size: Int
  /// The bytes looked at.
  let seenSize: Int
  /// The lines taken, below the header.
  let rowCount: Int
  /// The lines left out.
  let skippedCount: Int
  /// A guess at the rows of the whole file.
  let estimatedRowCount: Int
  /// The SHA-256 of size and ranges, by which the file is known again.
  let hash: String
  /// The header and the lines taken.
  let text: [UInt8]
  /// How the text is written.
  let dialect: CSVDialect

  /// Looks at a file; `nil` where it must be read whole: it is small, packed, no delimited text, or in
  /// an encoding in which a byte is not a sign.
  ///
  /// - Throws: `DataError` if it cannot be read.
  init?(path: String) throws(DataError) {
    let location = TableLocation(argument: path)
    guard location.scheme == nil, location.table == nil, location.path != "-",
      let name = location.extensions.first,
      DelimitedFile.csv.format.extensions.contains(name)
        || DelimitedFile.tsv.format.extensions.contains(name)
    else { return nil }
    let whole = try FileBytes.size(location.path)
    guard whole >= Self.leastSize else { return nil }
    let descriptor = open(location.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DataError(
        "the file cannot be opened: \(String(cString: strerror(errno)))", file: path,
        remedy: "Check the name, and that you may read the file.")
    }
    defer { _ = close(descriptor) }
    func range(_ start: Int) -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: Self.rangeSize) { buffer, count in
        count = max(
          0, buffer.baseAddress.map { pread(descriptor, $0, Self.rangeSize, off_t(start)) } ?? 0)
      }
    }
    var digest = SHA256()
    digest.update(Array("\(whole)".utf8))
    let head = range(0)
    digest.update(head)
    // A byte-order mark of UTF-16, or zeros: signs of more than one byte each.
    guard !head.contains(0), let end = head.firstIndex(of: 0x0A),
      let begun = head.lastIndex(of: 0x0A), begun > end,
      let document = try? CSVReader().read(bytes: Array(head[...begun]), name: path),
      let delimiter = document.dialect.delimiter.utf8.first,
      document.dialect.delimiter.utf8.count == 1, document.dialect.hasHeader
    else { return nil }
    let quote = document.dialect.quote.utf8.first ?? 0x22
    let header = Array(head[...end])
    guard let fields = Self.fieldCount(header[...], delimiter, quote) else { return nil }
    var text = header
    var (rows, skipped, seen, lineBytes) = (0, 0, head.count, 0)
    for number in 0..<Self.rangeCount {
      let start = number == 0 ? 0 : (whole - Self.rangeSize) / (Self.rangeCount - 1) * number
      let bytes = number == 0 ? head : range(start)
      if number > 0 {
        digest.update(bytes)
        seen += bytes.count
      }
      var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropFirst()
      if lines.count > 1 { lines = lines.dropLast() }
      for line in lines where !line.isEmpty {
        if Self.fieldCount(line, delimiter, quote) == fields {
          text += line
          text.append(0x0A)
          rows += 1
        } else {
          skipped += 1
        }
        lineBytes += line.count + 1
      }
    }
    guard rows > 0 else { return nil }
    size = whole
    seenSize = seen
    rowCount = rows
    skippedCount = skipped
    estimatedRowCount = Int(
      Double(whole - header.count) * Double(rows + skipped) / Double(lineBytes))
    hash = SHA256.hex(digest.finalize())
    self.text = text
    dialect = document.dialect
  }

  /// The fields of a line; `nil` where a quote stays open.
  private static func fieldCount(_ line: ArraySlice<UInt8>, _ delimiter: UInt8, _ quote: UInt8)
    -> Int?
  {
    var isQuoted = false
    var count = 1
    for byte in line {
      if byte == quote { isQuoted.toggle() }
      if byte == delimiter, !isQuoted { count += 1 }
    }
    return isQuoted ? nil : count
  }

  /// What was not seen, in words.
  var words: String {
    let share = Double(seenSize) / Double(size)
    return
      "a sample of \(Self.rangeCount) ranges was read, \((share * 10_000).rounded() / 100) % of the bytes: "
      + "\(rowCount) rows of about \(Self.about(estimatedRowCount))"
      + (skippedCount > 0 ? ", \(skippedCount) lines left out as they may be parts of records" : "")
      + "; not seen: all other rows, and with them rarer levels, codes for missing, extremes, and a column "
      + "that changes its form further on"
  }

  static func about(_ count: Int) -> Int {
    var step = 1
    while count / step >= 100 { step *= 10 }
    return count / step * step
  }
}

extension RealInput {
  /// The rows of a look at a large file, as an input.
  ///
  /// - Throws: `DataError` if they are no table.
  init(_ sample: SampledFile, path: String, threads: Int) throws(DataError) {
    let document = try CSVReader(options: CSVReadOptions(threads: threads)).read(
      bytes: sample.text, name: path)
    let schema = SchemaInference().infer(document.table, threads: threads)
    self.init(
      path: path, table: schema.markingMissing(in: document.table), schema: schema,
      dialect: document.dialect,
      diagnostics: document.diagnostics + [Diagnostic(.note, sample.words)])
  }
}
