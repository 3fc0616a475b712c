// SPDX-License-Identifier: Apache-2.0
public import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
    let descriptor = FileBytes.openForWriting(path)
    guard descriptor >= 0 else { throw FileBytes.writeFailure(path) }
    var isOpen = true
    defer { if isOpen { _ = close(descriptor) } }
    var writer = self
    writer.dialect.endsWithLineEnding = true
    var number = 0
    while let block = try blocks(number) {
      let bytes = try writer.bytes(of: block)
      try Self.append(bytes, to: descriptor, path)
      writer.dialect.hasHeader = false
      writer.dialect.hasByteOrderMark = false
      number += 1
    }
    isOpen = false
    guard close(descriptor) == 0 else { throw FileBytes.writeFailure(path) }
  }

  private static func append(
    _ bytes: [UInt8], to file: Int32, _ path: String
  ) throws(DataError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { raw -> Int in
        let from = raw.baseAddress.map { $0 + written }
        #if canImport(Glibc)
          return Glibc.write(file, from, bytes.count - written)
        #elseif canImport(Musl)
          return Musl.write(file, from, bytes.count - written)
        #else
          return Darwin.write(file, from, bytes.count - written)
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileBytes.writeFailure(path)
      }
      written += count
    }
  }
}
