// SPDX-License-Identifier: Apache-2.0
import Learners

/// A tree laid out for drawing: raw pointers into its arrays, valid while the tree is borrowed.
struct LeafDraw {
  let predictors: UnsafePointer<Int32>
  let thresholds: UnsafePointer<UInt8>
  let links: UnsafePointer<Int32>
  let leafStarts: UnsafePointer<Int32>
  let firstBins: UnsafePointer<UInt8>
  let lastBins: UnsafePointer<UInt8>
  let cumulativeWeights: UnsafePointer<Double>
  let presentWeights: UnsafePointer<Double>
  let missingCount: Int

  /// The leaf that a row falls into.
  ///
  /// - Parameter position: The row's position on a predictor.
  @inline(__always)
  func leaf(_ position: (Int) -> UInt8) -> Int {
    var node = 0
    while true {
      let predictor = predictors[node]
      guard predictor >= 0 else { return Int(links[node]) }
      node = Int(links[node]) + (position(Int(predictor)) <= thresholds[node] ? 0 : 1)
    }
  }

  /// The bin that a uniform number in 0..<1 picks from a leaf.
  @inline(__always)
  func bin(leaf: Int, uniform: Double) -> Int {
    let start = Int(leafStarts[leaf])
    var low = start
    var high = Int(leafStarts[leaf + 1]) - 1
    let aim = uniform * cumulativeWeights[high]
    while low < high {
      let middle = (low + high) >> 1
      if cumulativeWeights[middle] <= aim { low = middle + 1 } else { high = middle }
    }
    let first = Int(firstBins[low])
    let last = Int(lastBins[low])
    if first == last { return first }
    let below = low > start ? cumulativeWeights[low - 1] : 0
    return bin(
      from: first, through: last, share: (aim - below) / (cumulativeWeights[low] - below))
  }

  /// The bin of a piece, by the distribution of the whole table.
  private func bin(from first: Int, through last: Int, share: Double) -> Int {
    let base = first > missingCount ? presentWeights[first - missingCount - 1] : 0
    let aim = base + share * (presentWeights[last - missingCount] - base)
    var low = first
    var high = last
    while low < high {
      let middle = (low + high) >> 1
      if presentWeights[middle - missingCount] <= aim { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The bin that a uniform number picks among those of a leaf within bounds; `nil` if it has none.
  func bin(leaf: Int, uniform: Double, from first: Int, through last: Int) -> Int? {
    var total = 0.0
    for piece in Int(leafStarts[leaf])..<Int(leafStarts[leaf + 1]) {
      total += weight(ofPiece: piece, leaf: leaf, first, last)
    }
    guard total > 0 else { return nil }
    var rest = uniform * total
    var found: Int?
    for piece in Int(leafStarts[leaf])..<Int(leafStarts[leaf + 1]) {
      let weight = weight(ofPiece: piece, leaf: leaf, first, last)
      guard weight > 0 else { continue }
      let low = max(first, Int(firstBins[piece]))
      let high = min(last, Int(lastBins[piece]))
      found = low == high ? low : bin(from: low, through: high, share: min(rest / weight, 1))
      if rest < weight { break }
      rest -= weight
    }
    return found
  }

  /// The weight of the part of a piece that lies within bounds.
  private func weight(ofPiece piece: Int, leaf: Int, _ first: Int, _ last: Int) -> Double {
    let low = max(first, Int(firstBins[piece]))
    let high = min(last, Int(lastBins[piece]))
    guard low <= high else { return 0 }
    let below = piece > Int(leafStarts[leaf]) ? cumulativeWeights[piece - 1] : 0
    let whole = cumulativeWeights[piece] - below
    if low == Int(firstBins[piece]), high == Int(lastBins[piece]) { return whole }
    return whole * present(low, high)
      / max(present(Int(firstBins[piece]), Int(lastBins[piece])), .leastNormalMagnitude)
  }

  private func present(_ first: Int, _ last: Int) -> Double {
    presentWeights[last - missingCount]
      - (first > missingCount ? presentWeights[first - missingCount - 1] : 0)
  }

  /// Calls a body with a tree laid out for drawing.
  ///
  /// - Parameters:
  ///   - presentWeights: The cumulative weight of the bins of present values in the whole table.
  ///   - missingCount: The number of bins before those.
  static func with<Result>(
    _ tree: ConditionalTree, presentWeights: [Double], missingCount: Int,
    _ body: (LeafDraw) -> Result
  ) -> Result {
    tree.predictors.withUnsafeBufferPointer { predictors in
      tree.thresholds.withUnsafeBufferPointer { thresholds in
        tree.links.withUnsafeBufferPointer { links in
          tree.leafStarts.withUnsafeBufferPointer { leafStarts in
            tree.firstBins.withUnsafeBufferPointer { firstBins in
              tree.lastBins.withUnsafeBufferPointer { lastBins in
                tree.cumulativeWeights.withUnsafeBufferPointer { cumulativeWeights in
                  presentWeights.withUnsafeBufferPointer { presentWeights in
                    guard let predictors = predictors.baseAddress,
                      let thresholds = thresholds.baseAddress, let links = links.baseAddress,
                      let leafStarts = leafStarts.baseAddress,
                      let firstBins = firstBins.baseAddress,
                      let lastBins = lastBins.baseAddress,
                      let cumulativeWeights = cumulativeWeights.baseAddress,
                      let presentWeights = presentWeights.baseAddress
                    else { preconditionFailure("a tree has at least one leaf") }
                    return body(
                      LeafDraw(
                        predictors: predictors, thresholds: thresholds, links: links,
                        leafStarts: leafStarts, firstBins: firstBins, lastBins: lastBins,
                        cumulativeWeights: cumulativeWeights, presentWeights: presentWeights,
                        missingCount: missingCount))
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
