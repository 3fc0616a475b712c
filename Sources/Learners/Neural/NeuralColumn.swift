// SPDX-License-Identifier: Apache-2.0

/// What a network must know of a column of bins.
public struct NeuralColumn: Hashable, Sendable {
  /// The number of bins.
  public var binCount: Int
  /// The bins that lie on a scale, in its order; empty for levels.
  public var ordered: Range<Int>

  /// Creates a column.
  ///
  /// - Precondition: 1 to 256 bins, and those on a scale among them.
  public init(binCount: Int, ordered: Range<Int> = 0..<0) {
    precondition((1...256).contains(binCount), "a column has 1 to 256 bins")
    precondition(ordered.isEmpty || ordered.upperBound <= binCount, "bins on a scale are bins")
    self.binCount = binCount
    self.ordered = ordered
  }

  /// The fewest bins of a scale that are tied to their neighbours.
  private static let fewestTied = 12
  /// How many stretches a scale is cut into, coarsely and finely.
  private static let stretches = [4, 16, 64]

  /// How bins on a scale lean on knots: each takes part in the weights of the two knots around it, on a
  /// coarse grid and on finer ones, so that near bins start alike and learn from each other's rows.
  var hats: Hats {
    var hats = Hats(binCount: binCount)
    guard ordered.count >= Self.fewestTied else { return hats }
    var perBin = [[(knot: Int, weight: Float)]](repeating: [], count: binCount)
    for stretches in Self.stretches where 2 * stretches < ordered.count {
      for bin in ordered {
        let place =
          Float(bin - ordered.lowerBound) / Float(max(1, ordered.count - 1)) * Float(stretches)
        let knot = min(stretches - 1, Int(place))
        let weight = place - Float(knot)
        perBin[bin].append((hats.knotCount + knot, 1 - weight))
        perBin[bin].append((hats.knotCount + knot + 1, weight))
      }
      hats.knotCount += stretches + 1
    }
    hats.perBin = perBin
    return hats
  }

  /// The knots that each bin leans on.
  struct Hats: Sendable {
    var knotCount = 0
    var perBin: [[(knot: Int, weight: Float)]]

    init(binCount: Int) { perBin = .init(repeating: [], count: binCount) }
  }
}
