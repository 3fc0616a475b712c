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

  /// Makes something that must not outlive this process unfinished; none is made once an exit began.
  static func make<Made>(_ path: String, _ body: () -> Made) -> Made {
    paths.withLock { known in
      known.insert(path)
      return body()
    }
  }

  /// Forgets a path that was finished or removed.
  static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Puts finished outputs in their places; an exit in between waits until all of them are there.
  ///
  /// Their temporary paths stay remembered: what was replaced may lie there until it is removed.
  static func commit(_ body: () throws -> Void) throws {
    try paths.withLock { _ in try body() }
  }

  /// Removes all unfinished outputs, then lets the caller end the process.
  ///
  /// Outputs that are being put in place just now are waited for; none can be once `exit` runs.
  public static func removeForExit(_ exit: () -> Void) {
    paths.withLock { known in
      for path in known {
        // The work goes on until the process ends, and may put another file into a folder that is
        // being emptied; once the folder is gone it cannot.
        var attempts = 0
        repeat {
          FolderTree.remove(path)
          attempts += 1
        } while TemporaryPath.exists(path) && attempts < 1000
      }
      exit()
    }
  }
}
