// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a run that was killed without warning left beside its outputs.
enum StaleOutputs {
  /// Removes the unfinished outputs of dead runs of the same name.
  static func sweep(beside path: String) {
    let parent = FolderTree.parent(of: path)
    let prefix = ".\(FolderTree.name(of: path))."
    for name in FolderTree.names(in: parent) where name.hasPrefix(prefix) {
      let parts = name.dropFirst(prefix.count).split(separator: ".")
      guard parts.count == 2, let process = Int32(parts[0]), process != getpid(),
        isDead(process)
      else { continue }
      let stale = parent == "/" ? "/\(name)" : "\(parent)/\(name)"
      switch parts[1] {
      case "partial": FolderTree.remove(stale)
      case "previous":
        if TemporaryPath.exists(path) { FolderTree.remove(stale) } else { _ = rename(stale, path) }
      default: continue
      }
    }
  }

  private static func isDead(_ process: Int32) -> Bool { kill(process, 0) != 0 && errno == ESRCH }
}
