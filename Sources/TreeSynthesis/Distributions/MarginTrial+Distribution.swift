// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis
import Tables

extension MarginTrial {
  /// The weights of the bins of a variable, whose predictors are drawn, in each row.
  func weights(
    _ place: Int, _ weigher: any BinWeigher, using key: StreamKey
  ) -> TrialWeights {
    var plain = variables[place]
    plain.binFactors = []
    let variable = plain
    let draw = DistributionDraw(weigher, of: variable)
    let binCount = max(1, variable.layout.binCount)
    let pieceSize = 1 << 12
    let pieces = ChunkedWork(
      count: (rowCount + pieceSize - 1) / pieceSize, threads: threads, chunkSize: 1
    ).map { pieces in
      pieces.map { piece -> [Float] in
        let rows = piece * pieceSize..<min(rowCount, (piece + 1) * pieceSize)
        var weights = [Float](repeating: 0, count: rows.count * binCount)
        bins.withUnsafeBufferPointer { bins in
          guard let bins = bins.baseAddress else { return }
          let columns = variable.predictors.map { bins + $0 * rowCount + rows.lowerBound }
          PartUniforms.with(
            key, rows: rows.lowerBound, count: rows.count, isWanted: draw.hasParts
          ) { parts in
            draw.withWeights(columns, count: rows.count, parts: parts) { row, own in
              for bin in 0..<binCount { weights[row * binCount + bin] = Float(own[bin]) }
            }
          }
        }
        return weights
      }
    }
    return TrialWeights(weights: Array(pieces.joined()), binCount: binCount)
  }

  /// Draws a variable by the weights of its bins, once more if it was drawn before.
  ///
  /// Uniform numbers are spread evenly over blocks of rows, as those of real draws are.
  ///
  /// - Parameter factors: By how much each bin's weight is multiplied; empty for nothing.
  mutating func draw(
    _ place: Int, _ weigher: any BinWeigher, _ weights: TrialWeights, factors: [Double],
    using key: StreamKey
  ) {
    let binCount = weights.binCount
    let scale = factors.isEmpty ? [Double](repeating: 1, count: binCount) : factors
    ChunkUniforms.with(key, rows: 0, count: rowCount, isTwice: false) { uniforms in
      for row in 0..<rowCount {
        var total = 0.0
        for bin in 0..<binCount {
          total += Double(weights.weights[row * binCount + bin]) * scale[bin]
        }
        var rest = uniforms.choice[row] * total
        var drawn = 0
        for bin in 0..<binCount {
          let weight = Double(weights.weights[row * binCount + bin]) * scale[bin]
          guard weight > 0 else { continue }
          drawn = bin
          if rest < weight { break }
          rest -= weight
        }
        bins[place * rowCount + row] = UInt8(drawn)
      }
    }
    var variable = variables[place]
    variable.binFactors = factors
    let draw = DistributionDraw(weigher, of: variable)
    // A variable is none of its own predictors, so that redrawn rows change nothing in these.
    let before = bins
    before.withUnsafeBufferPointer { before in
      guard let base = before.baseAddress else { return }
      let columns = variable.predictors.map { base + $0 * rowCount }
      drawValues(place, using: key) { .distribution(draw, columns, row: $0) }
    }
  }
}
