// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Groups of rows around centres, each row in the group of its nearest.
///
/// ## Source
/// Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982) 129–137;
/// Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, for the start.
public struct KMeans: Hashable, Sendable {
  /// The centres, one after another, each of as many entries as there are columns.
  public private(set) var centres: [Double]
  /// The group of each row.
  public private(set) var groups: [Int]
  /// The sum of squared distances of rows to their centres.
  public private(set) var inertia: Double

  /// Groups rows, from given centres, until none changes its group.
  ///
  /// A centre that loses all its rows stays where it is.
  ///
  /// - Parameters:
  ///   - rows: The rows, one after another.
  ///   - columnCount: The entries of a row.
  public init(_ rows: [Double], columnCount: Int, centres: [Double], maximumRoundCount: Int = 300) {
    precondition(columnCount > 0 && !centres.isEmpty, "rows have entries and there is a centre")
    self.centres = centres
    groups = [Int](repeating: -1, count: rows.count / columnCount)
    inertia = 0
    for _ in 0..<maximumRoundCount {
      guard assign(rows, columnCount) else { break }
      move(rows, columnCount)
    }
    _ = assign(rows, columnCount)
  }

  /// Puts each row into the group of its nearest centre; whether one changed its group.
  private mutating func assign(_ rows: [Double], _ size: Int) -> Bool {
    var hasChanged = false
    inertia = 0
    for row in groups.indices {
      var best = (group: 0, distance: Double.infinity)
      for group in 0..<centres.count / size {
        let distance = Self.distance(rows, row, centres, group, size)
        if distance < best.distance { best = (group, distance) }
      }
      inertia += best.distance
      if groups[row] != best.group {
        groups[row] = best.group
        hasChanged = true
      }
    }
    return hasChanged
  }

  private mutating func move(_ rows: [Double], _ size: Int) {
    var sums = [Double](repeating: 0, count: centres.count)
    var counts = [Double](repeating: 0, count: centres.count / size)
    for row in groups.indices {
      counts[groups[row]] += 1
      for k in 0..<size { sums[groups[row] * size + k] += rows[row * size + k] }
    }
    for place in sums.indices where counts[place / size] > 0 {
      centres[place] = sums[place] / counts[place / size]
    }
  }

  private static func distance(
    _ rows: [Double], _ row: Int, _ centres: [Double], _ group: Int, _ size: Int
  ) -> Double {
    var sum = 0.0
    for k in 0..<size {
      let difference = rows[row * size + k] - centres[group * size + k]
      sum += difference * difference
    }
    return sum
  }

  /// Centres to start with: rows, each drawn with a probability that grows with its squared distance to
  /// those before.
  public static func start(
    _ rows: [Double], columnCount: Int, count: Int,
    using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    let rowCount = rows.count / columnCount
    precondition(rowCount > 0, "there are rows")
    var chosen = [Draws.integer(below: rowCount, using: &generator)]
    var nearest = [Double](repeating: .infinity, count: rowCount)
    var centres: [Double] = []
    while true {
      let last = chosen[chosen.count - 1]
      centres += rows[last * columnCount..<(last + 1) * columnCount]
      guard chosen.count < count else { return centres }
      var total = 0.0
      for row in 0..<rowCount {
        nearest[row] = min(
          nearest[row], distance(rows, row, centres, chosen.count - 1, columnCount))
        total += nearest[row]
      }
      var rest = Draws.uniform(using: &generator) * total
      var next = rowCount - 1
      for row in 0..<rowCount {
        if rest < nearest[row] {
          next = row
          break
        }
        rest -= nearest[row]
      }
      chosen.append(next)
    }
  }
}
