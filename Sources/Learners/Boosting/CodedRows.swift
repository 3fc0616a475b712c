// SPDX-License-Identifier: Apache-2.0

/// The bins of all predictors, row after row, as boosting reads them.
///
/// A row's bins lie side by side, so that one look at a row serves all predictors.
public struct CodedRows: Sendable {
  /// One bin a row and predictor, row after row.
  private(set) var codes: [UInt8]
  /// The number of bins of each predictor.
  let binCounts: [Int]
  /// Whether the order of each predictor's bins means something.
  let isOrdered: [Bool]
  /// Where the bins of each predictor begin among all of them.
  let offsets: [Int]
  /// The bins of all predictors together.
  let binTotal: Int
  /// The number of rows.
  public let rowCount: Int

  /// The number of predictors.
  public var width: Int { binCounts.count }

  /// Lays out some rows of predictors, all unless some are named.
  ///
  /// - Parameters:
  ///   - predictors: The predictors, of equally many rows.
  ///   - rows: Which rows; row *i* of the result is the row that place *i* names.
  public init(_ predictors: [TreePredictor], rows: [Int32]? = nil) {
    let count = rows?.count ?? predictors.first?.codes.count ?? 0
    let width = predictors.count
    var codes = [UInt8](repeating: 0, count: count * width)
    codes.withUnsafeMutableBufferPointer { codes in
      for (place, predictor) in predictors.enumerated() {
        predictor.codes.withUnsafeBufferPointer { own in
          if let rows {
            for (row, source) in rows.enumerated() {
              codes[row &* width &+ place] = own[Int(source)]
            }
          } else {
            for row in 0..<count { codes[row &* width &+ place] = own[row] }
          }
        }
      }
    }
    self.codes = codes
    binCounts = predictors.map(\.binCount)
    isOrdered = predictors.map(\.isOrdered)
    var offsets: [Int] = []
    var total = 0
    for predictor in predictors {
      offsets.append(total)
      total += predictor.binCount
    }
    self.offsets = offsets
    binTotal = total
    rowCount = count
  }

  private init(_ other: CodedRows, rows: [Int32]) {
    let width = other.width
    var codes: [UInt8] = []
    codes.reserveCapacity(rows.count * width)
    for row in rows { codes += other.codes[Int(row) * width..<(Int(row) + 1) * width] }
    self.codes = codes
    binCounts = other.binCounts
    isOrdered = other.isOrdered
    offsets = other.offsets
    binTotal = other.binTotal
    rowCount = rows.count
  }

  /// Returns some of the rows, in the order named.
  public func selecting(_ rows: [Int32]) -> CodedRows { CodedRows(self, rows: rows) }

  /// Returns the rows with the bins of one predictor taken from other rows.
  ///
  /// - Precondition: One row is named for each row.
  public func taking(predictor: Int, from rows: [Int]) -> CodedRows {
    precondition(rows.count == rowCount, "one row for each row")
    var taken = self
    for (row, source) in rows.enumerated() {
      taken.codes[row * width + predictor] = codes[source * width + predictor]
    }
    return taken
  }
}
