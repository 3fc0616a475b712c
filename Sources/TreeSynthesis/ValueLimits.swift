// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ValueLimits {
  /// Draws a bin and a value among those of a row that keep the limits.
  ///
  /// - Parameters:
  ///   - bin: A uniform number that picks the bin.
  ///   - choice: One that picks a spike or the smooth part of its cell.
  ///   - position: One that picks the place in it.
  func draw(
    _ bins: BinChoice, cells: CellDraw, missingCount: Int, bin: Double, choice: Double,
    position: Double
  ) -> (bin: Int, value: Double) {
    draw(
      cells: cells, missingCount: missingCount, bin: bin, choice: choice, position: position
    ) { bins.bin(uniform: $0, from: $1, through: $2) }
  }
}
