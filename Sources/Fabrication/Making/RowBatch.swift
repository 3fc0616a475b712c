// SPDX-License-Identifier: Apache-2.0

/// Rows that are made together: consecutive ones, or any ones at one of their attempts each.
///
/// A row's draws at an attempt are those of an entity of its own, so that each value is one function of
/// seed, row and attempt.
struct RowBatch {
  /// An attempt's number stands above the bits of the row's.
  private static let attemptShift: UInt64 = 40
  /// The most rows of a table.
  static let maximumRow = 1 << Int(attemptShift)

  let count: Int
  private let first: Int
  private let entities: [UInt64]

  /// Consecutive rows at attempt 0.
  init(_ rows: Range<Int>) {
    count = rows.count
    first = rows.lowerBound
    entities = []
  }

  /// Some rows, each at some attempts one after another.
  init(rows: [Int], attempts: Range<Int>) {
    entities = rows.flatMap { row in
      attempts.map { UInt64(row) | UInt64($0) << Self.attemptShift }
    }
    count = entities.count
    first = 0
  }

  /// Whether the rows follow each other, all at attempt 0.
  var isConsecutive: Bool { entities.isEmpty }

  /// The number of the first row, where they follow each other.
  var firstRow: Int { first }

  /// The entity of a place.
  @inline(__always)
  func entity(_ place: Int) -> UInt64 {
    entities.isEmpty ? UInt64(first &+ place) : entities[place]
  }

  /// The number of the row at a place.
  func row(_ place: Int) -> Int {
    entities.isEmpty ? first + place : Int(entities[place] & (1 << Self.attemptShift - 1))
  }

  /// All entities.
  var list: [UInt64] { (0..<count).map(entity) }
}
