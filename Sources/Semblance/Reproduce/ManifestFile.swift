// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Formats
public import Releases
public import Tables

/// Reads manifests.
public enum ManifestFile {
  /// Reads a manifest.
  ///
  /// - Throws: `DataError` if the file is none.
  public static func read(_ path: String) throws(DataError) -> ReleaseManifest {
    try parse(try FileBytes.read(path), name: path)
  }

  /// Reads a manifest from its bytes.
  static func parse(_ bytes: [UInt8], name path: String) throws(DataError) -> ReleaseManifest {
    do {
      return try JSONDecoder().decode(ReleaseManifest.self, from: Data(bytes))
    } catch {
      throw DataError(
        "the file is no manifest of this version", file: path,
        remedy: "Give the manifest.json of a release or of an owner’s folder.")
    }
  }
}
