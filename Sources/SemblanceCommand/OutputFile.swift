// SPDX-License-Identifier: Apache-2.0
import Formats
import Releases
import Tables

/// Writes single files whole or not at all.
enum OutputFile {
  static func write(_ bytes: [UInt8], to path: String, force: Bool) throws {
    try AtomicFile.write(to: path, force: force) { temporary in
      try FileBytes.write(bytes, to: temporary)
    }
  }
}
