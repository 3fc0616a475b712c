// SPDX-License-Identifier: Apache-2.0
import Formats
import Packing
import Tables

/// The bytes of a file that may be packed, piece by piece.
final class PackedSource: ByteSource {
  private let file: FileSource
  private let unpacking: (any UnpackingStream)?
  private let name: String
  private var isOver = false

  /// How many bytes of the file were read, packed as they are.
  var bytesRead: Int { file.bytesRead }

  /// Opens a file.
  ///
  /// - Throws: `DataError` if it cannot be opened.
  init(path: String) throws(DataError) {
    name = path
    let head = try FileBytes.head(path, count: 4)
    if Gzip.isPacked(head) {
      unpacking = try GzipUnpacking(name: path)
    } else if Zstandard.isPacked(head) {
      unpacking = try ZstandardUnpacking(name: path)
    } else {
      unpacking = nil
    }
    file = try FileSource(path: path)
  }

  func next(_ count: Int) throws(DataError) -> [UInt8]? {
    guard let unpacking else { return try file.next(count) }
    // Packed bytes may stand for a thousand times as many, so few are taken at a time.
    while !isOver {
      guard let packed = try file.next(max(1, min(count / 8, 1 << 16))) else {
        isOver = true
        guard unpacking.isWhole else { throw PackedDamage.error(name) }
        return nil
      }
      let bytes = try unpacking.unpack(packed)
      if !bytes.isEmpty { return bytes }
    }
    return nil
  }
}
