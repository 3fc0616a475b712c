// SPDX-License-Identifier: Apache-2.0
public import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whole files as bytes.
public enum FileBytes {
  /// Reads a file; a file that shrinks or vanishes meanwhile gives what could be read, or an error.
  ///
  /// Reading is by `read(2)` and not by mapping: a mapped file that another program cuts short kills
  /// the reader.
  ///
  /// - Throws: `DataError` if the file cannot be opened or read.
  public static func read(_ path: String) throws(DataError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", path) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("cannot be looked at", path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw DataError("the input is a folder", file: path, remedy: "Name a file in it.")
    }
    var expected = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    guard expected < maximumSize else { throw tooLarge(path) }
    var bytes: [UInt8] = []
    expected += 1
    while true {
      let have = bytes.count
      let room = max(expected - have, 1 << 16)
      var count = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
        repeat {
          count = buffer.baseAddress.map { readBytes(descriptor, $0, room) } ?? 0
        } while count < 0 && errno == EINTR
        initialized = max(count, 0)
      }
      if count < 0 { throw failure("cannot be read", path) }
      if count == 0 { return bytes }
      // The first chunk is nearly always the whole file, and is not copied again.
      if have == 0 { bytes = chunk } else { bytes += chunk }
      guard bytes.count < maximumSize else { throw tooLarge(path) }
    }
  }

  /// Field positions are kept in four bytes.
  private static let maximumSize = 0xFFFF_FF00

  static func readBytes(_ file: Int32, _ to: UnsafeMutablePointer<UInt8>, _ room: Int)
    -> Int
  {
    #if canImport(Glibc)
      Glibc.read(file, to, room)
    #elseif canImport(Musl)
      Musl.read(file, to, room)
    #else
      Darwin.read(file, to, room)
    #endif
  }

  static func failure(_ what: String, _ path: String) -> DataError {
    let reason = String(cString: strerror(errno))
    return DataError(
      "the file \(what): \(reason)", file: path,
      remedy: "Check the name, and that you may read the file.")
  }

  private static func tooLarge(_ path: String) -> DataError {
    DataError(
      "the file is larger than 4 GiB", file: path,
      remedy:
        "`semblance convert` reads text files of any size; for all else give a sample of its rows, or "
        + "split it.")
  }
}
