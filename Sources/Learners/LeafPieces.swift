// SPDX-License-Identifier: Apache-2.0

/// Cuts the bins of a leaf into pieces that each rest on a few rows.
///
/// A leaf of twenty rows says roughly where on the scale its rows lie; which of a piece's bins a value
/// falls into is left to the distribution of the whole table, which keeps heaping and shows nobody's
/// value.
struct LeafPieces {
  /// A run of bins with the weight of its rows.
  struct Piece {
    var first: Int
    var last: Int
    var weight: Double
  }

  private(set) var list: [Piece] = []

  /// Cuts bins into pieces.
  ///
  /// - Parameters:
  ///   - leadingNominalCount: How many first bins stand for themselves.
  ///   - aim: The weight at which a piece is closed.
  mutating func cut(_ weights: [Double], leadingNominalCount: Int, aim: Double) {
    list.removeAll(keepingCapacity: true)
    let nominalEnd = min(leadingNominalCount, weights.count)
    for bin in 0..<nominalEnd where weights[bin] > 0 {
      list.append(Piece(first: bin, last: bin, weight: weights[bin]))
    }
    var open: Piece?
    let firstOfScale = list.count
    for bin in nominalEnd..<weights.count where weights[bin] > 0 {
      if weights[bin] >= aim {
        if let piece = open { list.append(piece) }
        open = nil
        list.append(Piece(first: bin, last: bin, weight: weights[bin]))
        continue
      }
      var piece = open ?? Piece(first: bin, last: bin, weight: 0)
      piece.last = bin
      piece.weight += weights[bin]
      open = piece
      if piece.weight >= aim {
        list.append(piece)
        open = nil
      }
    }
    guard let rest = open else { return }
    // What is left over joins its neighbour, unless that is one heavy bin of its own.
    if list.count > firstOfScale, list[list.count - 1].first < list[list.count - 1].last {
      list[list.count - 1].last = rest.last
      list[list.count - 1].weight += rest.weight
    } else {
      list.append(rest)
    }
  }
}
