// SPDX-License-Identifier: Apache-2.0
package import Formats
import Schemas
package import Tables

extension DelimitedFile: TableStreaming, TableSinking {
  /// A delimited file that is read block by block.
  private struct Stream: TableStream {
    let csv: CSVStream
    let survey: CSVSurvey
    let head: StudyDocument

    var rowCount: Int { survey.rowCount }
    var textSize: Int { survey.textSize }

    func forEachBlock(_ body: (Table) throws(DataError) -> Void) throws(DataError) {
      try csv.forEachBlock(of: survey, body)
    }
  }

  /// Finds out what a file is, by walks through all of it.
  package func stream(
    _ location: TableLocation, options: ReadingOptions, sizes: StreamSizes,
    progress: ProgressHandler
  ) throws(DataError) -> any TableStream {
    let path = location.path
    let csv = CSVStream(
      name: path, fileSize: try FileBytes.size(path),
      options: CSVReadOptions(textColumns: options.textColumns, threads: options.threads),
      sizes: sizes, progress: progress
    ) { () throws(DataError) in try PackedSource(path: path) }
    let survey = try csv.survey()
    let head = StudyDocument(
      table: survey.empty,
      schema: SchemaInference().infer(survey.sample, threads: options.threads),
      file: facts(location, survey.dialect), diagnostics: survey.diagnostics)
    return Stream(csv: csv, survey: survey, head: head)
  }

  /// A delimited file that is written block by block.
  private struct Sink: TableSink {
    let file: PackedSink
    let isPlain: Bool
    let losses: [Diagnostic]
    var csv: CSVSink

    let blockRows: Int? = nil

    mutating func append(_ table: Table) throws(DataError) {
      try csv.append(isPlain ? DelimitedFile.plain(table) : table)
    }

    mutating func finish() throws(DataError) -> [Diagnostic] {
      try csv.finish()
      try file.finish()
      return losses
    }
  }

  /// Begins a file.
  package func sink(
    _ head: StudyDocument, rowCount: Int, to path: String, threads: Int
  ) throws(DataError) -> any TableSink {
    let file = try PackedSink(path: path, packing: head.file.packing)
    let isPlain = head.file.dialect == nil
    let csv = try CSVSink(
      isPlain ? Self.plain(head.table) : head.table, dialect: dialect(for: head), threads: threads
    ) { bytes throws(DataError) in try file.write(bytes) }
    return Sink(file: file, isPlain: isPlain, losses: Self.losses(head), csv: csv)
  }
}
