// SPDX-License-Identifier: Apache-2.0
import Synchronization
public import Tables

extension CSVWriter {
  /// Blocks that are made for each thread before any of them is written.
  private static let blocksEach = 12

  /// Writes a table that comes in blocks of rows, of which only a few are held at a time.
  ///
  /// - Parameters:
  ///   - blocks: Gives the block of a number, counted from 0, or `nil` after the last one.
  ///   - path: The file, which is made or emptied first.
  /// - Throws: `DataError` if a block cannot be made or the file cannot be written; what was
  ///   written so far is then left to the caller to remove.
  public func write(
    blocks: @Sendable (Int) throws(DataError) -> Table?, to path: String
  ) throws(DataError) {
    let sink = Mutex(try FileSink(path: path))
    try write(blocks: blocks) { (bytes) throws(DataError) in
      try sink.withLock { (sink) throws(DataError) in try sink.write(bytes) }
    }
    try sink.withLock { (sink) throws(DataError) in try sink.finish() }
  }

  /// Gives the bytes of a table that comes in blocks of rows, block by block.
  ///
  /// While one thread hands out what is ready, the others make the next blocks.
  ///
  /// - Parameters:
  ///   - blocks: Gives the block of a number, counted from 0, or `nil` after the last one.
  ///   - emit: Takes the bytes, in order, never more than one block at a time.
  /// - Throws: `DataError` of the first block that cannot be made, after all before it were handed out
  ///   but those of its batch; or what `emit` throws.
  public func write(
    blocks: @Sendable (Int) throws(DataError) -> Table?,
    to emit: @Sendable ([UInt8]) throws(DataError) -> Void
  ) throws(DataError) {
    let batch = threads > 1 ? Self.blocksEach * threads : 1
    var ready: [[UInt8]] = []
    var first = 0
    var isOver = false
    while !isOver || !ready.isEmpty {
      let work = ChunkedWork(count: isOver ? 1 : batch + 1, threads: threads, chunkSize: 1)
      let results = work.map { [ready, first] chunk in
        chunk.map { piece -> Result<[UInt8]?, DataError> in
          do throws(DataError) {
            if piece == 0 {
              for bytes in ready { try emit(bytes) }
              return .success(nil)
            }
            return .success(try bytes(of: first + piece - 1, blocks))
          } catch {
            return .failure(error)
          }
        }
      }
      ready = []
      for (piece, result) in results.enumerated() {
        guard let bytes = try result.get() else {
          isOver = isOver || piece > 0
          continue
        }
        ready.append(bytes)
      }
      first += batch
    }
  }

  /// The bytes of the block of a number, if there is one.
  private func bytes(
    of number: Int, _ blocks: (Int) throws(DataError) -> Table?
  ) throws(DataError) -> [UInt8]? {
    guard let block = try blocks(number) else { return nil }
    var writer = CSVWriter(dialect: dialect)
    writer.dialect.endsWithLineEnding = true
    if number > 0 {
      writer.dialect.hasHeader = false
      writer.dialect.hasByteOrderMark = false
    }
    return try writer.bytes(of: block)
  }
}
