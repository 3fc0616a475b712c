// SPDX-License-Identifier: Apache-2.0
public import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FileBytes {
  /// Writes bytes to a file, which is made or emptied first.
  ///
  /// - Throws: `DataError` if the file cannot be written whole.
  public static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    let sink = try FileSink(path: path)
    try sink.write(bytes)
    try sink.finish()
  }

  /// The error for a file that cannot be written.
  public static func writeFailure(_ path: String) -> DataError {
    DataError(
      "the file cannot be written: \(String(cString: strerror(errno)))", file: path,
      remedy: "Check that the folder exists, that you may write there, and that the disk has room.")
  }
}

extension FileBytes {
  /// Writes bytes over those that stand at a place of a file.
  ///
  /// - Throws: `DataError` if the file cannot be written.
  public static func overwrite(_ path: String, at offset: Int, with bytes: [UInt8])
    throws(DataError)
  {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw writeFailure(path) }
    let count = bytes.withUnsafeBytes {
      pwrite(descriptor, $0.baseAddress, bytes.count, off_t(offset))
    }
    guard close(descriptor) == 0, count == bytes.count else { throw writeFailure(path) }
  }
}
