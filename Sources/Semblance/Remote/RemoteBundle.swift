// SPDX-License-Identifier: Apache-2.0
public import Contracts
import Formats
import Hashing
import Releases
public import Schemas
public import Tables

/// A folder in which somebody without access to a real table writes an analysis of it.
///
/// It holds the synthetic table, its dictionary, the release's public manifest and the request, which its
/// user changes: analyses by name, and a script.
public struct RemoteBundle: Sendable {
  /// The folder.
  public let folder: String
  /// What is asked.
  public let request: RemoteRequest
  /// What the columns mean.
  public let schema: Schema
  /// The name of the synthetic table's file.
  public let dataFile: String
  let manifest: ReleaseManifest

  static let manifestName = "manifest.json"
  static let dictionaryName = "dictionary.yaml"

  /// Reads a bundle.
  ///
  /// - Throws: `DataError` if a file is missing or malformed, or the data are not those of the release.
  public init(_ folder: String) throws(DataError) {
    let folder = ReleasePaths.trimmed(folder)
    self.folder = folder
    let path = "\(folder)/\(RemoteRequest.fileName)"
    request = try RemoteRequest(
      yaml: String(decoding: try FileBytes.read(path), as: UTF8.self), file: path)
    manifest = try ManifestFile.read("\(folder)/\(Self.manifestName)")
    schema = manifest.schema
    let data = try Self.data(of: manifest, file: "\(folder)/\(Self.manifestName)")
    dataFile = data.path
    guard try ReleaseFile(path: data.path, at: "\(folder)/\(data.path)") == data else {
      throw DataError(
        "the synthetic table was changed since the bundle was made", file: "\(folder)/\(data.path)",
        remedy: "Put back the file of the release: what is tried must be tried on its rows.")
    }
  }

  /// The entry of the synthetic table.
  static func data(
    of manifest: ReleaseManifest, file: String
  ) throws(DataError) -> ReleaseFile {
    // Rows to develop code with have such names too, but more points in them.
    let tables = manifest.files.filter { $0.path.contains(".synthetic.") }
      .sorted { ($0.path.count, $0.path) < ($1.path.count, $1.path) }
    guard let data = tables.first, !data.path.contains("/") else {
      throw DataError(
        "the manifest names no synthetic table", file: file,
        remedy: "Give the public manifest of a release.")
    }
    return data
  }

  /// The analyses asked for.
  ///
  /// - Throws: `DataError` with the line of one that is not understood.
  func analyses() throws(DataError) -> [NamedRequest] {
    try request.analyses.map { analysis throws(DataError) in
      do throws(DataError) {
        return try NamedRequest(analysis.text)
      } catch {
        var error = error
        error.file = "\(folder)/\(RemoteRequest.fileName)"
        error.line = analysis.place.line
        error.position = nil
        throw error
      }
    }
  }

  /// The script, ready to run; `nil` where none is asked for.
  func script(timeLimit: Double) throws(DataError) -> ScriptRun? {
    guard let name = request.script else { return nil }
    return try ScriptRun(
      script: "\(folder)/\(name)", command: request.command, timeLimit: timeLimit)
  }

  /// The name under which a script finds the data, real or synthetic.
  var scriptDataName: String { dataFile.replacing(".synthetic.", with: ".", maxReplacements: 1) }

  /// The further files of the request.
  func furtherFiles() throws(DataError) -> [(name: String, bytes: [UInt8])] {
    try request.files.map { name throws(DataError) in
      (name, try FileBytes.read("\(folder)/\(name)"))
    }
  }
}
