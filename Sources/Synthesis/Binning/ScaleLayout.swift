// SPDX-License-Identifier: Apache-2.0
public import Tables

/// The cells into which a scale is cut.
public struct ScaleLayout: Hashable, Sendable {
  /// The cells, ascending.
  public var cells: [ScaleCell]
  /// Units of the grid on which the column's values are written in one, or 0 for no grid.
  public var gridScale: Double
  /// How the column stores its values.
  public var storage: ScaleStorage

  /// Creates a layout.
  public init(cells: [ScaleCell], gridScale: Double, storage: ScaleStorage) {
    self.cells = cells
    self.gridScale = gridScale
    self.storage = storage
  }
}

/// How the values of a scale are stored in their column.
public enum ScaleStorage: String, Hashable, Sendable, Codable {
  /// Numbers with a fraction.
  case numbers
  /// Whole numbers.
  case wholeNumbers
  /// Days since 1970-01-01.
  case dates
  /// Microseconds since midnight.
  case times
  /// Microseconds since 1970-01-01T00:00.
  case dateTimes

  /// The storage of a column's values, or `nil` if they lie on no scale.
  public init?(_ values: ColumnValues) {
    switch values {
    case .numbers: self = .numbers
    case .wholeNumbers: self = .wholeNumbers
    case .dates: self = .dates
    case .times: self = .times
    case .dateTimes: self = .dateTimes
    case .texts, .booleans: return nil
    }
  }

  /// Values of this storage, made from numbers on the scale by rounding where needed.
  public func values(_ numbers: [Double]) -> ColumnValues {
    switch self {
    case .numbers: .numbers(numbers)
    case .wholeNumbers: .wholeNumbers(numbers.map(Self.whole))
    case .dates: .dates(numbers.map { Int32(clamping: Self.whole($0)) })
    case .times: .times(numbers.map { min(max(Self.whole($0), 0), 86_399_999_999) })
    case .dateTimes: .dateTimes(numbers.map(Self.whole))
    }
  }

  private static func whole(_ number: Double) -> Int64 {
    Int64(exactly: number.rounded()) ?? (number < 0 ? .min : .max)
  }
}
