// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness

/// Rows that draw side by side from a law that takes one number of each row's stream.
struct DrawBlock {
  /// A list of arguments: one a row, or one for all rows.
  typealias Argument = (list: UnsafeBufferPointer<Double>, mask: Int)

  /// The first number of each row's stream.
  let numbers: UnsafeMutableBufferPointer<UInt64>
  let first: Argument
  let second: Argument
  /// What is drawn.
  let values: UnsafeMutableBufferPointer<Double>

  /// Gives each row a uniform in [0, 1).
  func fillUniforms() {
    // Draws.unitInterval in two exact parts, as conversions of 64 bits do not go side by side.
    for row in values.indices {
      let bits = numbers[row]
      let upper = Double(bitPattern: bits &>> 32 | 0x4330_0000_0000_0000) - 0x1p52
      let lower = Double(bitPattern: bits &>> 11 & 0x1f_ffff | 0x4330_0000_0000_0000) - 0x1p52
      values[row] = upper * 0x1p-32 + lower * 0x1p-53
    }
  }

  /// Gives each row a uniform in (0, 1), as ``Draws/openUniform(using:)`` does.
  func fillOpenUniforms() {
    for row in values.indices {
      let whole = Double(bitPattern: numbers[row] &>> 12 | 0x4330_0000_0000_0000) - 0x1p52
      values[row] = (whole + 0.5) * 0x1p-52
    }
  }

  /// Gives each row a standard normal.
  func fillNormals() {
    fillOpenUniforms()
    // The numbers are done with: their room holds the uniforms.
    numbers.withMemoryRebound(to: Double.self) { uniforms in
      for row in values.indices { uniforms[row] = values[row] }
      NormalDistribution.quantiles(at: UnsafeBufferPointer(uniforms), into: values)
    }
  }

  /// Gives each row an exponential of mean 1.
  func fillExponentials() {
    fillOpenUniforms()
    ElementaryFunctions.log(each: values)
    for row in values.indices { values[row] = -values[row] }
  }

  /// Makes each value of itself and the row's two arguments.
  @inline(__always)
  func finish(_ body: (Double, Double, Double) -> Double) {
    switch (first.mask, second.mask) {
    case (0, 0):
      let (one, other) = (first.list[0], second.list[0])
      for row in values.indices { values[row] = body(values[row], one, other) }
    case (_, 0):
      let other = second.list[0]
      for row in values.indices { values[row] = body(values[row], first.list[row], other) }
    default:
      for row in values.indices {
        values[row] = body(
          values[row], first.list[row & first.mask], second.list[row & second.mask])
      }
    }
  }
}
