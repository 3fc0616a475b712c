// SPDX-License-Identifier: Apache-2.0
public import Tables

extension CSVWriter {
  /// Writes a table that comes in blocks of rows, of which only one is held at a time.
  ///
  /// - Parameters:
  ///   - blocks: Gives the block of a number, counted from 0, or `nil` after the last one.
  ///   - path: The file, which is made or emptied first.
  /// - Throws: `DataError` if a block cannot be made or the file cannot be written; what was
  ///   written so far is then left to the caller to remove.
  public func write(
    blocks: (Int) throws(DataError) -> Table?, to path: String
  ) throws(DataError) {
    let sink = try FileSink(path: path)
    var writer = self
    writer.dialect.endsWithLineEnding = true
    var number = 0
    while let block = try blocks(number) {
      try sink.write(try writer.bytes(of: block))
      writer.dialect.hasHeader = false
      writer.dialect.hasByteOrderMark = false
      number += 1
    }
    try sink.finish()
  }
}
