// SPDX-License-Identifier: Apache-2.0
public import Tables

/// The members of a zip archive, unpacked one by one within a bound.
///
/// ## Source
/// PKWARE, APPNOTE.TXT 6.3.10: the central directory counts, not what stands before it.
public struct ZipArchive: Sendable {
  /// What is known of a member before it is unpacked.
  private struct Member {
    var offset: Int
    var packedSize: Int
    var method: Int
    var flags: Int
    var checksum: UInt32
  }

  /// The most members that are looked at.
  private static let memberLimit = 100_000
  /// How much a member may grow at most; text of tables grows ten to fifty times.
  private static let growthLimit = 200
  /// What any member may unpack to, however small it is packed.
  private static let plainLimit = 1 << 26
  /// The most bytes a member may unpack to.
  private static let sizeLimit = 0xFFFF_0000

  private let bytes: [UInt8]
  private let file: String
  private var members: [String: Member] = [:]

  /// The names of the members, in the order of the directory.
  public private(set) var names: [String] = []

  /// Whether bytes start as a zip archive.
  public static func isArchive(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  /// Reads the directory of an archive.
  ///
  /// - Throws: `DataError` if it is damaged, or of a kind that is not read here.
  public init(_ bytes: [UInt8], file: String) throws(DataError) {
    self.bytes = bytes
    self.file = file
    guard let end = Self.directoryEnd(bytes) else { throw damage() }
    var count = number(end + 10, 2)
    var offset = number(end + 16, 4)
    if count == 0xFFFF || offset == 0xFFFF_FFFF, end >= 20, number(end - 20, 4) == 0x0706_4B50 {
      let long = number(end - 12, 8)
      guard long >= 0, long + 56 <= bytes.count, number(long, 4) == 0x0606_4B50 else {
        throw damage()
      }
      count = number(long + 32, 8)
      offset = number(long + 48, 8)
    }
    guard count >= 0, count <= Self.memberLimit else { throw damage() }
    for _ in 0..<count {
      guard offset >= 0, offset + 46 <= bytes.count, number(offset, 4) == 0x0201_4B50 else {
        throw damage()
      }
      offset = try addMember(at: offset)
    }
  }

  private mutating func addMember(at offset: Int) throws(DataError) -> Int {
    let nameEnd = offset + 46 + number(offset + 28, 2)
    let extraEnd = nameEnd + number(offset + 30, 2)
    guard extraEnd <= bytes.count else { throw damage() }
    var member = Member(
      offset: number(offset + 42, 4), packedSize: number(offset + 20, 4),
      method: number(offset + 10, 2), flags: number(offset + 8, 2),
      checksum: UInt32(truncatingIfNeeded: number(offset + 16, 4)))
    // Sizes and offsets of more than four bytes stand in an extra field, in this order, if needed.
    var extra = nameEnd
    while extra + 4 <= extraEnd {
      let end = extra + 4 + number(extra + 2, 2)
      guard end <= extraEnd else { break }
      if number(extra, 2) == 1 {
        var place = extra + 4
        if number(offset + 24, 4) == 0xFFFF_FFFF { place += 8 }
        if member.packedSize == 0xFFFF_FFFF, place + 8 <= end {
          member.packedSize = number(place, 8)
          place += 8
        }
        if member.offset == 0xFFFF_FFFF, place + 8 <= end { member.offset = number(place, 8) }
      }
      extra = end
    }
    let name = String(decoding: bytes[(offset + 46)..<nameEnd], as: UTF8.self)
    if members.updateValue(member, forKey: name) == nil { names.append(name) }
    return extraEnd + number(offset + 32, 2)
  }

  /// Unpacks a member; `nil` if there is none of the name.
  ///
  /// - Throws: `DataError` if it is damaged, encrypted, or grows beyond all measure.
  public func member(_ name: String) throws(DataError) -> [UInt8]? {
    guard let member = members[name] else { return nil }
    guard member.flags & 1 == 0 else {
      throw DataError(
        "the file is encrypted", file: file, remedy: "Save it without a password, and try again.")
    }
    let head = member.offset
    guard head >= 0, head + 30 <= bytes.count, number(head, 4) == 0x0403_4B50 else {
      throw damage()
    }
    let start = head + 30 + number(head + 26, 2) + number(head + 28, 2)
    guard member.packedSize >= 0, start <= bytes.count, member.packedSize <= bytes.count - start
    else { throw damage() }
    let packed = bytes[start..<(start + member.packedSize)]
    let content: [UInt8]
    switch member.method {
    case 0: content = Array(packed)
    case 8:
      let limit = max(Self.plainLimit, packed.count * Self.growthLimit)
      content = try Gzip.inflate(raw: packed, limit: min(limit, Self.sizeLimit), name: file)
    default:
      throw DataError(
        "the archive is packed by a method that is not read here", file: file,
        remedy: "Save the file anew with the program it comes from.")
    }
    guard Checksum.crc32(content[...]) == member.checksum else { throw damage() }
    return content
  }

  /// A number of some bytes, the least first; negative if it does not fit.
  private func number(_ offset: Int, _ count: Int) -> Int {
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[offset + index]) << (8 * UInt64(index)) }
    return Int(exactly: value) ?? -1
  }

  private static func directoryEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    // A comment of up to 65 535 bytes may follow.
    for place in stride(from: bytes.count - 22, through: max(0, bytes.count - 65_557), by: -1)
    where bytes[place] == 0x50 && bytes[place + 1] == 0x4B && bytes[place + 2] == 0x05
      && bytes[place + 3] == 0x06
    { return place }
    return nil
  }

  private func damage() -> DataError {
    DataError(
      "the archive is damaged or cut short", file: file,
      remedy: "Get the file again from where it came from.")
  }
}
