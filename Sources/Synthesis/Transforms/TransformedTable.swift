// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
public import Tables

/// A real table after the transforms of a plan: what a generator is allowed to see.
public struct TransformedTable: Sendable {
  /// The rows.
  public let table: Table

  /// The name of the level into which rare ones are merged.
  public static let otherLevel = "other"

  /// Applies the transforms of a plan's steps.
  ///
  /// A limit that is a quantile is moved inwards until `minimumCount` rows lie at it or beyond, so that
  /// it can never be a value of a few.
  ///
  /// - Throws: `DataError` if a transform does not suit the values of its variable.
  public init(
    _ table: Table, steps: [(variable: String, transforms: [PlanTransform])], minimumCount: Int
  ) throws(DataError) {
    var changes: [String: [PlanTransform]] = [:]
    for step in steps where !step.transforms.isEmpty { changes[step.variable] = step.transforms }
    guard !changes.isEmpty else {
      self.table = table
      return
    }
    var columns: [Column] = []
    for var column in table.columns {
      for transform in changes[column.name] ?? [] {
        column = try Self.applying(transform, to: column, minimumCount: minimumCount)
      }
      columns.append(column)
    }
    self.table = Table(name: table.name, columns: columns, rowCount: table.rowCount)
  }

  private static func applying(
    _ transform: PlanTransform, to column: Column, minimumCount: Int
  ) throws(DataError) -> Column {
    switch transform {
    case .topCode(let quantile):
      guard let limit = tail(column, 1 - quantile, minimumCount, isUpper: true) else {
        return column
      }
      return try mapped(column, "top-code") { min($0, limit) }
    case .bottomCode(let quantile):
      guard let limit = tail(column, quantile, minimumCount, isUpper: false) else { return column }
      return try mapped(column, "bottom-code") { max($0, limit) }
    case .topCodeAt(let limit): return try mapped(column, "top-code") { min($0, limit) }
    case .bottomCodeAt(let limit): return try mapped(column, "bottom-code") { max($0, limit) }
    case .round(let step):
      return try mapped(column, "round") { ($0 / step).rounded() * step }
    case .group(let minimum): return try grouped(column, minimum: minimum)
    case .shiftDates(let days): return try shifted(column, days: days)
    }
  }

  /// The value with a share of the present rows at it or beyond, and never fewer than a minimum.
  private static func tail(
    _ column: Column, _ share: Double, _ minimumCount: Int, isUpper: Bool
  ) -> Double? {
    let values = column.values.scaleValues
    let present = values.indices.filter { !column.missing.isMissing(at: $0) }.map { values[$0] }
      .sorted()
    guard !present.isEmpty else { return nil }
    let beyond = min(
      max(Int((share * Double(present.count)).rounded(.down)), minimumCount, 1), present.count)
    return isUpper ? present[present.count - beyond] : present[beyond - 1]
  }

  private static func mapped(
    _ column: Column, _ name: String, _ change: (Double) -> Double
  ) throws(DataError) -> Column {
    guard let storage = ScaleStorage(column.values) else { throw unsuited(name, column) }
    var column = column
    column.values = storage.values(column.values.scaleValues.map(change))
    return column
  }

  private static func grouped(_ column: Column, minimum: Int) throws(DataError) -> Column {
    guard case .texts(let codes, var pool) = column.values else { throw unsuited("group", column) }
    var counts = [Int](repeating: 0, count: pool.count)
    for row in codes.indices where !column.missing.isMissing(at: row) {
      counts[Int(codes[row])] += 1
    }
    let other = UInt32(pool.count)
    pool.append(otherLevel)
    var column = column
    column.values = .texts(
      codes: codes.map { counts[Int($0)] < minimum ? other : $0 }, pool: pool)
    return column
  }

  private static func shifted(_ column: Column, days: Int) throws(DataError) -> Column {
    // The move belongs to the row and not to the column, so that spans between dates stay.
    let stream = RandomKey(seed: "shift-dates").stream("days")
    let moves = (0..<column.count).map { row in
      Int((stream.uniforms(entity: UInt64(row), draw: 0).0 * Double(2 * days + 1)).rounded(.down))
        - days
    }
    var column = column
    switch column.values {
    case .dates(let list):
      column.values = .dates(list.indices.map { list[$0] + Int32(moves[$0]) })
    case .dateTimes(let list):
      column.values = .dateTimes(list.indices.map { list[$0] + Int64(moves[$0]) * 86_400_000_000 })
    default: throw unsuited("shift-dates", column)
    }
    return column
  }

  private static func unsuited(_ name: String, _ column: Column) -> DataError {
    DataError(
      "the transform \"\(name)\" does not suit values stored as \(column.values.typeName)",
      column: column.name, remedy: "Take the transform out, or use it on another variable.")
  }
}
