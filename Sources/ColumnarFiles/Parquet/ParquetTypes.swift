// SPDX-License-Identifier: Apache-2.0

/// How values lie in a Parquet file.
enum ParquetPhysicalType: Int {
  case boolean, int32, int64, int96, float, double, bytes, fixedBytes

  /// What values are kept as once they are read.
  var kind: ColumnarValues.Kind {
    switch self {
    case .boolean, .int32, .int64, .int96: .integers
    case .float, .double: .numbers
    case .bytes, .fixedBytes: .texts
    }
  }
}

/// A column of a Parquet file, as its schema declares it.
struct ParquetColumn {
  /// The names from the outermost group inwards.
  var path: [String]
  var physical: ParquetPhysicalType
  var length: Int
  var logical: ColumnarMeaning
  /// How many groups and columns on the way may be null.
  var definitionDepth: Int
  /// Whether the column or a group around it repeats, as lists do.
  var isRepeated: Bool

  var name: String { path.joined(separator: ".") }

  /// What the values mean, however the file says so.
  var meaning: ColumnarMeaning {
    switch physical {
    case .boolean: .truth
    case .int96: .timestamp(perSecond: 1_000_000, isUTC: false)
    case .fixedBytes where logical == .plain: .other
    default: logical
    }
  }
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
