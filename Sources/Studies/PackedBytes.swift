// SPDX-License-Identifier: Apache-2.0
import Formats
import Packing
public import Tables

/// Files that may be packed (gzip, Zstandard), or be standard input or output (`-`).
public enum PackedBytes {
  /// The extensions of packed files.
  public static let packings: Set<String> = ["gz", "zst"]

  /// Reads a file and unpacks it if its first bytes say so.
  ///
  /// - Throws: `DataError` if it cannot be read, is damaged, or unpacks to too much.
  public static func read(_ path: String) throws(DataError) -> [UInt8] {
    try read(path, bounds: UnpackingBounds())
  }

  /// Reads a file, within other bounds.
  static func read(_ path: String, bounds: UnpackingBounds) throws(DataError) -> [UInt8] {
    let packed = try FileBytes.read(path == "-" ? "/dev/stdin" : path)
    guard let unpacking = try unpacking(packed.prefix(4), name: path) else { return packed }
    var bounds = bounds
    var text: [UInt8] = []
    for start in stride(from: 0, to: packed.count, by: 1 << 16) {
      let end = min(packed.count, start + 1 << 16)
      unpacking.take(Array(packed[start..<end]))
      while let more = try unpacking.next() {
        text += more
        try bounds.check(text, added: more.count, packedCount: end, name: path)
      }
    }
    guard unpacking.isWhole else { throw PackedDamage.error(path) }
    return text
  }

  /// What unpacks a file that begins with some bytes; `nil` if it is not packed.
  static func unpacking(
    _ head: some Collection<UInt8>, name: String
  ) throws(DataError) -> (any UnpackingStream)? {
    if Gzip.isPacked(head) { return try GzipUnpacking(name: name) }
    return Zstandard.isPacked(head) ? try ZstandardUnpacking(name: name) : nil
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
