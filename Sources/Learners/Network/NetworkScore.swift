// SPDX-License-Identifier: Apache-2.0
import Numerics

/// How well parents foretell a column, less a price for each number it takes.
///
/// ## Source
/// Schwarz, "Estimating the dimension of a model", Annals of Statistics 6 (1978) 461–464: the logarithm of
/// the likelihood less ½ ln n for each free parameter (BIC, by the sign of `bnlearn`).
public struct NetworkScore: Sendable {
  /// Tables of more cells are never asked for.
  static let greatestTable = 1 << 20

  let columns: DiscreteColumns

  /// Creates a score.
  public init(_ columns: DiscreteColumns) { self.columns = columns }

  /// The score of one column given its parents; minus infinity where their table would be too large.
  public func family(_ child: Int, given parents: [Int]) -> Double {
    let own = columns.classCounts[child]
    var cells = 1
    for parent in parents {
      cells *= columns.classCounts[parent]
      guard cells * own <= Self.greatestTable else { return -.infinity }
    }
    let counts = columns.counts(of: child, given: parents)
    var sum = 0.0
    for cell in 0..<cells {
      var total = 0.0
      for place in cell * own..<(cell + 1) * own where counts[place] > 0 {
        let count = Double(counts[place])
        total += count
        sum += count * ElementaryFunctions.log(count)
      }
      if total > 0 { sum -= total * ElementaryFunctions.log(total) }
    }
    let price = 0.5 * ElementaryFunctions.log(Double(max(columns.rowCount, 1)))
    return sum - price * Double(cells * (own - 1))
  }

  /// The mutual information of two columns, in nats a row.
  public func information(_ first: Int, _ second: Int) -> Double {
    let (a, b) = (columns.classCounts[first], columns.classCounts[second])
    let counts = columns.counts(of: first, given: [second])
    var sum = 0.0
    var left = [Double](repeating: 0, count: a)
    for row in 0..<b {
      var total = 0.0
      for place in 0..<a {
        let count = Double(counts[row * a + place])
        guard count > 0 else { continue }
        total += count
        left[place] += count
        sum += count * ElementaryFunctions.log(count)
      }
      if total > 0 { sum -= total * ElementaryFunctions.log(total) }
    }
    let n = Double(max(columns.rowCount, 1))
    for total in left where total > 0 { sum -= total * ElementaryFunctions.log(total) }
    return (sum + n * ElementaryFunctions.log(n)) / n
  }
}
