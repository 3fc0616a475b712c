// SPDX-License-Identifier: Apache-2.0

// Square roots and rounding, both exact, may be compiled as calls: the import links their library.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Elementary functions made of +, −, × and ÷ alone: bit-equal results on every platform.
///
/// The platform's mathematics library rounds differently from one system to the next, and a fused
/// multiply-add differs from a multiplication and an addition. Neither is used here, so a draw or a
/// score that rests on these functions is the same everywhere. All are within 1 ulp of the true
/// value, unless they say otherwise.
public enum ElementaryFunctions {
  /// The square root, correctly rounded as IEEE 754 demands.
  @inlinable
  public static func sqrt(_ x: Double) -> Double {
    x.squareRoot()
  }

  /// ln 2 to its first 32 bits, so that its product with an exponent is exact.
  @usableFromInline static let ln2High = 0x1.62e42feep-1
  /// The rest of ln 2.
  @usableFromInline static let ln2Low = 0x1.a39ef35793c76p-33
}
