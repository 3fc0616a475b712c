// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that takes bytes in blocks.
final class ByteSink {
  private let descriptor: Int32
  private var block: [UInt8] = []
  private var isOpen = true
  private let path: String

  init(path: String) throws(DataError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileBytes.writeFailure(path) }
    block.reserveCapacity(1 << 20)
  }

  deinit { if isOpen { _ = close(descriptor) } }

  /// Takes bytes; `false` if the file cannot take them.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    block.append(contentsOf: bytes)
    return block.count < 1 << 20 || flush()
  }

  /// Ends the file.
  func finish() throws(DataError) {
    guard flush() else { throw FileBytes.writeFailure(path) }
    isOpen = false
    // A full disk may only show when the file is closed.
    guard close(descriptor) == 0 else { throw FileBytes.writeFailure(path) }
  }

  private func flush() -> Bool {
    var written = 0
    while written < block.count {
      let count = block.withUnsafeBytes { raw -> Int in
        guard let base = raw.baseAddress else { return 0 }
        #if canImport(Glibc)
          return Glibc.write(descriptor, base + written, block.count - written)
        #elseif canImport(Musl)
          return Musl.write(descriptor, base + written, block.count - written)
        #else
          return Darwin.write(descriptor, base + written, block.count - written)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    block.removeAll(keepingCapacity: true)
    return true
  }
}
