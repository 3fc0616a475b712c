// SPDX-License-Identifier: Apache-2.0
import CMatrices
import Numerics
import Randomness

/// Where the weights lie that lead from a row's bins to the normals behind it, and on to what is known of it.
///
///     h = relu(e + Σ over columns j of Eⱼ[xⱼ])      (μ, λ) = h C + c      z = μ + exp(λ / 2) ε
struct EncoderWeights: @unchecked Sendable {
  /// What the logarithm of a normal's variance is kept in.
  static let logarithms: ClosedRange<Float> = -8...4

  let contextWidth: Int
  let latentWidth: Int
  /// For each column a row of `contextWidth` a bin.
  let embeddings: [UnsafePointer<Float>]
  let start: UnsafePointer<Float>
  /// `contextWidth` rows of twice the latent width: means, then logarithms of variances.
  let code: UnsafePointer<Float>
  let codeStart: UnsafePointer<Float>
  /// A row of `contextWidth` a normal.
  let spread: UnsafePointer<Float>

  /// The means of normals, and the logarithms of their variances, of some rows.
  ///
  /// - Parameters:
  ///   - bins: The bins of rows, `stride` a column; rows of all rooms are numbered alike.
  ///   - hidden: Room for `contextWidth` floats a row.
  ///   - codes: Room for twice the latent width a row.
  func encode(
    _ bins: UnsafePointer<UInt8>, stride: Int, rows: Range<Int>,
    hidden: UnsafeMutablePointer<Float>, into codes: UnsafeMutablePointer<Float>
  ) {
    let first = hidden + rows.lowerBound * contextWidth
    for row in rows {
      let own = hidden + row * contextWidth
      own.update(from: start, count: contextWidth)
      for (column, rowsOfBins) in embeddings.enumerated() {
        matrix_add(
          own, rowsOfBins + Int(bins[column * stride + row]) * contextWidth, 1, contextWidth)
      }
    }
    matrix_rectify(first, rows.count * contextWidth)
    let width = 2 * latentWidth
    matrix_multiply(
      codes + rows.lowerBound * width, width, first, contextWidth, 1, code, width, codeStart, 0,
      rows.count, width, contextWidth)
  }

  /// Draws the normals of a row around their means, and returns by how much they diverge from standard
  /// normals, in nats.
  ///
  /// - Parameters:
  ///   - code: The row's means and logarithms of variances; the latter are brought into ``logarithms``.
  ///   - noise: Becomes what was added to each mean over its deviation.
  func draw(
    _ code: UnsafeMutablePointer<Float>, using stream: inout RandomStream,
    noise: UnsafeMutablePointer<Float>, into normals: UnsafeMutablePointer<Float>
  ) -> Double {
    var divergence = 0.0
    for place in 0..<latentWidth {
      let mean = code[place]
      let logarithm = min(
        max(code[latentWidth + place], Self.logarithms.lowerBound), Self.logarithms.upperBound)
      let deviation = ElementaryFunctions.exp(Double(logarithm) / 2)
      noise[place] = Float(Draws.normal(mean: 0, standardDeviation: 1, using: &stream))
      normals[place] = mean + Float(deviation) * noise[place]
      divergence +=
        0.5 * (deviation * deviation + Double(mean) * Double(mean) - 1 - Double(logarithm))
    }
    return divergence
  }

  /// What normals say of some rows.
  ///
  /// - Parameters:
  ///   - normals: The latent width a row.
  ///   - known: Room for `contextWidth` floats a row.
  func know(
    _ normals: UnsafePointer<Float>, rows: Range<Int>, into known: UnsafeMutablePointer<Float>
  ) {
    matrix_multiply(
      known + rows.lowerBound * contextWidth, contextWidth,
      normals + rows.lowerBound * latentWidth, latentWidth, 1, spread, contextWidth, nil, 0,
      rows.count, contextWidth, latentWidth)
  }
}
