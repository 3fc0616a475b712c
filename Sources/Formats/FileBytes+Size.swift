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
  /// The size of a file in bytes.
  ///
  /// - Throws: `DataError` if there is no such file, or it is a folder.
  public static func size(_ path: String) throws(DataError) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw DataError(
        "the file cannot be opened: \(String(cString: strerror(errno)))", file: path,
        remedy: "Check the name, and that you may read the file.")
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw DataError("the input is a folder", file: path, remedy: "Name a file in it.")
    }
    return Int(status.st_size)
  }

  /// Whether a path names a plain file, which can be read more than once.
  public static func isPlain(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The first bytes of a file; none of a pipe, whose writer would go away if it were opened and closed again.
  ///
  /// - Throws: `DataError` if the file cannot be opened or read.
  public static func head(_ path: String, count: Int) throws(DataError) -> [UInt8] {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFIFO { return [] }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DataError(
        "the file cannot be opened: \(String(cString: strerror(errno)))", file: path,
        remedy: "Check the name, and that you may read the file.")
    }
    defer { _ = close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let read = buffer.baseAddress.map { pread(descriptor, $0, count, 0) } ?? 0
      initialized = max(0, read)
    }
  }
}
