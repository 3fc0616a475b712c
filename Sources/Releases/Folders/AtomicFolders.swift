// SPDX-License-Identifier: Apache-2.0
public import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes folders under their final names only when all of them are whole.
public enum AtomicFolders {
  /// Refuses, before any work is done, names that are taken or cannot be replaced.
  ///
  /// - Throws: `DataError` if a folder exists and `force` is not set, or if what exists was
  ///   not written by this software.
  public static func check(_ targets: [FolderTarget], force: Bool) throws(DataError) {
    for target in targets {
      try TemporaryPath.refuseExisting(target.path, force: force)
      guard TemporaryPath.exists(target.path), !isReplaceable(target.path) else { continue }
      throw DataError(
        "what stands there was not written by Semblance, so it is not replaced", file: target.path,
        remedy: "Choose another name with -o, or move it away.")
    }
    for target in targets {
      let parent = FolderTree.parent(of: target.path)
      var status = stat()
      guard stat(parent, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw DataError(
          "the folder to write into does not exist", file: parent,
          remedy: "Make the folder first, or choose another name with -o.")
      }
    }
  }

  /// Lets a body fill hidden folders beside the final ones, then renames them.
  ///
  /// - Parameters:
  ///   - targets: The folders, in the order in which they get their names.
  ///   - force: Whether existing folders may be replaced; a kill leaves either the old or the new.
  ///   - body: Writes into the folders whose paths it is given, in the order of the targets.
  /// - Throws: `DataError` as ``check(_:force:)`` does, or if a folder cannot be written;
  ///   whatever is thrown, nothing is left behind.
  public static func write(
    _ targets: [FolderTarget], force: Bool, _ body: ([String]) throws -> Void
  ) throws {
    try check(targets, force: force)
    var temporaries: [String] = []
    defer {
      for path in temporaries {
        FolderTree.remove(path)
        UnfinishedOutputs.forget(path)
      }
    }
    for target in targets {
      StaleOutputs.sweep(beside: target.path)
      let path = TemporaryPath.beside(target.path)
      FolderTree.remove(path)
      temporaries.append(path)
      let mode: mode_t = target.isPrivate ? 0o700 : 0o777
      guard UnfinishedOutputs.make(path, { mkdir(path, mode) }) == 0 else {
        throw TemporaryPath.failure("written", target.path)
      }
    }
    try body(temporaries)
    for path in temporaries { try FolderTree.synchronize(path) }
    // Asked again: another run may have finished meanwhile.
    try check(targets, force: force)
    let placements = zip(temporaries, targets).map {
      FolderPlacement(temporary: $0, path: $1.path)
    }
    try UnfinishedOutputs.commit {
      var placed: [FolderPlacement] = []
      do {
        for placement in placements {
          try placement.place()
          placed.append(placement)
        }
      } catch {
        for placement in placed.reversed() { placement.undo() }
        throw error
      }
    }
    for parent in Set(targets.map { FolderTree.parent(of: $0.path) }) {
      try? TemporaryPath.synchronize(parent)
    }
  }

  /// Files of which one is in every folder of ours.
  private static let ours = ["report.html", "specification.yaml", "request.yaml", "checks.md"]

  /// Whether a folder holds nothing, or plain files with one of ours among them.
  private static func isReplaceable(_ path: String) -> Bool {
    guard FolderTree.isFolder(path) else { return false }
    let names = FolderTree.names(in: path)
    return names.isEmpty
      || (ours.contains(where: names.contains)
        && names.allSatisfy { FolderTree.isPlainFile(path + "/" + $0) })
  }
}
