// SPDX-License-Identifier: Apache-2.0

/// The rows of a linear model, as the columns in which they are not 0.
public struct SparseDesign: Hashable, Sendable {
  /// The number of columns.
  public private(set) var columnCount: Int
  /// Where the entries of each row begin; one more than there are rows.
  public private(set) var starts: [Int]
  /// The column of each entry.
  public private(set) var columns: [Int32]
  /// The value of each entry.
  public private(set) var values: [Double]

  /// Creates a design without rows.
  public init(columnCount: Int) {
    self.columnCount = columnCount
    starts = [0]
    columns = []
    values = []
  }

  /// The number of rows.
  public var rowCount: Int { starts.count - 1 }

  /// Adds an entry to the row that is being made.
  ///
  /// - Precondition: There is such a column.
  public mutating func append(column: Int, value: Double) {
    precondition(column < columnCount, "a design has the column")
    columns.append(Int32(column))
    values.append(value)
  }

  /// Ends the row that is being made.
  public mutating func endRow() { starts.append(columns.count) }

  /// Returns some of the rows, in the order named.
  public func selecting(_ rows: [Int]) -> SparseDesign {
    var design = SparseDesign(columnCount: columnCount)
    for row in rows {
      design.columns += columns[starts[row]..<starts[row + 1]]
      design.values += values[starts[row]..<starts[row + 1]]
      design.endRow()
    }
    return design
  }

  /// The sum of a row's entries times coefficients.
  public func product(of row: Int, _ coefficients: [Double]) -> Double {
    product(row, coefficients)
  }

  /// The sum of a row's entries times coefficients.
  @inline(__always)
  func product(_ row: Int, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for entry in starts[row]..<starts[row + 1] {
      sum += values[entry] * coefficients[Int(columns[entry])]
    }
    return sum
  }
}
