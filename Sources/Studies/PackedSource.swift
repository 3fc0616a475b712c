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
    unpacking = try PackedBytes.unpacking(try FileBytes.head(path, count: 4), name: path)
    file = try FileSource(path: path)
  }

  func next(_ count: Int) throws(DataError) -> [UInt8]? {
    guard let unpacking else { return try file.next(count) }
    var bytes: [UInt8] = []
    while bytes.count < count, !isOver {
      if let more = try unpacking.next() {
        if bytes.isEmpty { bytes = more } else { bytes += more }
      } else if let packed = try file.next(1 << 16) {
        unpacking.take(packed)
      } else {
        isOver = true
        guard unpacking.isWhole else { throw PackedDamage.error(name) }
      }
    }
    return bytes.isEmpty ? nil : bytes
  }
}
