// SPDX-License-Identifier: Apache-2.0
package import Studies
package import Tables

extension ArrowFile: TableSinking {
  /// Begins a file; each block of rows becomes a batch.
  package func sink(
    _ head: StudyDocument, rowCount: Int, to path: String, threads: Int
  ) throws(DataError) -> any TableSink {
    try ColumnarSink<ArrowWriting>(head, to: path)
  }
}
