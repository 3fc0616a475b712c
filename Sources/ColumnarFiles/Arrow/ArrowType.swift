// SPDX-License-Identifier: Apache-2.0
import Tables

/// The type of an Arrow column, as far as it has a place in a table.
///
/// ## Source
/// Apache Arrow columnar format 1.5, Schema.fbs.
enum ArrowType: Hashable {
  case null
  case truth
  case integer(bits: Int, isSigned: Bool)
  case float(bits: Int)
  case text(isLarge: Bool)
  /// Texts of which the short ones lie among the views themselves.
  case textView
  case decimal(bits: Int, precision: Int, scale: Int)
  /// Days, or milliseconds in eight bytes.
  case date(isMilliseconds: Bool)
  case time(perSecond: Int)
  case timestamp(perSecond: Int, zone: String)
  case duration(perSecond: Int)
  /// Fields that belong together.
  case group
  /// What has no place in a table, with how many buffers it has; `nil` for as many as views need.
  case other(bufferCount: Int?)

  /// What the values mean.
  var meaning: ColumnarMeaning {
    switch self {
    case .truth: .truth
    case .integer(_, false): .unsigned
    case .text, .textView, .null: .text
    case .decimal(_, let precision, let scale): .decimal(scale: scale, precision: precision)
    case .date: .date
    case .time(let perSecond): .time(perSecond: perSecond)
    case .timestamp(let perSecond, let zone):
      .timestamp(perSecond: perSecond, isUTC: !zone.isEmpty)
    case .integer, .float, .duration: .plain
    case .group, .other: .other
    }
  }

  /// What the values are kept as once they are read.
  var kind: ColumnarValues.Kind {
    switch self {
    case .truth, .integer, .date, .time, .timestamp, .duration: .integers
    case .float, .decimal: .numbers
    case .null, .text, .textView, .group, .other: .texts
    }
  }

  /// How many buffers a column has, but for those that views point to.
  var bufferCount: Int {
    switch self {
    case .null: 0
    case .truth, .integer, .float, .decimal, .date, .time, .timestamp, .duration, .textView: 2
    case .text: 3
    case .group: 1
    case .other(let count): count ?? 2
    }
  }

  /// Whether views point to further buffers.
  var hasViews: Bool { self == .textView || self == .other(bufferCount: nil) }

  /// The bytes of a value; 0 where they differ or bits are counted.
  var width: Int {
    switch self {
    case .integer(let bits, _), .float(let bits), .decimal(let bits, _, _): bits / 8
    case .date(let isMilliseconds): isMilliseconds ? 8 : 4
    case .time(let perSecond): perSecond <= 1000 ? 4 : 8
    case .timestamp, .duration: 8
    case .textView: 16
    case .null, .truth, .text, .group, .other: 0
    }
  }
}
