// SPDX-License-Identifier: Apache-2.0
import Formats
import Packing
public import Tables

/// Files that may be packed (gzip, Zstandard), or be standard input or output (`-`).
public enum PackedBytes {
  /// The most bytes a packed text may unpack to: as many as a text that is not packed may have.
  private static let limit = 0xFFFF_0000

  /// The extensions of packed files.
  public static let packings: Set<String> = ["gz", "zst"]

  /// Reads a file and unpacks it if its first bytes say so.
  ///
  /// - Throws: `DataError` if it cannot be read, is damaged, or unpacks to too much.
  public static func read(_ path: String) throws(DataError) -> [UInt8] {
    let bytes = try FileBytes.read(path == "-" ? "/dev/stdin" : path)
    if Gzip.isPacked(bytes) { return try Gzip.unpack(bytes, limit: limit, name: path) }
    if Zstandard.isPacked(bytes) { return try Zstandard.unpack(bytes, limit: limit, name: path) }
    return bytes
  }

  /// Writes a file, packed as `gz`, `zst` or not.
  ///
  /// - Throws: `DataError` if it cannot be written.
  public static func write(
    _ bytes: [UInt8], to path: String, packing: String
  ) throws(DataError) {
    if packing == "gz" {
      try FileBytes.write(try Gzip.pack(bytes), to: path)
    } else if packing == "zst" {
      try FileBytes.write(try Zstandard.packText(bytes), to: path)
    } else {
      try FileBytes.write(bytes, to: path)
    }
  }
}
