// SPDX-License-Identifier: Apache-2.0
import Tables

/// One reading of a delimited text, from its signs to its typed columns.
struct CSVParsing {
  let text: UnsafeBufferPointer<UInt8>
  let decoded: TextDecoding.Result
  let options: CSVReadOptions
  let name: String
  let progress: ProgressHandler

  func document() throws(DataError) -> CSVDocument {
    let (signs, index, shape) = try shaped()
    let traits = index.traits
    let result = index.marks.withUnsafeBufferPointer { marks in
      index.records.withUnsafeBufferPointer { records in
        Result { () throws(DataError) in
          let cells = FieldText(
            text: text, marks: marks, records: records, signs: signs, width: shape.width)
          return try document(cells, shape, traits)
        }
      }
    }
    return try result.get()
  }

  /// Finds the fields and brings them into one width; where records are too wide, delimiters may have
  /// been escaped by backslashes.
  private func shaped() throws(DataError) -> (FieldSigns, FieldIndex, RecordShape) {
    var (signs, index) = try fields()
    do {
      let shape = try RecordShape(&index, text: text, signs: signs, file: name)
      return (signs, index, shape)
    } catch {
      signs.escapesDelimiter = true
      index = FieldIndex(text, signs: signs, threads: options.threads)
      guard index.traits.strayText == nil, index.traits.openQuote == nil,
        let shape = try? RecordShape(&index, text: text, signs: signs, file: name)
      else { throw error }
      return (signs, index, shape)
    }
  }

  /// Finds signs under which every quote closes, and the fields they part.
  private func fields() throws(DataError) -> (FieldSigns, FieldIndex) {
    let sniffed = DialectSniffer(text: text).signs(
      delimiter: options.delimiter?.utf8.first, quote: options.quote?.utf8.first)
    let index = FieldIndex(text, signs: sniffed, threads: options.threads)
    if index.traits.isTooWide { throw tooWide(index) }
    let fault = index.traits.strayText ?? index.traits.openQuote
    if fault == nil, !index.traits.hasPaddedStray { return (sniffed, index) }
    // Quotes may be escaped by backslashes; where tabs part fields they may mean nothing at all.
    var others: [FieldSigns] = []
    var escaping = sniffed
    escaping.escapesWithBackslash = true
    others.append(escaping)
    if sniffed.delimiter == 0x09 { others.append(FieldSigns(delimiter: 0x09, quote: 0)) }
    for signs in others {
      let index = FieldIndex(text, signs: signs, threads: options.threads)
      if index.traits.isTooWide { throw tooWide(index) }
      if index.traits.strayText == nil, index.traits.openQuote == nil, !index.traits.hasPaddedStray
      {
        return (signs, index)
      }
    }
    guard let fault else { return (sniffed, index) }
    let isOpen = index.traits.strayText == nil
    throw DataError(
      isOpen ? "a quoted field is never closed" : "text follows the closing quote of a field",
      file: name, line: LineReader.number(of: fault, in: text),
      position: TextCheck.position(of: fault, text),
      remedy: isOpen
        ? "Close the quote, or double quotes that belong to the text."
        : "Double the quotes that belong to the text, or remove what follows the closing one.")
  }

  private func tooWide(_ index: FieldIndex) -> DataError {
    DataError(
      "a line has more than \(FieldIndex.widthLimit) fields", file: name,
      line: LineReader.number(of: index.start(ofRecord: index.recordCount - 1), in: text),
      position: 1,
      remedy: "Check that the file is a table with one record a line.")
  }

  private func document(
    _ fields: FieldText, _ shape: RecordShape, _ traits: FieldIndex.Traits
  ) throws(DataError) -> CSVDocument {
    let header = try TableHeader(
      fields, hasRowNames: shape.hasRowNames, isStated: options.hasHeader, file: name)
    let cells = header.rows
    let marks = options.decimalMark.map { [$0] } ?? DecimalMarkJudge.marks(cells)
    let typed = TableTyping(
      cells: cells, names: header.names.names, decimalMarks: marks,
      textColumns: options.textColumns,
      threads: options.threads, progress: progress
    ).columns()
    let table = Table(columns: typed.columns, rowCount: cells.rowCount)
    var dialect = header.dialect(QuotingJudge(cells, table: table), traits)
    dialect.encoding = decoded.encoding
    dialect.hasByteOrderMark = decoded.hasByteOrderMark
    dialect.decimalMark = marks[0]
    return CSVDocument(
      table: table, dialect: dialect,
      diagnostics: shape.diagnostics + header.names.diagnostics + typed.diagnostics)
  }
}
