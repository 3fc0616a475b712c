// SPDX-License-Identifier: Apache-2.0
import DatabaseFiles
import Formats
import Releases
import Studies
import Tables

extension FabricateVerb {
  /// Whether an output is a database, which has no files that could be damaged.
  public static func isDatabase(_ path: String) -> Bool {
    [".sqlite", ".sqlite3", ".db"].contains { path.hasSuffix($0) }
  }

  /// Writes tables with faults, their clean twins beside them, and the manifest.
  ///
  /// A folder gets a CSV file a table; a SQLite database has no constraints, as they would refuse the
  /// faults, while its clean twin has all.
  ///
  /// - Returns: The names of the clean twin and of the manifest.
  /// - Throws: `DataError` if an output exists and `force` is not set, or cannot be written.
  public func write(
    _ twin: FaultyDataset, to path: String, force: Bool
  ) throws -> (clean: String, manifest: String) {
    guard TableLocation(argument: path).scheme == nil else {
      throw DataError(
        "faults go to files or a SQLite database, not to a server", file: path,
        remedy: "Write a folder, or NAME.sqlite.")
    }
    let clean: String
    var base = path
    if Self.isDatabase(path) {
      let ending = path.split(separator: ".").last.map(String.init) ?? "sqlite"
      base = String(path.dropLast(ending.count + 1))
      clean = "\(base).clean.\(ending)"
      try write(twin.clean, to: clean, force: force)
      let database = SQLiteDatabase(twin.faulty)
      try AtomicFile.write(to: path, force: force) { try database.write(to: $0) }
    } else {
      while base.hasSuffix("/") { base.removeLast() }
      clean = base + ".clean"
      try write(twin.clean, to: clean, force: force)
      try AtomicFolders.write([FolderTarget(base)], force: force) { folders in
        for (place, table) in twin.clean.tables.enumerated() {
          try FileBytes.write(try twin.bytes(of: place), to: folders[0] + "/\(table.name).csv")
        }
        try FileBytes.write(Array(text.utf8), to: folders[0] + "/specification.yaml")
      }
    }
    let manifest = base + ".faults.csv"
    try AtomicFile.write(to: manifest, force: force) {
      try CSVWriter().write(twin.manifest, to: $0)
    }
    return (clean, manifest)
  }
}
