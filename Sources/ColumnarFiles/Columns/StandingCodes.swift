// SPDX-License-Identifier: Apache-2.0
import Tables

/// What stands for the missing cells of a column in a file that knows one kind of null.
struct StandingCodes {
  /// What stands for each reason of missing in a column of numbers; `nil` for null.
  private let stand: [Double?]
  private let codes: [UInt8]
  /// Which rows are null; empty if none is.
  private let nulls: [Bool]
  /// Codes of missing that become null beside the plain one.
  let lost: [String]

  /// - Parameters:
  ///   - isWhole: Whether only whole numbers can stand for a reason.
  init(_ column: Column, isWhole: Bool) {
    let isNumber =
      switch column.values {
      case .numbers, .wholeNumbers: true
      default: false
      }
    let stand = column.missing.reasons.map { reason -> Double? in
      guard isNumber, let number = Double(reason.code), number.isFinite else { return nil }
      return !isWhole || number == number.rounded() && number.magnitude < 9e15 ? number : nil
    }
    self.stand = stand
    lost = zip(column.missing.reasons, stand).compactMap { reason, stand in
      stand == nil && !["", ".", "null", "NA"].contains(reason.code) ? reason.code : nil
    }
    codes = column.missing.codes
    nulls =
      column.missing.codes.contains { $0 != 0 && stand[Int($0) - 1] == nil }
      ? column.missing.codes.map { $0 != 0 && stand[Int($0) - 1] == nil } : []
  }

  /// Whether no row is null.
  var hasNoNulls: Bool { nulls.isEmpty }

  /// Whether a row is null.
  func isNull(_ row: Int) -> Bool { !nulls.isEmpty && nulls[row] }

  /// How many rows of a range are null.
  func nullCount(_ rows: Range<Int>) -> Int { nulls.isEmpty ? 0 : nulls[rows].count { $0 } }

  /// The number that stands for a row's reason of missing.
  func standing(_ row: Int) -> Double? {
    guard !codes.isEmpty, codes[row] != 0 else { return nil }
    return stand[Int(codes[row]) - 1]
  }

  /// All numbers that stand for a reason.
  var numbers: [Double] { stand.compactMap { $0 } }

  /// What is said of codes that become null.
  func loss(column: String) -> Diagnostic? {
    guard !lost.isEmpty else { return nil }
    return Diagnostic(
      .warning, "these missing codes became null: " + lost.joined(separator: ", "), column: column)
  }
}
