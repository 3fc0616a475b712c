// SPDX-License-Identifier: Apache-2.0
package import Formats
package import Tables

extension JSONLinesFile: TableStreaming, TableSinking {
  /// Finds out what a file is, by a walk through all of it.
  package func stream(
    _ location: TableLocation, options: ReadingOptions, sizes: StreamSizes,
    progress: ProgressHandler
  ) throws(DataError) -> any TableStream {
    try JSONStream(
      location, facts: facts(location), options: options, sizes: sizes, progress: progress)
  }

  /// A file that is written block by block.
  private struct Sink: TableSink {
    let file: PackedSink
    let blockRows: Int? = nil

    mutating func append(_ table: Table) throws(DataError) {
      try file.write(JSONLinesFile.text(of: table))
    }

    mutating func finish() throws(DataError) -> [Diagnostic] {
      try file.finish()
      return []
    }
  }

  /// Begins a file.
  package func sink(
    _ head: StudyDocument, rowCount: Int, to path: String, threads: Int
  ) throws(DataError) -> any TableSink {
    Sink(file: try PackedSink(path: path, packing: head.file.packing))
  }
}
