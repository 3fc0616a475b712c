// SPDX-License-Identifier: Apache-2.0
import CMatrices
import Randomness

/// The parameters between bins and normals, and between normals and columns, while they are learned.
final class EncoderParameters: @unchecked Sendable {
  private let room: AdamRoom
  private let contextWidth: Int
  private let latentWidth: Int
  private let codePlace: Int
  private let codeStartPlace: Int
  private let spreadPlace: Int

  init(contextWidth: Int, latentWidth: Int, using stream: inout RandomStream) {
    self.contextWidth = contextWidth
    self.latentWidth = latentWidth
    codePlace = contextWidth
    codeStartPlace = codePlace + contextWidth * 2 * latentWidth
    spreadPlace = codeStartPlace + 2 * latentWidth
    room = AdamRoom(spreadPlace + latentWidth * contextWidth)
    let parameters = room.parameters.base
    func fill(_ range: Range<Int>, _ deviation: Double) {
      for place in range {
        parameters[place] = Float(
          Draws.normal(mean: 0, standardDeviation: deviation, using: &stream))
      }
    }
    fill(0..<codePlace, 0.1)
    fill(codePlace..<codeStartPlace, 0.5 * (1 / Double(contextWidth)).squareRoot())
    fill(spreadPlace..<room.parameters.count, (1 / Double(latentWidth)).squareRoot())
    room.beginMeans()
  }

  var parameters: FloatRoom { room.parameters }
  var gradients: FloatRoom { room.gradients }

  /// The weights, with those of columns.
  func weights(_ embeddings: [UnsafePointer<Float>]) -> EncoderWeights {
    weights(room.parameters, embeddings)
  }

  /// The weights by running means of parameters, with those of columns.
  func meanWeights(_ embeddings: [UnsafePointer<Float>]) -> EncoderWeights {
    weights(room.means, embeddings)
  }

  private func weights(
    _ own: FloatRoom, _ embeddings: [UnsafePointer<Float>]
  ) -> EncoderWeights {
    EncoderWeights(
      contextWidth: contextWidth, latentWidth: latentWidth, embeddings: embeddings,
      start: UnsafePointer(own.base), code: UnsafePointer(own.base + codePlace),
      codeStart: UnsafePointer(own.base + codeStartPlace),
      spread: UnsafePointer(own.base + spreadPlace))
  }

  /// The layer from normals to what is known, by running means.
  var meanLayer: LatentLayer {
    guard
      let layer = LatentLayer(
        width: latentWidth, contextWidth: contextWidth,
        weights: room.meanValues(spreadPlace, latentWidth * contextWidth))
    else { preconditionFailure("trained weights add up") }
    return layer
  }

  /// The transposes of both matrices, by which gradients go back: of `code`, and of `spread`.
  func transposes(code: FloatRoom, spread: FloatRoom) {
    let own = room.parameters.base
    let width = 2 * latentWidth
    matrix_transpose(code.base, contextWidth, own + codePlace, width, contextWidth, width)
    matrix_transpose(
      spread.base, latentWidth, own + spreadPlace, contextWidth, latentWidth, contextWidth)
  }

  /// Sums gradients over rows.
  ///
  /// - Parameters:
  ///   - hidden: The encoder's rectified numbers; `hiddenBack` their gradients.
  ///   - codeBack: The gradients of means and logarithms of variances.
  ///   - normals: The normals drawn; `knownBack` the gradients of what they say.
  func learn(
    hidden: UnsafePointer<Float>, hiddenBack: UnsafePointer<Float>,
    codeBack: UnsafePointer<Float>, normals: UnsafePointer<Float>,
    knownBack: UnsafePointer<Float>, rows: Int
  ) {
    let gradients = room.gradients.base
    let width = 2 * latentWidth
    gradients.update(repeating: 0, count: contextWidth)
    matrix_add_rows(gradients, hiddenBack, contextWidth, rows, contextWidth)
    matrix_multiply(
      gradients + codePlace, width, hidden, 1, contextWidth, codeBack, width, nil, 0, contextWidth,
      width, rows)
    (gradients + codeStartPlace).update(repeating: 0, count: width)
    matrix_add_rows(gradients + codeStartPlace, codeBack, width, rows, width)
    matrix_multiply(
      gradients + spreadPlace, contextWidth, normals, 1, latentWidth, knownBack, contextWidth, nil,
      0, latentWidth, contextWidth, rows)
  }

  /// Takes a step.
  func step(_ step: AdamRoom.Step) {
    room.step(step, weights: [codePlace..<codeStartPlace, spreadPlace..<room.parameters.count])
  }
}
