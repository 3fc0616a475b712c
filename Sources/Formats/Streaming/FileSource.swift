// SPDX-License-Identifier: Apache-2.0
package import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file, piece by piece.
package final class FileSource: ByteSource {
  /// How many bytes were read so far.
  package private(set) var bytesRead = 0
  private let descriptor: Int32
  private let path: String

  /// Opens a file.
  ///
  /// - Throws: `DataError` if it cannot be opened.
  package init(path: String) throws(DataError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileBytes.failure("cannot be opened", path) }
  }

  deinit { _ = close(descriptor) }

  /// The next bytes, fewer than asked for only at the end; `nil` after it.
  package func next(_ count: Int) throws(DataError) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count, let base = buffer.baseAddress {
        let read = FileBytes.readBytes(descriptor, base + initialized, count - initialized)
        if read < 0, errno == EINTR { continue }
        if read <= 0 {
          failed = read < 0
          return
        }
        initialized += read
      }
    }
    if failed { throw FileBytes.failure("cannot be read", path) }
    bytesRead += bytes.count
    return bytes.isEmpty ? nil : bytes
  }
}
