// SPDX-License-Identifier: Apache-2.0

/// How large a formula may be; whatever is within these limits is parsed and checked in no time.
public enum FormulaLimits {
  /// The most characters.
  public static let length = 20_000
  /// The deepest nesting, counting each operator of a chain such as `a + b + c`.
  public static let depth = 200
  /// The most entries of a list.
  public static let listLength = 10_000
}
