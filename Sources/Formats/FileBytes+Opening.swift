// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FileBytes {
  /// Opens a file for writing, made or emptied first; standard output goes on where it stands.
  ///
  /// Opening `/dev/stdout` by name would empty the file that output is sent to.
  ///
  /// - Returns: The descriptor, or a negative number as `open` gives.
  static func openForWriting(_ path: String) -> Int32 {
    path == "/dev/stdout"
      ? dup(STDOUT_FILENO) : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  }
}
