// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// A file in a folder of its own that only its owner can look into, and that goes with this value.
final class ScratchFile {
  /// The file's path; nothing is there yet.
  let path: String
  private let folder: String

  init(named name: String) throws {
    folder =
      FileManager.default.temporaryDirectory.path
      + "/semblance-remote-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    path = "\(folder)/\(name)"
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}
