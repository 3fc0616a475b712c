// SPDX-License-Identifier: Apache-2.0
import Randomness

extension StreamKey {
  /// Fills numbers with a stratified uniform for each row of a chunk, and the rest with a second one.
  ///
  /// - Parameters:
  ///   - numbers: Room for two stretches of `stride`.
  ///   - firstRow: The number of the chunk's first row.
  func fillSpare(_ numbers: inout [Double], firstRow: Int, count: Int, stride: Int) {
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      fillUniforms(
        entities: UInt64(firstRow), count: count, draw: 0, firsts: base, seconds: base + stride)
      stratify(entities: UInt64(firstRow), count: count, base)
    }
  }
}
