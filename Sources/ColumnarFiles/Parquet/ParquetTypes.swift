// SPDX-License-Identifier: Apache-2.0

/// How values lie in a Parquet file.
enum ParquetPhysicalType: Int {
  case boolean, int32, int64, int96, float, double, bytes, fixedBytes
}

/// What the values of a Parquet column mean.
enum ParquetLogicalType: Hashable {
  /// Nothing beyond how they lie.
  case plain
  case text
  case decimal(scale: Int, precision: Int)
  case date
  /// Times of day, in so many parts of a second.
  case time(perSecond: Int)
  /// Date-times, in so many parts of a second; in UTC, or wherever they were taken.
  case timestamp(perSecond: Int, isUTC: Bool)
  case unsigned
  case uuid
  case float16
  /// What has no place in a table: maps, intervals and their like.
  case other
}

/// A column of a Parquet file, as its schema declares it.
struct ParquetColumn {
  /// The names from the outermost group inwards.
  var path: [String]
  var physical: ParquetPhysicalType
  var length: Int
  var logical: ParquetLogicalType
  /// How many groups and columns on the way may be null.
  var definitionDepth: Int
  /// Whether the column or a group around it repeats, as lists do.
  var isRepeated: Bool

  var name: String { path.joined(separator: ".") }
}

/// The values of one column in one group of rows.
struct ParquetChunk {
  var physical = -1
  var codec = 0
  var valueCount = 0
  var dataOffset = 0
  var dictionaryOffset = 0
  var size = 0
}

/// A group of rows.
struct ParquetRowGroup {
  var rowCount = 0
  var chunks: [ParquetChunk] = []
}
