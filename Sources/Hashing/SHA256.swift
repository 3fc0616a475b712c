// SPDX-License-Identifier: Apache-2.0

/// SHA-256, fed piece by piece.
///
/// The digest depends on the bytes alone, not on how they were cut into pieces:
///
///     var hash = SHA256()
///     hash.update([0x61, 0x62])
///     hash.update([0x63])
///     SHA256.hex(hash.finalize())  // "ba7816bf…", the digest of "abc"
///
/// Memory is constant; time is linear in the number of bytes.
///
/// ## Source
/// FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2.
public struct SHA256: Sendable {
  private var state: SIMD8<UInt32> = SHA256.initialState
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// Creates a hash of no bytes so far.
  public init() {
    pending.reserveCapacity(SHA256.blockSize)
  }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    byteCount &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(SHA256.blockSize - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == SHA256.blockSize else { return }
      pending.withUnsafeBytes { SHA256.compress($0, into: &state) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / SHA256.blockSize * SHA256.blockSize
    SHA256.compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)), into: &state)
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds bytes, such as the UTF-8 of a text.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil { update(Array(bytes)) }
  }

  /// The digest of all bytes added so far, 32 bytes; more bytes may follow.
  public func finalize() -> [UInt8] {
    var last = pending
    last.append(0x80)
    while last.count % SHA256.blockSize != SHA256.blockSize - 8 { last.append(0) }
    let bitCount = byteCount &* 8
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      last.append(UInt8(truncatingIfNeeded: bitCount >> shift))
    }
    var final = state
    last.withUnsafeBytes { SHA256.compress($0, into: &final) }
    var digest: [UInt8] = []
    digest.reserveCapacity(SHA256.digestSize)
    for index in 0..<8 {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        digest.append(UInt8(truncatingIfNeeded: final[index] >> shift))
      }
    }
    return digest
  }

  /// The number of bytes of a digest.
  public static let digestSize = 32

  /// The digest of these bytes, 32 bytes.
  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  /// The bytes in lower-case hexadecimal, two digits a byte.
  public static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  static let blockSize = 64

  private static let initialState = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
}
