// SPDX-License-Identifier: Apache-2.0

/// How many rows are asked for: a number, or a multiple of the real table's.
public enum RowRequest: Hashable, Sendable {
  /// So many rows.
  case count(Int)
  /// So many times the rows of the real table.
  case times(Double)

  /// The most rows that one run makes.
  public static let maximumCount = 1_000_000_000

  /// Reads `1000`, `10x` or `0.5x`; `nil` for anything else.
  public init?(_ text: String) {
    if text.hasSuffix("x"), let factor = Double(text.dropLast()), factor > 0, factor.isFinite {
      self = .times(factor)
    } else if let count = Int(text), (0...Self.maximumCount).contains(count) {
      self = .count(count)
    } else {
      return nil
    }
  }

  /// The number of rows, given that of the real table.
  public func rowCount(realRowCount: Int) -> Int {
    switch self {
    case .count(let count): count
    case .times(let factor):
      Int(min((factor * Double(realRowCount)).rounded(), Double(Self.maximumCount)))
    }
  }
}
