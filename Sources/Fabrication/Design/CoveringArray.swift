// SPDX-License-Identifier: Apache-2.0

/// Rows in which each combination of the levels of any *t* factors occurs at least once.
///
/// Two designs are made and the smaller is kept: one row after another, each chosen greedily among
/// some candidates; and, for pairs, the product of orthogonal arrays, which is far smaller where many
/// factors have about as many levels. Rows that others make needless are then taken out.
///
/// ## Source
/// Cohen, Dalal, Fredman and Patton, "The AETG system", IEEE Transactions on Software Engineering 23
/// (1997) 437–444; Colbourn, Martirosyan, Mullen, Shasha, Sherwood and Yucas, "Products of mixed
/// covering arrays of strength two", Journal of Combinatorial Designs 14 (2006) 124–138.
public struct CoveringArray: Hashable, Sendable {
  /// The number of levels of each factor.
  public let levels: [Int]
  /// How many factors' combinations occur.
  public let strength: Int
  /// The level of each factor in each row, counted from 0.
  public private(set) var rows: [[Int]]

  /// The most combinations that are kept track of.
  public static let limit = 20_000_000

  /// Makes an array.
  ///
  /// - Returns: `nil` if there are more combinations than ``limit``.
  /// - Precondition: Each factor has a level; 1 ≤ strength ≤ 6 and at most the number of factors.
  public init?(levels: [Int], strength: Int) {
    precondition(
      levels.allSatisfy { $0 > 0 } && (1...6).contains(strength) && strength <= levels.count,
      "factors have levels, and the strength suits them")
    self.levels = levels
    self.strength = strength
    guard let greedy = GreedyCovering(levels: levels, strength: strength)?.rows() else {
      return nil
    }
    rows = greedy
    if strength == 2, let product = OrthogonalProduct.rows(levels: levels) {
      let pruned = Self.pruned(product, levels: levels, strength: strength)
      if pruned.count < rows.count { rows = pruned }
    }
  }

  /// The combinations that no row has, as many as there are.
  public var missingCount: Int {
    var count = 0
    for factors in Combinations(of: levels.count, choose: strength) {
      var seen: Set<Int> = []
      for row in rows { seen.insert(factors.reduce(0) { $0 * levels[$1] + row[$1] }) }
      count += factors.reduce(1) { $0 * levels[$1] } - seen.count
    }
    return count
  }

  /// Takes out rows all of whose combinations other rows have, the last ones first.
  private static func pruned(_ rows: [[Int]], levels: [Int], strength: Int) -> [[Int]] {
    let sets = Array(Combinations(of: levels.count, choose: strength))
    var counts = sets.map { [Int](repeating: 0, count: $0.reduce(1) { $0 * levels[$1] }) }
    func places(_ row: [Int]) -> [Int] {
      sets.map { factors in factors.reduce(0) { $0 * levels[$1] + row[$1] } }
    }
    for row in rows {
      for (set, place) in places(row).enumerated() { counts[set][place] += 1 }
    }
    var kept: [[Int]] = []
    for row in rows.reversed() {
      let own = places(row)
      if own.enumerated().allSatisfy({ counts[$0.offset][$0.element] > 1 }) {
        for (set, place) in own.enumerated() { counts[set][place] -= 1 }
      } else {
        kept.append(row)
      }
    }
    return kept.reversed()
  }
}

/// All ways to choose some of the first whole numbers, in order.
struct Combinations: Sequence, IteratorProtocol {
  private let count: Int
  private var upcoming: [Int]?

  init(of count: Int, choose size: Int) {
    self.count = count
    upcoming = size <= count ? Array(0..<size) : nil
  }

  mutating func next() -> [Int]? {
    guard let current = upcoming else { return nil }
    var following = current
    var place = current.count - 1
    while place >= 0, following[place] == count - current.count + place { place -= 1 }
    if place < 0 {
      upcoming = nil
    } else {
      following[place] += 1
      while place + 1 < current.count {
        following[place + 1] = following[place] + 1
        place += 1
      }
      upcoming = following
    }
    return current
  }
}
