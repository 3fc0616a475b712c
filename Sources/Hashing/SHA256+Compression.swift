// SPDX-License-Identifier: Apache-2.0

extension SHA256 {
  /// Mixes whole blocks of 64 bytes into the state (FIPS 180-4, section 6.2.2).
  ///
  /// The eight working variables keep their places for eight rounds at a time instead of moving
  /// along by one each round: that is what makes the loop fast.
  static func compress(_ bytes: UnsafeRawBufferPointer, into state: inout SIMD8<UInt32>) {
    guard bytes.count >= blockSize else { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      roundConstants.withUnsafeBufferPointer { constants in
        var start = 0
        while start < bytes.count {
          expand(bytes, from: start, into: schedule)
          state &+= rounds(state, schedule: schedule, constants: constants)
          start += blockSize
        }
      }
    }
  }

  @inline(__always)
  private static func expand(
    _ bytes: UnsafeRawBufferPointer, from start: Int,
    into schedule: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      let word = bytes.loadUnaligned(fromByteOffset: start &+ 4 &* index, as: UInt32.self)
      schedule[index] = UInt32(bigEndian: word)
    }
    for index in 16..<64 {
      let early = schedule[index &- 15]
      let late = schedule[index &- 2]
      let sigma0 = rotated(early, 7) ^ rotated(early, 18) ^ (early &>> 3)
      let sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ (late &>> 10)
      schedule[index] = schedule[index &- 16] &+ sigma0 &+ schedule[index &- 7] &+ sigma1
    }
  }

  @inline(__always)
  private static func rounds(
    _ state: SIMD8<UInt32>, schedule: UnsafeMutableBufferPointer<UInt32>,
    constants: UnsafeBufferPointer<UInt32>
  ) -> SIMD8<UInt32> {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var at = 0
    while at < 64 {
      round(a, b, c, &d, e, f, g, &h, schedule[at] &+ constants[at])
      round(h, a, b, &c, d, e, f, &g, schedule[at &+ 1] &+ constants[at &+ 1])
      round(g, h, a, &b, c, d, e, &f, schedule[at &+ 2] &+ constants[at &+ 2])
      round(f, g, h, &a, b, c, d, &e, schedule[at &+ 3] &+ constants[at &+ 3])
      round(e, f, g, &h, a, b, c, &d, schedule[at &+ 4] &+ constants[at &+ 4])
      round(d, e, f, &g, h, a, b, &c, schedule[at &+ 5] &+ constants[at &+ 5])
      round(c, d, e, &f, g, h, a, &b, schedule[at &+ 6] &+ constants[at &+ 6])
      round(b, c, d, &e, f, g, h, &a, schedule[at &+ 7] &+ constants[at &+ 7])
      at &+= 8
    }
    return SIMD8(a, b, c, d, e, f, g, h)
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ input: UInt32
  ) {
    let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let choice = g ^ (e & (f ^ g))
    let first = h &+ sum1 &+ choice &+ input
    let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    let majority = (a & b) | (c & (a | b))
    d &+= first
    h = first &+ sum0 &+ majority
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    (word &>> count) | (word &<< (32 &- count))
  }

  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
