// SPDX-License-Identifier: Apache-2.0

/// The cells of one column in a block of rows, as they will stand in the file.
///
/// A cell is a range of bytes: either of the column's own, written for this block, or of bytes lent
/// to it, such as a pool of texts, from which nothing need be copied before the rows are put
/// together.
struct CellColumn {
  private var lent: [UInt8] = []
  private var own: [UInt8] = []
  private var starts: [Int] = []
  private var counts: [Int32] = []
  private var isLent: [Bool] = []

  /// Forgets all cells, and keeps the room for the next ones.
  mutating func removeAll() {
    lent = []
    own.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    isLent.removeAll(keepingCapacity: true)
  }

  /// Lets cells be ranges of these bytes.
  mutating func lend(_ bytes: [UInt8]) { lent = bytes }

  /// Appends a cell that is a range of the bytes lent.
  @inline(__always)
  mutating func append(lent range: Range<Int>) {
    starts.append(range.lowerBound)
    counts.append(Int32(truncatingIfNeeded: range.count))
    isLent.append(true)
  }

  /// Appends a cell of these bytes.
  @inline(__always)
  mutating func append(_ bytes: [UInt8]) { append { $0.append(contentsOf: bytes) } }

  /// Appends a cell of the bytes that a function appends.
  @inline(__always)
  mutating func append(_ write: (inout [UInt8]) -> Void) {
    let start = own.count
    write(&own)
    starts.append(start)
    counts.append(Int32(truncatingIfNeeded: own.count - start))
    isLent.append(false)
  }

  /// Puts two quotes into each empty cell: a record of one empty field would read as a blank line.
  mutating func quoteEmptyCells(_ quote: UInt8) {
    let place = own.count
    own += [quote, quote]
    for cell in counts.indices where counts[cell] == 0 {
      starts[cell] = place
      counts[cell] = 2
      isLent[cell] = false
    }
  }

  /// Adds the length of each row's cell to the row's.
  func addCounts(to lengths: inout [Int]) {
    for cell in counts.indices { lengths[cell] += Int(counts[cell]) }
  }

  /// Copies each row's cell, with what follows it, to the row's place, and moves the place on.
  func copy(
    to bytes: UnsafeMutableBufferPointer<UInt8>, at places: inout [Int], followedBy end: [UInt8]
  ) {
    lent.withUnsafeBufferPointer { lent in
      own.withUnsafeBufferPointer { own in
        for cell in starts.indices {
          let source = isLent[cell] ? lent : own
          let start = starts[cell]
          var place = places[cell]
          for offset in 0..<Int(counts[cell]) {
            bytes[place + offset] = source[start + offset]
          }
          place += Int(counts[cell])
          for byte in end {
            bytes[place] = byte
            place += 1
          }
          places[cell] = place
        }
      }
    }
  }
}
