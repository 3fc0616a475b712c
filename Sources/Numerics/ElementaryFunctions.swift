// SPDX-License-Identifier: Apache-2.0

/// Elementary functions made of +, −, × and ÷ alone: bit-equal results on every platform.
public enum ElementaryFunctions {
  /// The square root, correctly rounded as IEEE 754 demands.
  @inlinable
  public static func sqrt(_ x: Double) -> Double {
    x.squareRoot()
  }
}
