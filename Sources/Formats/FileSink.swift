// SPDX-License-Identifier: Apache-2.0
package import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that takes bytes; it is made or emptied first, and closed when nobody holds it any more.
package final class FileSink {
  private static let blockSize = 1 << 20

  private let descriptor: Int32
  private let path: String
  private var block: [UInt8] = []
  private var isOpen = true

  /// Opens a file.
  ///
  /// - Throws: `DataError` if it cannot be made.
  package init(path: String) throws(DataError) {
    self.path = path
    descriptor = FileBytes.openForWriting(path)
    guard descriptor >= 0 else { throw FileBytes.writeFailure(path) }
  }

  deinit { if isOpen { _ = close(descriptor) } }

  /// Takes bytes, gathered into blocks; `false` if the file cannot take them.
  package func gather(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if block.isEmpty { block.reserveCapacity(Self.blockSize) }
    block.append(contentsOf: bytes)
    return block.count < Self.blockSize || flush()
  }

  /// Writes bytes at once.
  ///
  /// - Throws: `DataError` if the file cannot take them.
  package func write(_ bytes: [UInt8]) throws(DataError) {
    guard flush(), bytes.withUnsafeBytes({ FileBytes.writeAll($0, to: descriptor) }) else {
      throw FileBytes.writeFailure(path)
    }
  }

  /// Ends the file.
  ///
  /// - Throws: `DataError` if it is not whole: a full disk may only show when the file is closed.
  package func finish() throws(DataError) {
    guard flush() else { throw FileBytes.writeFailure(path) }
    isOpen = false
    guard close(descriptor) == 0 else { throw FileBytes.writeFailure(path) }
  }

  private func flush() -> Bool {
    let isWhole = block.withUnsafeBytes { FileBytes.writeAll($0, to: descriptor) }
    block.removeAll(keepingCapacity: true)
    return isWhole
  }
}
