// SPDX-License-Identifier: Apache-2.0

/// The level of measurement.
public enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
  /// Names without an order.
  case nominal
  /// Ordered levels.
  case ordinal
  /// Numbers.
  case scale
}
