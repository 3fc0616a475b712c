// SPDX-License-Identifier: Apache-2.0
import Tables

extension CSVStream {
  /// Finds out what the file is; `nil` if it is not in the encoding it was taken for.
  func survey(
    _ head: StreamHead, _ coding: TextSource.Coding
  ) throws(DataError) -> CSVSurvey? {
    var text = TextDecoding.text(head.bytes, coding)
    text.removeFirst(min(text.count, coding.encoding == .utf8 ? coding.markSize : 0))
    let first = text
    let result = first.withUnsafeBufferPointer { text in
      Result { () throws(DataError) in
        try TextCheck.refuse(text, name)
        guard let structure = try structure(head, text, coding) else { return CSVSurvey?.none }
        return try survey(structure, head, text, coding)
      }
    }
    return try result.get()
  }

  // MARK: Signs and shape

  /// Finds signs that fit; `nil` if the file is not in its encoding.
  private func structure(
    _ head: StreamHead, _ text: UnsafeBufferPointer<UInt8>, _ coding: TextSource.Coding
  ) throws(DataError) -> CSVStructure? {
    let sniffed = DialectSniffer(text: text).signs(
      delimiter: options.delimiter?.utf8.first, quote: options.quote?.utf8.first)
    guard let first = try walk(sniffed, head, text, coding) else { return nil }
    var accepted = first
    if first.fault != nil || first.traits.hasPaddedStray {
      // Quotes may be escaped by backslashes; where tabs part fields they may mean nothing at all.
      var others = [sniffed]
      others[0].escapesWithBackslash = true
      if sniffed.delimiter == 0x09 { others.append(FieldSigns(delimiter: 0x09, quote: 0)) }
      var fitting: CSVStructure?
      for signs in others where fitting == nil {
        let other = try walk(signs, head, text, coding)
        if let other, other.fault == nil, !other.traits.hasPaddedStray { fitting = other }
      }
      if let fitting {
        accepted = fitting
      } else if let fault = first.fault {
        throw try quoteError(fault, isOpen: first.traits.strayText == nil, coding)
      }
    }
    guard let error = try shapeError(accepted, coding) else { return accepted }
    var signs = accepted.signs
    signs.escapesDelimiter = true
    guard let other = try walk(signs, head, text, coding), other.fault == nil,
      try shapeError(other, coding) == nil
    else { throw error }
    return other
  }

  /// Walks through all records under some signs.
  private func walk(
    _ signs: FieldSigns, _ head: StreamHead, _ text: UnsafeBufferPointer<UInt8>,
    _ coding: TextSource.Coding
  ) throws(DataError) -> CSVStructure? {
    let shape = try head.withRecords(text, signs, name) { cells, shape throws(DataError) in
      let isNamed = cells.recordCount > 0 && (shape.hasRowNames || HeaderJudge.isHeader(cells))
      return StreamShape(shape, hasHeader: options.hasHeader ?? isNamed)
    }
    var structure = CSVStructure(signs, shape: shape, sample: RowSample(limit: sizes.sample))
    let checks = options.encoding == nil && !coding.hasByteOrderMark
    let blocks = try blocks(coding, signs, checksUTF8: checks)
    while var block = try blocks.next() {
      progress.report("looking through", blocks.bytesRead, of: fileSize, unit: .bytes)
      guard structure.take(&block) else { break }
    }
    if blocks.isBroken { return nil }
    if let zero = blocks.zeroPlace {
      let (line, position) = try line(of: zero, coding)
      throw DataError(
        "the file holds a zero byte, so it is no text", file: name, line: line,
        position: position, remedy: "Give a text file, or remove the zero bytes.")
    }
    if let place = structure.endlessLine {
      throw DataError(
        "a line has more than \(FieldIndex.widthLimit) fields", file: name,
        line: try line(of: place, coding).0, position: 1,
        remedy: "Check that the file is a table with one record a line.")
    }
    structure.shape.finish()
    structure.traits.endsWithLineEnding = blocks.endsWithLineEnding
    structure.textSize = blocks.textSize
    return structure
  }

  private func quoteError(
    _ fault: Int, isOpen: Bool, _ coding: TextSource.Coding
  ) throws(DataError) -> DataError {
    let (line, position) = try line(of: fault, coding)
    return DataError(
      isOpen ? "a quoted field is never closed" : "text follows the closing quote of a field",
      file: name, line: line, position: position,
      remedy: isOpen
        ? "Close the quote, or double quotes that belong to the text."
        : "Double the quotes that belong to the text, or remove what follows the closing one.")
  }

  private func shapeError(
    _ structure: CSVStructure, _ coding: TextSource.Coding
  ) throws(DataError) -> DataError? {
    let shape = structure.shape
    if let (place, fields) = shape.tooWide {
      return DataError(
        "the line has \(fields) fields where others have \(shape.width)", file: name,
        line: try line(of: place, coding).0, position: shape.width + 1,
        remedy: "Put fields that hold the delimiter in quotes; one delimiter parts all fields.")
    }
    guard shape.isRagged else { return nil }
    return DataError(
      "most lines have fewer fields than the widest ones (\(shape.width))", file: name,
      line: try line(of: shape.short.place, coding).0, position: 1,
      remedy: "Check that the file is a table, and that one delimiter is used throughout.")
  }

  func diagnostics(
    of shape: StreamShape, _ coding: TextSource.Coding
  ) throws(DataError) -> [Diagnostic] {
    let findings: [(StreamShape.Finding, Diagnostic.Severity, String)] = [
      (shape.comments, .note, "line(s) start with # and were taken as comments"),
      (
        shape.titles, .warning,
        "line(s) before the table were passed over: they hold no row"
      ),
      (shape.notes, .warning, "line(s) after the table were passed over: they hold no row"),
      (shape.short, .warning, "line(s) have too few fields; the rest was taken as missing"),
      (
        shape.long, .note,
        "line(s) end in empty fields beyond the last column, which were dropped"
      ),
    ]
    var diagnostics: [Diagnostic] = []
    for (finding, severity, text) in findings where finding.count > 0 {
      diagnostics.append(
        Diagnostic(
          severity, "\(finding.count) \(text)", line: try line(of: finding.place, coding).0))
    }
    return diagnostics
  }
}
