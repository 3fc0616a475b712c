// SPDX-License-Identifier: Apache-2.0

/// Lengths of time in microseconds.
enum DurationUnit {
  static let second: Int64 = 1_000_000
  static let minute: Int64 = 60 * second
  static let hour: Int64 = 60 * minute
  static let day: Int64 = 24 * hour
  static let week: Int64 = 7 * day

  /// The days of 0001-01-01 and 9999-12-31, between which dates must stay.
  static let days: ClosedRange<Int64> = -719_162...2_932_896
}
