// SPDX-License-Identifier: Apache-2.0

/// What the values of a column mean, whatever they lie in.
enum ColumnarMeaning: Hashable {
  /// Nothing beyond how they lie.
  case plain
  case text
  case truth
  case decimal(scale: Int, precision: Int)
  case date
  /// Times of day, in so many parts of a second.
  case time(perSecond: Int)
  /// Date-times, in so many parts of a second; in UTC, or wherever they were taken.
  case timestamp(perSecond: Int, isUTC: Bool)
  /// Whole numbers that have no sign; those of eight bytes are kept bit by bit.
  case unsigned
  case uuid
  case float16
  /// What has no place in a table: maps, intervals and their like.
  case other
}
