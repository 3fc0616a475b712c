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

  @Test(arguments: [0, 1, 7, 8, 9, 41])
  func `a batch of first numbers has those that streams begin with`(count: Int) {
    let key = RandomKey(seed: "batch").stream("income")
    // All 64 bits of the entities count.
    func entity(_ place: Int) -> UInt64 { UInt64(place + 1) &* 0x9e37_79b9_7f4a_7c15 }
    var numbers = [UInt64](repeating: 0, count: count)
    numbers.withUnsafeMutableBufferPointer {
      key.fillFirstNumbers(period: 7, entity: entity, into: $0)
    }
    for place in 0..<count {
      var stream = key.stream(entity: entity(place), period: 7)
      #expect(numbers[place] == stream.next())
    }
  }
}
