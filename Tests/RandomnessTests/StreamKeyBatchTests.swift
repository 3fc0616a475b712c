// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Randomness

struct StreamKeyBatchTests {
  @Test(arguments: [0, 1, 7, 8, 9, 40, 41])
  func `a batch has the numbers that its entities have one by one`(count: Int) {
    let key = RandomKey(seed: "batch").stream("income")
    // The low half of the entity overflows within the batch.
    let first = UInt64(UInt32.max) - 20
    var firsts = [Double](repeating: -1, count: count)
    var seconds = firsts
    firsts.withUnsafeMutableBufferPointer { firsts in
      seconds.withUnsafeMutableBufferPointer { seconds in
        guard let first = firsts.baseAddress, let second = seconds.baseAddress else { return }
        key.fillUniforms(
          entities: UInt64(UInt32.max) - 20, count: count, period: 3, draw: 5, firsts: first,
          seconds: second)
      }
    }
    for index in 0..<count {
      let (one, two) = key.uniforms(entity: first + UInt64(index), period: 3, draw: 5)
      #expect(firsts[index] == one && seconds[index] == two)
    }
  }
}
