// SPDX-License-Identifier: Apache-2.0

/// The up to eight cells around a cell of a grid, numbered row by row, itself left out.
@usableFromInline
struct Surroundings {
  @usableFromInline let width: Int, height: Int
  @usableFromInline let row: Int, column: Int
  /// How far it goes up, to the left and across: a row of cells at an edge is shorter.
  @usableFromInline let top: Int, left: Int, across: Int
  /// How many cells there are; on a grid that wraps always eight, some of them the same if it is tiny.
  @usableFromInline let count: Int

  @inlinable
  @inline(__always)
  init(of cell: Int32, width: Int, height: Int, wraps: Bool) {
    let (row, column) = UInt32(bitPattern: cell)
      .quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: width))
    (self.width, self.height) = (width, height)
    (self.row, self.column) = (Int(row), Int(column))
    top = wraps || row > 0 ? 1 : 0
    left = wraps || column > 0 ? 1 : 0
    across = left + (wraps || Int(column) < width - 1 ? 2 : 1)
    count = across * (top + (wraps || Int(row) < height - 1 ? 2 : 1)) - 1
  }

  /// A cell by its number, from 0 to ``count`` − 1.
  @inlinable
  @inline(__always)
  subscript(number: Int) -> Int32 {
    // Without a branch, as which cell is drawn cannot be foreseen; the cell itself is passed over.
    let place = number &+ (number >= top &* across &+ left ? 1 : 0)
    let line = (place &* (across == 3 ? 11 : across == 2 ? 16 : 32)) &>> 5
    var y = row &- top &+ line
    var x = column &- left &+ place &- line &* across
    y = y &+ (y < 0 ? height : 0) &- (y >= height ? height : 0)
    x = x &+ (x < 0 ? width : 0) &- (x >= width ? width : 0)
    return Int32(truncatingIfNeeded: y &* width &+ x)
  }
}
