// SPDX-License-Identifier: Apache-2.0

/// Draws an index with given weights, each draw in constant time.
///
///     let table = try AliasTable(weights: [1, 2, 1])
///     let index = table.draw(using: &stream)  // 1 half of the time
///
/// An index of weight 0 is never drawn. Building it is linear in the number of weights.
///
/// ## Source
/// Walker, "An efficient method for generating discrete random variables with general
/// distributions", ACM TOMS 3 (1977) 253–256; built as in Vose, "A linear algorithm for generating
/// random numbers with a given distribution", IEEE TSE 17 (1991) 972–975.
public struct AliasTable: Sendable {
  @usableFromInline let thresholds: [Double]
  @usableFromInline let aliases: [UInt32]

  /// Builds the table of these weights, which need not sum to 1.
  ///
  /// - Throws: ``WeightError`` if there is no weight, one is negative or not finite, or all are 0.
  public init(weights: [Double]) throws(WeightError) {
    let scaled = try WeightError.scaled(weights)
    let count = scaled.count
    let total = scaled.reduce(0, +)
    var shares = scaled.map { $0 / total * Double(count) }
    var thresholds = [Double](repeating: 1, count: count)
    var aliases = (0..<count).map { UInt32($0) }
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let short = small.last, let donor = large.last {
      small.removeLast()
      thresholds[short] = shares[short]
      aliases[short] = UInt32(donor)
      shares[donor] = (shares[donor] + shares[short]) - 1
      if shares[donor] < 1 {
        large.removeLast()
        small.append(donor)
      }
    }
    // Only rounding leaves a cell short; one of weight 0 must still never be drawn.
    if let heaviest = scaled.indices.max(by: { scaled[$0] < scaled[$1] }) {
      for index in small where scaled[index] == 0 {
        thresholds[index] = 0
        aliases[index] = UInt32(heaviest)
      }
    }
    self.thresholds = thresholds
    self.aliases = aliases
  }

  /// The number of weights.
  public var count: Int { thresholds.count }

  /// An index in 0 ..< count: one bounded integer, then one uniform.
  @inlinable
  public func draw(using generator: inout some RandomNumberGenerator) -> Int {
    let cell = Draws.integer(below: thresholds.count, using: &generator)
    return Draws.uniform(using: &generator) < thresholds[cell] ? cell : Int(aliases[cell])
  }
}
