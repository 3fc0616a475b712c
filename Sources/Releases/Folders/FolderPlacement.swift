// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Puts one finished temporary folder under its final name.
struct FolderPlacement {
  let temporary: String
  let path: String
  /// Whether a folder stood there before; it lies under the temporary name afterwards.
  let isReplacement: Bool

  init(temporary: String, path: String) {
    self.temporary = temporary
    self.path = path
    isReplacement = TemporaryPath.exists(path)
  }

  /// Puts the new folder in place; at each moment the old or the new one stands there.
  func place() throws(DataError) {
    guard isReplacement else {
      guard rename(temporary, path) == 0 else { throw TemporaryPath.failure("written", path) }
      return
    }
    if FolderPlacement.exchange(temporary, path) { return }
    // Some network file systems cannot exchange names. A kill between the two renames leaves the old
    // folder under `previous`, from where the next run brings it back.
    let previous = TemporaryPath.beside(path, ending: "previous")
    guard rename(path, previous) == 0 else { throw TemporaryPath.failure("replaced", path) }
    guard rename(temporary, path) == 0 else {
      let error = TemporaryPath.failure("replaced", path)
      _ = rename(previous, path)
      throw error
    }
    _ = rename(previous, temporary)
  }

  /// Takes a placement back.
  func undo() {
    if isReplacement {
      if FolderPlacement.exchange(temporary, path) { return }
      let previous = TemporaryPath.beside(path, ending: "previous")
      _ = rename(path, previous)
      _ = rename(temporary, path)
      _ = rename(previous, temporary)
    } else {
      _ = rename(path, temporary)
    }
  }

  private typealias Exchange =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

  /// Swaps two names in one step, where system and file system can.
  private static func exchange(_ first: String, _ second: String) -> Bool {
    #if canImport(Darwin)
      return renamex_np(first, second, UInt32(RENAME_SWAP)) == 0
    #else
      // The C library has it, but its header shows it to C with GNU extensions only.
      guard let symbol = dlsym(nil, "renameat2") else { return false }
      let rename = unsafeBitCast(symbol, to: Exchange.self)
      let swap: UInt32 = 2
      return rename(AT_FDCWD, first, AT_FDCWD, second, swap) == 0
    #endif
  }
}
