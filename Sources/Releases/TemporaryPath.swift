// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names for what is not finished yet, and the checks around them.
enum TemporaryPath {
  /// A hidden name in the same folder, so that renaming stays within one file system.
  static func beside(_ path: String, ending: String = "partial") -> String {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    while parts.count > 1, parts.last == "" { parts.removeLast() }
    let name = parts.removeLast()
    return (parts + [".\(name).\(getpid()).\(ending)"]).joined(separator: "/")
  }

  /// Whether a path names something, followed or not.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether a path names a pipe or a device.
  static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind != S_IFREG && kind != S_IFDIR
  }

  static func refuseExisting(_ path: String, force: Bool) throws(DataError) {
    guard exists(path), !force, !isSpecial(path) else { return }
    throw DataError(
      "the output exists already", file: path,
      remedy: "Choose another name with -o, or give --force to overwrite it.")
  }

  /// Brings what was written to the disk, so that a name never stands before its content.
  static func synchronize(_ path: String) throws(DataError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("written", path) }
    defer { _ = close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("written", path) }
  }

  static func failure(_ what: String, _ path: String) -> DataError {
    DataError(
      "the output cannot be \(what): \(String(cString: strerror(errno)))", file: path,
      remedy: "Check that the folder exists, that you may write there, and that the disk has room.")
  }
}
