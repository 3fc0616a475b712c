// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// Files that may be packed, or be standard input or output.
enum PackedBytes {
  static func isPacked(_ path: String) -> Bool { false }

  static func read(_ path: String) throws(DataError) -> [UInt8] { try FileBytes.read(path) }

  static func write(_ bytes: [UInt8], to path: String) throws(DataError) {
    try FileBytes.write(bytes, to: path)
  }
}
