// SPDX-License-Identifier: Apache-2.0
import Hashing
public import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A written file as a manifest names it.
public struct ReleaseFile: Hashable, Sendable, Codable {
  /// The file's path from the folder of the manifest.
  public var path: String
  /// Its size.
  public var bytes: Int
  /// The SHA-256 of its bytes, in hexadecimal digits.
  public var sha256: String

  /// Creates an entry.
  public init(path: String, bytes: Int, sha256: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// Creates the entry of bytes at hand.
  public init(path: String, content: [UInt8]) {
    self.init(
      path: path, bytes: content.count, sha256: SHA256.hex(SHA256.digest(content)))
  }

  /// Creates the entry of a file on the disk.
  ///
  /// - Throws: `DataError` if it cannot be read.
  public init(path: String, at location: String) throws(DataError) {
    guard let file = fopen(location, "rb") else { throw ReleaseFile.failure(location) }
    defer { _ = fclose(file) }
    var hash = SHA256()
    var total = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      total += count
      buffer.withUnsafeBytes { hash.update(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    }
    guard ferror(file) == 0 else { throw ReleaseFile.failure(location) }
    self.init(path: path, bytes: total, sha256: SHA256.hex(hash.finalize()))
  }

  private static func failure(_ path: String) -> DataError {
    DataError(
      "the file cannot be read: \(String(cString: strerror(errno)))", file: path,
      remedy: "Check that the file still exists, and that you may read it.")
  }
}
