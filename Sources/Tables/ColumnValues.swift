// SPDX-License-Identifier: Apache-2.0

/// The cells of a column, by how they are stored.
///
/// A row that is missing holds a placeholder (zero, or level 0) which means nothing; ask
/// ``MissingCells`` first. What the values *mean* (a category, an identifier, a weight) is a matter
/// of `Schemas`, not of storage: a code such as 1 or 2 stays a whole number here.
public enum ColumnValues: Hashable, Sendable {
  /// Finite numbers with a fractional part.
  case numbers([Double])
  /// Whole numbers.
  case wholeNumbers([Int64])
  /// Texts, as an index into a pool of distinct texts; the pool is in order of first appearance.
  case texts(codes: [UInt32], pool: TextPool)
  /// Calendar dates, in days since 1970-01-01 (proleptic Gregorian).
  case dates([Int32])
  /// Times of day, in microseconds since midnight.
  case times([Int64])
  /// Local date-times, in microseconds since 1970-01-01T00:00; no time zone is applied.
  case dateTimes([Int64])
  /// Truth values.
  case booleans([Bool])

  /// The number of rows.
  public var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .wholeNumbers(let values): values.count
    case .texts(let codes, _): codes.count
    case .dates(let values): values.count
    case .times(let values): values.count
    case .dateTimes(let values): values.count
    case .booleans(let values): values.count
    }
  }

  /// The name of the storage, for messages, such as `"whole number"`.
  public var typeName: String {
    switch self {
    case .numbers: "number"
    case .wholeNumbers: "whole number"
    case .texts: "text"
    case .dates: "date"
    case .times: "time"
    case .dateTimes: "date-time"
    case .booleans: "boolean"
    }
  }
}
