// SPDX-License-Identifier: Apache-2.0

/// Columns of few classes, as learners of networks count them.
public struct DiscreteColumns: Sendable {
  /// The class of each row, column by column.
  public let codes: [[UInt8]]
  /// The number of classes of each column.
  public let classCounts: [Int]

  /// Creates columns.
  ///
  /// - Precondition: All columns have as many rows, and no class at or above their count.
  public init(codes: [[UInt8]], classCounts: [Int]) {
    precondition(codes.count == classCounts.count, "a count a column")
    self.codes = codes
    self.classCounts = classCounts
  }

  /// The number of rows.
  public var rowCount: Int { codes.first?.count ?? 0 }

  /// How many rows fall into each cell of the table of some columns and one more, whose classes are next to
  /// each other.
  func counts(of child: Int, given parents: [Int]) -> [Int32] {
    let own = classCounts[child]
    let size = parents.reduce(own) { $0 * classCounts[$1] }
    var counts = [Int32](repeating: 0, count: size)
    counts.withUnsafeMutableBufferPointer { counts in
      codes[child].withUnsafeBufferPointer { codes in
        switch parents.count {
        case 0: for row in codes.indices { counts[Int(codes[row])] &+= 1 }
        case 1:
          self.codes[parents[0]].withUnsafeBufferPointer { first in
            for row in codes.indices {
              counts[Int(first[row]) &* own &+ Int(codes[row])] &+= 1
            }
          }
        default:
          let cells = cells(of: parents)
          for row in codes.indices { counts[Int(cells[row]) &* own &+ Int(codes[row])] &+= 1 }
        }
      }
    }
    return counts
  }

  /// The cell of each row in the table of some columns, the last of which changes fastest.
  func cells(of columns: [Int]) -> [Int32] {
    var cells = [Int32](repeating: 0, count: rowCount)
    cells.withUnsafeMutableBufferPointer { cells in
      for column in columns {
        let size = Int32(classCounts[column])
        codes[column].withUnsafeBufferPointer { codes in
          for row in codes.indices { cells[row] = cells[row] &* size &+ Int32(codes[row]) }
        }
      }
    }
    return cells
  }
}
