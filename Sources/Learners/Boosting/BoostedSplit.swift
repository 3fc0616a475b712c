// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The probability that a row goes left at one cut of a hierarchy, given its predictors.
public struct BoostedSplit: Hashable, Sendable {
  /// Units of log-odds in one.
  public static let unit = OddsTable.unit

  /// The log-odds before any tree, in 1/16384.
  public var base: Int32
  /// Ensembles that each learned from a different share of the rows; their sum is added.
  public var ensembles: [BoostedEnsemble]
  /// The rows that the base rests on.
  public var rowCount: Int

  /// Creates a split.
  public init(base: Int32, ensembles: [BoostedEnsemble], rowCount: Int) {
    self.base = base
    self.ensembles = ensembles
    self.rowCount = rowCount
  }

  /// Computes the log-odds of going left, in 1/16384.
  ///
  /// - Parameters:
  ///   - columns: For each predictor, the bins of rows.
  ///   - rows: Which of them are meant; `count` numbers.
  ///   - odds: Room for one number a row of `rows`.
  public func logOdds(
    columns: [UnsafePointer<UInt8>], rows: UnsafePointer<Int32>, count: Int,
    into odds: UnsafeMutablePointer<Int64>
  ) {
    odds.update(repeating: Int64(base), count: count)
    for ensemble in ensembles { ensemble.add(columns: columns, rows: rows, count: count, to: odds) }
  }

  /// The probability of log-odds in 1/16384.
  @inline(__always)
  public static func probability(_ odds: Int64) -> Double {
    1 / (1 + ElementaryFunctions.exp(-Double(odds) / unit))
  }

  /// Log-odds of a share of rows, in 1/16384; half a row more on each side keeps them finite.
  static func base(positive: Double, of total: Double) -> Int32 {
    Int32(
      (ElementaryFunctions.log((positive + 0.5) / (total - positive + 0.5)) * unit).rounded())
  }
}

extension BoostedSplit {
  /// The log-odds of going left for some rows.
  public func logOdds(_ rows: [Int32], _ predictors: [TreePredictor]) -> [Double] {
    let columns = predictors.map(\.codes)
    let height = columns.first?.count ?? 0
    return columns.joined().withContiguous { codes in
      rows.withUnsafeBufferPointer { list in
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: max(1, rows.count)) { odds in
          guard let odds = odds.baseAddress, let list = list.baseAddress else { return [] }
          logOdds(
            columns: columns.indices.map { codes + $0 * height }, rows: list, count: rows.count,
            into: odds)
          return rows.indices.map { Double(odds[$0]) / Self.unit }
        }
      }
    }
  }
}

extension Sequence<UInt8> {
  /// Calls a body with the bytes side by side.
  fileprivate func withContiguous<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    // One byte more, so that there always is an address.
    (Array(self) + [0]).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { preconditionFailure("the list is not empty") }
      return body(base)
    }
  }
}
