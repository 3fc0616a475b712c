// SPDX-License-Identifier: Apache-2.0

/// The limits that other variables set to a value of one row.
package struct ValueLimits {
  private var lower = -Double.infinity
  private var upper = Double.infinity

  /// No limits.
  package init() {}

  /// The least value that keeps them.
  package var lowest: Double { lower }

  /// The greatest value that keeps them.
  package var highest: Double { upper }

  /// Takes in a value below which this one must not lie; NaN, which stands for none, changes nothing.
  package mutating func raise(to limit: Double) { if limit > lower { lower = limit } }

  /// Takes in a value above which this one must not lie; NaN, which stands for none, changes nothing.
  package mutating func lower(to limit: Double) { if limit < upper { upper = limit } }

  /// Whether a value keeps the limits.
  @inline(__always)
  package func contain(_ value: Double) -> Bool { value >= lower && value <= upper }

  /// Draws a bin and a value among those of a row that keep the limits.
  ///
  /// - Parameters:
  ///   - bin: A uniform number that picks the bin.
  ///   - choice: One that picks a spike or the smooth part of its cell.
  ///   - position: One that picks the place in it.
  ///   - pick: The row's bin among those within bounds that a uniform number picks; `nil` if none is.
  package func draw(
    cells: CellDraw, missingCount: Int, bin: Double, choice: Double, position: Double,
    pick: (_ uniform: Double, _ first: Int, _ last: Int) -> Int?
  ) -> (bin: Int, value: Double) {
    let (lower, upper) = cells.gridLimits(lower, upper)
    let allowed = cells.cells(from: lower, through: upper)
    let drawn =
      pick(bin, missingCount + allowed.lowerBound, missingCount + allowed.upperBound)
      ?? missingCount + allowed.lowerBound
    let value = cells.value(drawn - missingCount, choice: choice, position: position)
    // A limit above another cannot be kept together with it; the lower limit is the older promise.
    return (drawn, max(min(value, upper), lower))
  }
}
