// SPDX-License-Identifier: Apache-2.0
import CZlib
public import Tables

/// Makes a zip archive without times, so that the same members give the same bytes.
public struct ZipWriting {
  private struct Member {
    var name: [UInt8]
    var offset: Int
    var packedSize: Int
    var size: Int
    var checksum: UInt32
  }

  private var bytes: [UInt8] = []
  private var members: [Member] = []

  /// Starts an empty archive.
  public init() {}

  /// Adds a member whose bytes come in pieces; only what is packed is held.
  ///
  /// - Parameters:
  ///   - pieces: Gives the next bytes, or `nil` after the last.
  /// - Throws: `DataError` if there is no memory, or a member grows beyond 4 GiB.
  public mutating func add(
    _ name: String, pieces: () throws(DataError) -> [UInt8]?
  ) throws(DataError) {
    var member = Member(
      name: Array(name.utf8), offset: bytes.count, packedSize: 0, size: 0, checksum: 0)
    // Sizes and checksum are filled in when they are known.
    bytes += [UInt8](repeating: 0, count: 30)
    bytes += member.name
    let start = bytes.count
    let deflater = try Deflater()
    while let piece = try pieces() {
      member.size += piece.count
      member.checksum = piece.withUnsafeBufferPointer {
        UInt32(truncatingIfNeeded: crc32_z(UInt(member.checksum), $0.baseAddress, $0.count))
      }
      deflater.append(piece, to: &bytes)
    }
    deflater.finish(to: &bytes)
    member.packedSize = bytes.count - start
    guard member.size < 0xFFFF_FFFF, bytes.count < 0xFFFF_FFFF else {
      throw DataError(
        "the file would be larger than its format can be", remedy: "Write another format.")
    }
    let head = Self.fields([(0x0403_4B50, 4)] + Self.common(member) + [(0, 2)])
    bytes.replaceSubrange(member.offset..<(member.offset + 30), with: head)
    members.append(member)
  }

  /// Adds a member.
  ///
  /// - Throws: `DataError` if there is no memory.
  public mutating func add(_ name: String, _ content: [UInt8]) throws(DataError) {
    var rest: [UInt8]? = content
    try add(name) { () throws(DataError) -> [UInt8]? in
      defer { rest = nil }
      return rest
    }
  }

  /// The whole archive.
  public func archive() -> [UInt8] {
    var result = bytes
    for member in members {
      result += Self.fields(
        [(0x0201_4B50, 4), (20, 2)] + Self.common(member)
          + [(0, 2), (0, 2), (0, 2), (0, 2), (0, 4), (member.offset, 4)])
      result += member.name
    }
    let size = result.count - bytes.count
    return result
      + Self.fields([
        (0x0605_4B50, 4), (0, 2), (0, 2), (members.count, 2), (members.count, 2), (size, 4),
        (bytes.count, 4), (0, 2),
      ])
  }

  /// What stands of a member both before its bytes and in the directory; names are UTF-8, the day is
  /// 1980-01-01.
  private static func common(_ member: Member) -> [(Int, Int)] {
    [
      (20, 2), (0x0800, 2), (8, 2), (0, 2), (0x21, 2), (Int(member.checksum), 4),
      (member.packedSize, 4), (member.size, 4), (member.name.count, 2),
    ]
  }

  private static func fields(_ list: [(value: Int, count: Int)]) -> [UInt8] {
    list.flatMap { field in
      (0..<field.count).map { UInt8(truncatingIfNeeded: field.value >> (8 * $0)) }
    }
  }
}
