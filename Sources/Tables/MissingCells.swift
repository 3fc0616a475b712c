// SPDX-License-Identifier: Apache-2.0

/// Which cells of a column are missing, and for which reason.
///
/// `codes` is empty when nothing is missing. Otherwise it has one entry a row: 0 for a value that is
/// present, *k* for a cell missing for `reasons[k - 1]`. A column has at most 255 reasons.
public struct MissingCells: Hashable, Sendable {
  /// The reasons this column knows; a reason may be declared and never used.
  public var reasons: [MissingReason]

  /// One code a row, or no code at all when every value is present.
  public var codes: [UInt8]

  /// Creates a record of missing cells.
  ///
  /// - Precondition: No code is above `reasons.count`.
  public init(reasons: [MissingReason] = [], codes: [UInt8] = []) {
    precondition(
      codes.allSatisfy { Int($0) <= reasons.count }, "a missing code points to no reason")
    self.reasons = reasons
    self.codes = codes
  }

  /// A column in which every value is present.
  public static let none = MissingCells()

  /// Whether any cell is missing.
  public var isEmpty: Bool { !codes.contains { $0 != 0 } }

  /// Whether the cell of a row is missing.
  @inlinable
  public func isMissing(at row: Int) -> Bool { !codes.isEmpty && codes[row] != 0 }

  /// The reason why the cell of a row is missing, or `nil` if it is present.
  public func reason(at row: Int) -> MissingReason? {
    guard !codes.isEmpty, codes[row] != 0 else { return nil }
    return reasons[Int(codes[row]) - 1]
  }

  /// The number of missing cells.
  public var count: Int { codes.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } }
}
