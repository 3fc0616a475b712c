// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The temporary files and folders of this process that hold unfinished output.
///
/// A program that is told to stop calls `removeForExit()` from a thread of its own before it ends, so
/// that nothing half-written stays behind.
public enum UnfinishedOutputs {
  private static let paths = Mutex(Set<String>())

  /// Remembers a path that must not outlive this process unfinished.
  static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// Forgets a path that was finished or removed.
  static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Puts finished outputs in their places; an exit in between waits until all of them are there.
  static func commit(_ finished: [String], _ body: () throws -> Void) throws {
    try paths.withLock { known in
      try body()
      for path in finished { known.remove(path) }
    }
  }

  /// Removes all unfinished outputs, then lets the caller end the process.
  ///
  /// Outputs that are being put in place just now are waited for; none can be once `exit` runs.
  public static func removeForExit(_ exit: () -> Void) {
    paths.withLock { known in
      for path in known { FolderTree.remove(path) }
      exit()
    }
  }
}
