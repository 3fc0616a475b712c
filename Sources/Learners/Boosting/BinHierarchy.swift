// SPDX-License-Identifier: Apache-2.0

/// The bins of a target, cut in two again and again until each stands alone.
///
/// Cuts halve the weight as nearly as they can, so that a bin is found after about as many questions
/// as its information has bits: the more common, the sooner.
public struct BinHierarchy: Hashable, Sendable {
  /// A cut of a stretch of bins.
  public struct Node: Hashable, Sendable {
    /// The places of the bins in ``BinHierarchy/bins`` that reach the node.
    public var range: Range<Int>
    /// The first place that goes right.
    public var middle: Int
    /// The node of the left part, or −1 where it is one bin.
    public var left: Int
    /// The node of the right part, or −1 where it is one bin.
    public var right: Int

    /// Creates a node.
    public init(range: Range<Int>, middle: Int, left: Int, right: Int) {
      self.range = range
      self.middle = middle
      self.left = left
      self.right = right
    }
  }

  /// The bins that occur: ascending, but for stretches that were arranged otherwise.
  public private(set) var bins: [UInt8]
  /// The cuts, each before those of its parts; none where there is one bin.
  public private(set) var nodes: [Node] = []

  /// Cuts bins of some weights.
  ///
  /// - Parameters:
  ///   - weights: The weight of each bin; those without any are left out.
  ///   - leadingNominalCount: How many of the first bins are parted from the others before all else.
  ///   - arrangement: For some bins, the two parts to cut them into where that is better than to cut
  ///     them in their order; else `nil`.
  public init(
    weights: [Double], leadingNominalCount: Int,
    arrangement: ([UInt8]) -> (left: [UInt8], right: [UInt8])? = { _ in nil }
  ) {
    bins = weights.indices.filter { weights[$0] > 0 }.map { UInt8($0) }
    precondition(!bins.isEmpty, "some bin has a weight")
    let leading = bins.count { Int($0) < leadingNominalCount }
    _ = cut(0..<bins.count, weights, leading, arrangement)
  }

  /// Creates a hierarchy from its parts, as a generator file holds them.
  ///
  /// - Parameter middles: The first place that goes right of each node, in their order.
  /// - Returns: `nil` unless the parts fit together.
  public init?(bins: [UInt8], middles: [Int]) {
    guard !bins.isEmpty, Set(bins).count == bins.count, middles.count == bins.count - 1
    else { return nil }
    self.bins = bins
    var next = middles.makeIterator()
    guard rebuild(0..<bins.count, &next) != nil else { return nil }
  }

  /// The node of a part, or −1 where it is one bin; `nil` where a cut lies outside of it.
  private mutating func rebuild(
    _ range: Range<Int>, _ middles: inout IndexingIterator<[Int]>
  ) -> Int? {
    guard range.count > 1 else { return -1 }
    guard let middle = middles.next(), middle > range.lowerBound, middle < range.upperBound else {
      return nil
    }
    let place = nodes.count
    nodes.append(Node(range: range, middle: middle, left: -1, right: -1))
    guard let left = rebuild(range.lowerBound..<middle, &middles),
      let right = rebuild(middle..<range.upperBound, &middles)
    else { return nil }
    nodes[place].left = left
    nodes[place].right = right
    return place
  }

  private mutating func cut(
    _ range: Range<Int>, _ weights: [Double], _ leading: Int,
    _ arrangement: ([UInt8]) -> (left: [UInt8], right: [UInt8])?
  ) -> Int {
    guard range.count > 1 else { return -1 }
    var middle = range.lowerBound + 1
    if range.contains(leading), leading > range.lowerBound {
      middle = leading
    } else if range.lowerBound >= leading, range.count > 2,
      let parts = arrangement(Array(bins[range]))
    {
      bins.replaceSubrange(range, with: parts.left + parts.right)
      middle = range.lowerBound + parts.left.count
    } else {
      middle = half(range, weights)
    }
    let place = nodes.count
    nodes.append(Node(range: range, middle: middle, left: -1, right: -1))
    nodes[place].left = cut(range.lowerBound..<middle, weights, leading, arrangement)
    nodes[place].right = cut(middle..<range.upperBound, weights, leading, arrangement)
    return place
  }

  /// The place that halves the weight of a stretch as nearly as can be.
  private func half(_ range: Range<Int>, _ weights: [Double]) -> Int {
    let aim = bins[range].reduce(0) { $0 + weights[Int($1)] } / 2
    var best = (place: range.lowerBound + 1, distance: Double.infinity)
    var sum = 0.0
    for place in range.dropFirst() {
      sum += weights[Int(bins[place - 1])]
      if abs(sum - aim) < best.distance { best = (place, abs(sum - aim)) }
    }
    return best.place
  }
}
