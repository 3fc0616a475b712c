// SPDX-License-Identifier: Apache-2.0

/// Draws from distributions, from any generator.
///
/// The algorithms are our own and use no function of the platform's mathematics library, so that
/// the same generator gives the same draws everywhere, bit by bit. A parameter out of range is a
/// programming error and stops the program: callers check what comes from users.
public enum Draws {
  /// A uniform in [0, 1): the top 53 bits of one number, divided by 2⁵³.
  @inlinable
  public static func uniform(using generator: inout some RandomNumberGenerator) -> Double {
    unitInterval(generator.next())
  }

  /// A uniform in (0, 1): the midpoint of one of 2⁵² equal cells, so never 0 and never 1.
  @inlinable
  public static func openUniform(using generator: inout some RandomNumberGenerator) -> Double {
    (Double(generator.next() &>> 12) + 0.5) * 0x1p-52
  }

  /// A whole number in 0 ..< bound, each with exactly the same probability.
  ///
  /// After 64 refusals in a row, which chance brings with a probability below 2⁻⁶⁴, it takes the
  /// last number as it is, so that a broken generator cannot hang it.
  ///
  /// ## Source
  /// Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019), algorithm 5.
  ///
  /// - Precondition: bound > 0.
  @inlinable
  public static func integer(
    below bound: Int, using generator: inout some RandomNumberGenerator
  ) -> Int {
    precondition(bound > 0, "the bound is positive")
    let bound = UInt64(bound)
    var product = generator.next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      var attempts = 0
      while product.low < threshold, attempts < refusalLimit {
        product = generator.next().multipliedFullWidth(by: bound)
        attempts &+= 1
      }
    }
    return Int(product.high)
  }

  /// How often a rejection method tries before it takes what it has.
  @usableFromInline static let refusalLimit = 64

  /// The top 53 bits as a number in [0, 1).
  @inlinable
  public static func unitInterval(_ bits: UInt64) -> Double {
    Double(bits &>> 11) * 0x1p-53
  }

  /// True with this probability; one uniform, drawn in any case.
  ///
  /// - Precondition: the probability is in [0, 1].
  @inlinable
  public static func bernoulli(
    _ probability: Double, using generator: inout some RandomNumberGenerator
  ) -> Bool {
    precondition(probability >= 0 && probability <= 1, "the probability is in [0, 1]")
    return uniform(using: &generator) < probability
  }
}
