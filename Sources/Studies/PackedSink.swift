// SPDX-License-Identifier: Apache-2.0
import Formats
import Packing
import Tables

/// A file that takes bytes piece by piece, packed or not.
final class PackedSink {
  private let file: FileSink
  private let packing: (any PackingStream)?

  /// Opens a file, packed as `gz`, `zst` or not.
  ///
  /// - Throws: `DataError` if it cannot be made.
  init(path: String, packing name: String) throws(DataError) {
    switch name {
    case "gz": packing = try GzipPacking()
    case "zst": packing = try ZstandardPacking()
    default: packing = nil
    }
    file = try FileSink(path: path)
  }

  /// Takes bytes.
  ///
  /// - Throws: `DataError` if the file cannot take them.
  func write(_ bytes: [UInt8]) throws(DataError) {
    let packed = try packing?.pack(bytes) ?? bytes
    if !packed.isEmpty { try file.write(packed) }
  }

  /// Ends the file.
  ///
  /// - Throws: `DataError` if it is not whole.
  func finish() throws(DataError) {
    if let last = try packing?.finish() { try file.write(last) }
    try file.finish()
  }
}
