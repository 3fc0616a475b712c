// SPDX-License-Identifier: Apache-2.0

/// The rows of a column in the order of their codes, so that a condition on codes names a range of them.
struct CodeOrder: Sendable {
  /// The rows, those of a code side by side, codes ascending.
  let rows: [Int32]
  /// Where the rows of each code begin; one more than there are codes.
  private let starts: [Int32]

  init(_ codes: [UInt32], count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for code in codes { starts[Int(code) + 1] += 1 }
    for code in 0..<count { starts[code + 1] += starts[code] }
    var next = starts
    var rows = [Int32](repeating: 0, count: codes.count)
    for (row, code) in codes.enumerated() {
      rows[Int(next[Int(code)])] = Int32(row)
      next[Int(code)] += 1
    }
    self.rows = rows
    self.starts = starts
  }

  /// Where the rows of some codes stand.
  func range(_ codes: ClosedRange<UInt32>) -> Range<Int> {
    Int(starts[Int(codes.lowerBound)])..<Int(starts[Int(codes.upperBound) + 1])
  }

  /// How many rows have a code.
  func count(_ code: Int) -> Int { Int(starts[code + 1] - starts[code]) }

  /// The rows that have a value, which is any code but 0, in the order of their codes.
  var present: ArraySlice<Int32> { rows[Int(starts[1])...] }
}
