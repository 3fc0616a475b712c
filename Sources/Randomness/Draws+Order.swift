// SPDX-License-Identifier: Apache-2.0

extension Draws {
  /// Puts the elements into random order, each order with the same probability.
  ///
  /// ## Source
  /// Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7 (1964) 420, also
  /// known as Fisher–Yates.
  @inlinable
  public static func shuffle<Element>(
    _ elements: inout [Element], using generator: inout some RandomNumberGenerator
  ) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, integer(below: last + 1, using: &generator))
    }
  }

  /// The whole numbers 0 ..< count in random order.
  ///
  /// - Precondition: the count is not negative.
  @inlinable
  public static func permutation(
    of count: Int, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    precondition(count >= 0, "the count is not negative")
    var order = Array(0..<count)
    shuffle(&order, using: &generator)
    return order
  }

  /// Different whole numbers of 0 ..< population, in ascending order, each set equally probable.
  ///
  /// Time and memory grow with the sample, not with the population.
  ///
  /// ## Source
  /// Bentley and Floyd, "A sample of brilliance", Communications of the ACM 30 (1987) 754–757,
  /// algorithm F2.
  ///
  /// - Precondition: 0 ≤ count ≤ population.
  @inlinable
  public static func sample(
    _ count: Int, of population: Int, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    precondition(count >= 0 && count <= population, "a sample is no larger than its population")
    var chosen: Set<Int> = []
    chosen.reserveCapacity(count)
    for top in (population - count)..<population {
      let candidate = integer(below: top + 1, using: &generator)
      chosen.insert(chosen.contains(candidate) ? top : candidate)
    }
    return chosen.sorted()
  }
}
