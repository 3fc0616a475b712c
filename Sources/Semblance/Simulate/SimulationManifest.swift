// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Formats
import Releases
import Schemas
import Tables

/// What stands beside simulated data, by which the run can be made again.
struct SimulationManifest: Hashable, Sendable, Codable {
  /// What the field `manifest` says of this kind of file.
  static let kind = "semblance simulation 1"

  /// The program.
  struct Software: Hashable, Sendable, Codable {
    var name: String
    var version: String
  }

  /// The model's own file, which is not handed out with the data.
  struct Model: Hashable, Sendable, Codable {
    var sha256: String
    var bytes: Int
  }

  var manifest: String
  var statement: String
  var software: Software
  var seed: String
  var model: Model
  var files: [ReleaseFile]
  /// The contract's text, where there was one.
  var contract: String?
  /// The dictionary's text, where there was one.
  var dictionary: String?

  /// The manifest in a file; nil if it is of another kind.
  static func read(_ path: String) throws(DataError) -> SimulationManifest? {
    let bytes = try FileBytes.read(path)
    guard let read = try? JSONDecoder().decode(SimulationManifest.self, from: Data(bytes)),
      read.manifest == kind
    else { return nil }
    return read
  }
}
