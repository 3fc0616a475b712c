// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FileBytes {
  /// Writes bytes to an open file, all of them, however often the system stops half-way.
  ///
  /// - Returns: Whether it could; `errno` says why not.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var written = 0
    while written < bytes.count {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, base + written, bytes.count - written)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, base + written, bytes.count - written)
      #else
        let count = Darwin.write(descriptor, base + written, bytes.count - written)
      #endif
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }
}
