// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file under its final name only when it is whole.
public enum AtomicFile {
  /// Lets a body write a file beside the final one, then renames it.
  ///
  /// - Parameters:
  ///   - path: The final name.
  ///   - force: Whether an existing file may be replaced.
  ///   - body: Writes the file whose path it is given.
  /// - Throws: `DataError` if the file exists and `force` is not set, or cannot be written;
  ///   nothing is left behind then.
  public static func write(
    to path: String, force: Bool, _ body: (String) throws -> Void
  ) throws {
    try TemporaryPath.refuseExisting(path, force: force)
    // A pipe or a device is written to as it is: there is nothing to rename.
    if TemporaryPath.isSpecial(path) { return try body(path) }
    StaleOutputs.sweep(beside: path)
    let temporary = TemporaryPath.beside(path)
    UnfinishedOutputs.add(temporary)
    do {
      try body(temporary)
      try TemporaryPath.synchronize(temporary)
      try UnfinishedOutputs.commit {
        guard rename(temporary, path) == 0 else { throw TemporaryPath.failure("written", path) }
      }
      UnfinishedOutputs.forget(temporary)
    } catch {
      _ = unlink(temporary)
      UnfinishedOutputs.forget(temporary)
      throw error
    }
  }
}
