// SPDX-License-Identifier: Apache-2.0
import CMatrices

/// Where the weights of a column lie as they are multiplied.
struct ColumnWeights: @unchecked Sendable {
  let binCount: Int
  /// A row of the context's width a bin.
  let embeddings: UnsafeMutablePointer<Float>
  let start: UnsafeMutablePointer<Float>
  let inner: UnsafeMutablePointer<Float>
  let innerStart: UnsafeMutablePointer<Float>
  /// A row of the inner width a bin.
  let outer: UnsafeMutablePointer<Float>
  /// The transpose of `outer`, its rows padded.
  let outerAcross: UnsafeMutablePointer<Float>
  /// One number a bin, padded with such as make a probability of 0.
  let outerStart: UnsafeMutablePointer<Float>

  /// The number that stands for an impossible bin.
  static let impossible: Float = -1e30

  /// The number of bins, padded.
  var paddedCount: Int { padded(binCount) }

  /// The probabilities of the column's bins in some rows.
  ///
  /// - Parameters:
  ///   - contexts: A row of `contextWidth` each, rectified.
  ///   - inner: Room for a row of `innerWidth` each.
  ///   - probabilities: Room for a row of the padded number of bins each.
  func probabilities(
    contexts: UnsafePointer<Float>, rows: Int, contextWidth: Int, innerWidth: Int,
    inner room: UnsafeMutablePointer<Float>, into probabilities: UnsafeMutablePointer<Float>
  ) {
    matrix_multiply(
      room, innerWidth, contexts, contextWidth, 1, inner, innerWidth, innerStart, 0, rows,
      innerWidth, contextWidth)
    matrix_rectify(room, rows * innerWidth)
    matrix_multiply(
      probabilities, paddedCount, room, innerWidth, 1, outerAcross, paddedCount, outerStart, 0,
      rows, paddedCount, innerWidth)
    matrix_softmax(probabilities, paddedCount, rows, paddedCount)
  }
}
