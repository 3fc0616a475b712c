// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Choices among a few, several from each number of a stream.
///
/// A number is taken as a fraction of 64 bits. Multiplied by *n*, its whole part is one of *n* choices
/// and what is left is a fraction again, good for the next choice, until the choices made of one
/// number could have come out in more than 2³² ways. Each choice is then even to within 2⁻³².
struct SmallDraws {
  private var stream: RandomStream
  private var fraction: UInt64 = 0
  private var ways: UInt64 = .max

  @inline(__always)
  init(_ stream: RandomStream) { self.stream = stream }

  /// A number in 0 ..< bound, which is at most 2³².
  @inline(__always)
  mutating func index(below bound: Int) -> Int {
    let (product, isOver) = ways.multipliedReportingOverflow(by: UInt64(bound))
    if isOver || product > 1 << 32 {
      fraction = stream.next()
      ways = UInt64(bound)
    } else {
      ways = product
    }
    let (high, low) = fraction.multipliedFullWidth(by: UInt64(bound))
    fraction = low
    return Int(high)
  }

  /// The next 64 bits of the stream, which no choice has touched.
  @inline(__always)
  mutating func bits() -> UInt64 { stream.next() }
}
