// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
import Tables

extension CSVStream {
  /// Finds out what the columns are, once the shape is known.
  func survey(
    _ structure: CSVStructure, _ head: StreamHead, _ text: UnsafeBufferPointer<UInt8>,
    _ coding: TextSource.Coding
  ) throws(DataError) -> CSVSurvey {
    let shape = structure.shape
    let signs = structure.signs
    return try head.withRecords(text, signs, name) { first, _ throws(DataError) in
      let header = try TableHeader(
        first, hasRowNames: shape.hasRowNames, isStated: options.hasHeader, file: name)
      let names = header.names.names
      let layout = StreamLayout(
        signs: signs, width: shape.width,
        filter: RowFilter(
          commonWidth: shape.filter.commonWidth, titlesLeft: shape.titles.count),
        hasHeader: header.hasHeader, skipsSpace: header.rows.skipsSpace, rowCount: shape.rowCount)
      let rows = structure.sample.text(upTo: shape.rowCount)
      let result = rows.withUnsafeBufferPointer { rows in
        Result { () throws(DataError) in
          let index = FieldIndex(rows, signs: signs, threads: options.threads)
          return try index.withCells(
            of: rows, signs: signs, width: shape.width, skipsSpace: layout.skipsSpace
          ) { sample throws(DataError) in
            let marks = options.decimalMark.map { [$0] } ?? DecimalMarkJudge.marks(sample)
            let workers = max(1, min(options.threads, names.count))
            let shares = TableTyping.shares(sample, names.count, workers)
            let decisions = try decisions(names, sample, marks, shares, layout, coding)
            let table = try Self.table(sample, names, decisions)
            let judge = QuotingJudge(
              header.rows, table: try Self.table(header.rows.first(1000), names, decisions))
            var dialect = header.dialect(judge, structure.traits)
            dialect.encoding = coding.encoding
            dialect.hasByteOrderMark = coding.hasByteOrderMark
            dialect.decimalMark = marks[0]
            return CSVSurvey(
              rowCount: shape.rowCount, textSize: structure.textSize, dialect: dialect,
              diagnostics: try diagnostics(of: shape, coding) + header.names.diagnostics
                + decisions.flatMap(\.diagnostics),
              sample: table, coding: coding, layout: layout, columns: names,
              decisions: decisions, shares: shares)
          }
        }
      }
      return try result.get()
    }
  }

  private static func table(
    _ cells: FieldText, _ names: [String], _ decisions: [ColumnSurvey.Decision]
  ) throws(DataError) -> Table {
    var columns: [Column] = []
    for (number, name) in names.enumerated() {
      columns.append(try decisions[number].column(cells, number, name: name))
    }
    return Table(columns: columns, rowCount: cells.rowCount)
  }

  /// Walks through the file until all rows agree on what each column is.
  private func decisions(
    _ names: [String], _ sample: FieldText, _ marks: [String], _ shares: [[Int]],
    _ layout: StreamLayout, _ coding: TextSource.Coding
  ) throws(DataError) -> [ColumnSurvey.Decision] {
    var groups = shares.map { share in
      Group(
        share.map { number in
          let isText = options.textColumns.contains(names[number])
          let candidates = CellCandidates(cells: sample, column: number, decimalMarks: marks)
          return ColumnSurvey(
            number, name: names[number],
            candidates: isText ? [.text] : candidates.likelierLast)
        })
    }
    let blockRows = TableTyping.blockRows(sample)
    var decisions = [ColumnSurvey.Decision?](repeating: nil, count: names.count)
    while !groups.isEmpty {
      let current = groups
      try walk(layout, coding, phase: "finding types") { cells throws(DataError) in
        DispatchQueue.concurrentPerform(iterations: current.count) { place in
          current[place].surveys.withLock {
            ColumnSurvey.consume(&$0, cells, blockRows: blockRows)
          }
        }
      }
      groups = []
      for group in current {
        var open: [ColumnSurvey] = []
        for var survey in group.surveys.withLock({ $0 }) {
          survey.endWalk()
          if let decision = survey.decision {
            decisions[survey.number] = decision
          } else {
            open.append(survey)
          }
        }
        if !open.isEmpty { groups.append(Group(open)) }
      }
    }
    return decisions.compactMap { $0 }
  }

  /// Columns that one thread looks at.
  private final class Group: Sendable {
    let surveys: Mutex<[ColumnSurvey]>

    init(_ surveys: [ColumnSurvey]) { self.surveys = Mutex(surveys) }
  }

  /// The columns of a block of rows.
  func columns(of cells: FieldText, _ survey: CSVSurvey) throws(DataError) -> [Column] {
    let results = Mutex<[Result<Column, DataError>?]>(
      Array(repeating: nil, count: survey.columns.count))
    let shares = survey.shares
    DispatchQueue.concurrentPerform(iterations: shares.count) { worker in
      for number in shares[worker] {
        let result = Result { () throws(DataError) in
          try survey.decisions[number].column(cells, number, name: survey.columns[number])
        }
        results.withLock { $0[number] = result }
      }
    }
    var columns: [Column] = []
    for result in results.withLock({ $0 }) {
      if let result { columns.append(try result.get()) }
    }
    return columns
  }

  /// Walks through the rows of the file, block by block.
  func walk(
    _ layout: StreamLayout, _ coding: TextSource.Coding, phase: String,
    _ body: (FieldText) throws(DataError) -> Void
  ) throws(DataError) {
    let blocks = try blocks(coding, layout.signs)
    var filter = layout.filter
    var headersLeft = layout.hasHeader ? 1 : 0
    var rowsLeft = layout.rowCount
    while let block = try blocks.next() {
      progress.report(phase, blocks.bytesRead, of: fileSize, unit: .bytes)
      var index = block.index
      let result = block.text.withUnsafeBufferPointer { text in
        Result { () throws(DataError) in
          _ = filter.apply(to: &index, LineReader(text: text, signs: layout.signs))
          let firstRow = min(headersLeft, index.recordCount)
          headersLeft -= firstRow
          index.keep(records: firstRow + rowsLeft)
          rowsLeft -= index.recordCount - firstRow
          guard index.recordCount > firstRow else { return }
          try index.withCells(
            of: text, signs: layout.signs, width: layout.width, firstRow: firstRow,
            skipsSpace: layout.skipsSpace, body)
        }
      }
      try result.get()
    }
    progress.report(phase, fileSize, of: fileSize, unit: .bytes)
  }
}

extension FieldText {
  /// The first rows, as many as there are.
  func first(_ count: Int) -> FieldText {
    guard count < rowCount else { return self }
    return FieldText(
      text: text, marks: marks,
      records: UnsafeBufferPointer(rebasing: records[...(firstRow + count)]), signs: signs,
      width: width, firstRow: firstRow, skipsSpace: skipsSpace)
  }
}
