// SPDX-License-Identifier: Apache-2.0
import Contracts
import Dictionaries
import Formats
import Releases
import Synthesis
import Tables

/// Makes a bundle for remote work from a release.
public struct RemotePackVerb: Sendable {
  private let release: String
  private let output: String?
  private let replacesExisting: Bool

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - release: The release folder.
  ///   - output: The bundle's folder; `nil` is `NAME.bundle` beside the release.
  ///   - replacesExisting: Whether an existing bundle may be replaced, with what was written into it.
  public init(release: String, output: String? = nil, replacesExisting: Bool = false) {
    self.release = release
    self.output = output
    self.replacesExisting = replacesExisting
  }

  /// Writes the bundle and returns its folder.
  ///
  /// - Throws: `DataError` if the release is none, or was changed, or the folder cannot be written.
  public func run() throws -> String {
    let release = ReleasePaths.trimmed(release)
    let manifestPath = "\(release)/\(RemoteBundle.manifestName)"
    let manifest = try ManifestFile.read(manifestPath)
    guard manifest.audience == "public" else {
      throw DataError(
        "this is the owner's folder, which is not to be handed over", file: release,
        remedy: "Give the release folder.")
    }
    let data = try RemoteBundle.data(of: manifest, file: manifestPath)
    let bytes = try FileBytes.read("\(release)/\(data.path)")
    guard ReleaseFile(path: data.path, content: bytes) == data else {
      throw DataError(
        "the synthetic table is not the one that the manifest names",
        file: "\(release)/\(data.path)", remedy: "Make the release again.")
    }
    let contract = try manifest.contract.map { text throws(DataError) in
      try Contract(yaml: text, file: manifestPath)
    }
    let stem = release.hasSuffix(".release") ? String(release.dropLast(8)) : release
    let folder = ReleasePaths.trimmed(output ?? stem + ".bundle")
    guard ReleasePaths.isNameable(folder) else {
      throw DataError(
        "the output must be a folder of its own", file: folder,
        remedy: "Give -o the name of a folder that Semblance can make.")
    }
    let dictionary = SchemaYAML.text(for: manifest.schema, rowCount: manifest.options.rows)
    try AtomicFolders.write([FolderTarget(folder)], force: replacesExisting) { folders in
      func write(_ name: String, _ bytes: [UInt8]) throws {
        try FileBytes.write(bytes, to: "\(folders[0])/\(name)")
      }
      try write(data.path, bytes)
      try write(RemoteBundle.manifestName, try FileBytes.read(manifestPath))
      try write(RemoteBundle.dictionaryName, Array(dictionary.utf8))
      try write(
        RemoteRequest.fileName,
        Array(RemoteRequest.draft(for: contract, dataFile: data.path).utf8))
      try write("README.md", Array(Self.readme(data.path, manifest).utf8))
    }
    return folder
  }

  private static func readme(_ data: String, _ manifest: ReleaseManifest) -> String {
    """
    # Remote work on \(data)

    **\(SyntheticMark(manifest.plan).statement)**

    You write an analysis here; the owner of the real table runs it there, and returns what may leave.

    1. `\(RemoteRequest.fileName)` says what you ask: models by name, and a script in any language. Put the
       script and what it reads into this folder. `\(RemoteBundle.dictionaryName)` says what the columns mean.
    2. `semblance remote run FOLDER` runs it on the synthetic rows, and shows what would be withheld if they
       were real.
    3. Send this folder to the owner, who runs `semblance remote return FOLDER TABLE`.

    What comes back of a model: for each coefficient how far its 95 % interval overlaps with the one you
    found on synthetic rows, 1 at best. It is not the real coefficient.

    What comes back of a script: the tables that it writes into its working folder as CSV, under names that
    it writes on synthetic rows too. Each needs a column `n` with the number of records behind each row;
    what names a row stands left of it, figures stand right of it.
    Rows of few records are emptied, counts rounded to fives and other numbers to three figures; a number
    that equals a rare real value, a small count or share, and a text that does not come out on synthetic
    rows are withheld. Standard output, pictures and other files stay with the owner.

    Confirm nothing on synthetic rows alone. Release: seed \(manifest.randomness.seed), \
    \(manifest.options.rows) rows.

    """
  }
}
