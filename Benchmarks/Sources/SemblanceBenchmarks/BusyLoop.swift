// SPDX-License-Identifier: Apache-2.0

/// A loop of arithmetic without memory: two at once say how much two threads can gain at all.
enum BusyLoop {
  static func run(_ rounds: Int) {
    var state: UInt64 = 1
    for _ in 0..<rounds {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
    }
    print(state)
  }
}
