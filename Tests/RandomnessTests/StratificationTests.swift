// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Randomness

@Suite struct `Uniforms spread evenly` {
  private static func uniforms(_ name: String, _ first: Int, _ count: Int) -> [Double] {
    let key = RandomKey(seed: "strata").stream(name)
    var result = [Double](repeating: 0, count: count)
    var rest = result
    result.withUnsafeMutableBufferPointer { numbers in
      rest.withUnsafeMutableBufferPointer { rest in
        guard let numbers = numbers.baseAddress, let rest = rest.baseAddress else { return }
        key.fillUniforms(
          entities: UInt64(first), count: count, draw: 0, firsts: numbers, seconds: rest)
        key.stratify(entities: UInt64(first), count: count, numbers)
      }
    }
    return result
  }

  @Test func `each block has one uniform in each interval`() {
    let size = StreamKey.stratumCount
    let numbers = Self.uniforms("age", 0, 40 * size)
    for block in 0..<40 {
      let strata = numbers[block * size..<(block + 1) * size].map { Int($0 * Double(size)) }
      #expect(strata.sorted() == Array(0..<size))
      #expect(strata != strata.sorted())
    }
  }

  @Test(arguments: [(0, 1), (3, 700), (255, 2), (256, 256), (511, 900)])
  func `a slice has the numbers of the whole`(_ slice: (first: Int, count: Int)) {
    let whole = Self.uniforms("age", 0, 1500)
    #expect(
      Self.uniforms("age", slice.first, slice.count)
        == Array(whole[slice.first..<slice.first + slice.count]))
  }

  /// Given the strata of one stream, those of another are a random permutation.
  ///
  /// In a 16 × 16 table of a block's 256 pairs, each count is hypergeometric with mean 1 and variance 15/17, and the sum of
  /// their squared standard scores has the mean 256 and, scaled to 225 degrees of freedom, is near
  /// to chi-squared. n = 2¹⁸ pairs, bound five standard deviations.
  @Test(arguments: [("age", "income"), ("age", "age.0"), ("1", "2")])
  func `two streams are independent`(_ names: (String, String)) {
    let count = 1 << 18
    let first = Self.uniforms(names.0, 0, count)
    let second = Self.uniforms(names.1, 0, count)
    var table = [Double](repeating: 0, count: 256)
    for (a, b) in zip(first, second) { table[Int(a * 16) * 16 + Int(b * 16)] += 1 }
    let blocks = Double(count / StreamKey.stratumCount)
    let score = table.reduce(0) { $0 + ($1 - blocks) * ($1 - blocks) / (blocks * 15 / 17) }
    let chiSquared = score * 225 / 256
    #expect(abs(chiSquared - 225) < 5 * 450.0.squareRoot())
  }

  /// The lag-one correlation of a block is −1/255, and that of n = 2¹⁸ numbers has a standard error
  /// of 1/√n.
  @Test func `neighbours are all but independent`() {
    let count = 1 << 18
    let numbers = Self.uniforms("age", 0, count)
    var sum = 0.0
    for index in 1..<count { sum += (numbers[index - 1] - 0.5) * (numbers[index] - 0.5) }
    let correlation = sum / Double(count - 1) * 12
    #expect(abs(correlation + 1 / 255) < 5 / Double(count).squareRoot())
  }

  /// The place within its interval is as uniform as it was: ten classes, chi-squared of nine degrees
  /// of freedom, n = 2¹⁶; 50 has a probability of 10⁻⁷.
  @Test func `the place within an interval is uniform`() {
    let count = 1 << 16
    var classes = [Double](repeating: 0, count: 10)
    for number in Self.uniforms("age", 0, count) {
      let place = number * Double(StreamKey.stratumCount)
      classes[Int((place - place.rounded(.down)) * 10)] += 1
    }
    let expected = Double(count) / 10
    let score = classes.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(score < 50)
  }

  @Test func `the greatest uniform stays below one`() {
    var numbers = [Double](repeating: 1 - 0x1p-53, count: StreamKey.stratumCount)
    let key = RandomKey(seed: "strata").stream("age")
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      key.stratify(entities: 0, count: numbers.count, base)
    }
    #expect(numbers.allSatisfy { $0 < 1 })
  }
}
