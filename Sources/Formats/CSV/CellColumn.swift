// SPDX-License-Identifier: Apache-2.0

/// The cells of one column in a block of rows, as they will stand in the file.
///
/// A cell is a range of bytes: either of the column's own, written for this block, or of bytes lent
/// to it, such as a pool of texts, from which nothing need be copied before the rows are put
/// together.
struct CellColumn {
  /// Where the bytes of a cell lie, and what stands around them.
  private struct Cell {
    /// The first byte among those lent, or, as its complement, among the column's own.
    var start: Int
    /// The number of bytes, without quotes.
    var count: Int32
    var isQuoted: Bool
  }

  private var lent: [UInt8] = []
  private var own: [UInt8] = []
  private var cells: [Cell] = []
  private let quote: UInt8

  /// Creates a column without cells; some of them may stand in quotes of this kind.
  init(quote: UInt8) { self.quote = quote }

  /// Forgets all cells, and keeps the room for the next ones.
  mutating func removeAll() {
    lent = []
    own.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
  }

  /// Lets cells be ranges of these bytes.
  mutating func lend(_ bytes: [UInt8]) { lent = bytes }

  /// Appends a cell that is a range of the bytes lent, in quotes or without.
  @inline(__always)
  mutating func append(lent range: Range<Int>, isQuoted: Bool) {
    cells.append(
      Cell(
        start: range.lowerBound, count: Int32(truncatingIfNeeded: range.count), isQuoted: isQuoted))
  }

  /// Appends a cell of these bytes.
  @inline(__always)
  mutating func append(_ bytes: some Sequence<UInt8>) { append { $0.append(contentsOf: bytes) } }

  /// Appends a cell of the bytes that a function appends.
  @inline(__always)
  mutating func append(_ write: (inout [UInt8]) -> Void) {
    let start = own.count
    write(&own)
    cells.append(
      Cell(start: ~start, count: Int32(truncatingIfNeeded: own.count - start), isQuoted: false))
  }

  /// Puts two quotes into each empty cell: a record of one empty field would read as a blank line.
  mutating func quoteEmptyCells() {
    for cell in cells.indices where cells[cell].count == 0 { cells[cell].isQuoted = true }
  }

  /// Adds the length of each row's cell to the row's.
  func addCounts(to lengths: inout [Int]) {
    for (row, cell) in cells.enumerated() {
      lengths[row] += Int(cell.count) + (cell.isQuoted ? 2 : 0)
    }
  }

  /// Copies each row's cell, with what follows it, to the row's place, and moves the place on.
  func copy(
    to bytes: UnsafeMutablePointer<UInt8>, at places: inout [Int], followedBy end: [UInt8]
  ) {
    lent.withUnsafeBytes { lent in
      own.withUnsafeBytes { own in
        places.withUnsafeMutableBufferPointer { places in
          for (row, cell) in cells.enumerated() {
            var place = bytes + places[row]
            if cell.isQuoted {
              place.pointee = quote
              place += 1
            }
            let source = cell.start >= 0 ? lent.baseAddress : own.baseAddress
            if let source {
              place.copy(
                source + (cell.start >= 0 ? cell.start : ~cell.start), count: Int(cell.count))
            }
            place += Int(cell.count)
            if cell.isQuoted {
              place.pointee = quote
              place += 1
            }
            for byte in end {
              place.pointee = byte
              place += 1
            }
            places[row] = place - bytes
          }
        }
      }
    }
  }
}
