// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics
import Randomness
import Synthesis
import Tables

extension ContractCheck {
  /// The smallest p-value with which a relationship counts as absent.
  static let independenceLevel = 0.005

  // MARK: Kept

  /// The results of a relationship that is kept.
  func kept(_ clause: RelationshipClause) -> [ClauseResult] {
    let title = "between " + clause.variables.joined(separator: ", ")
    let line = clause.place.line
    let columns = clause.variables.compactMap { aligned[$0] }
    guard columns.count == clause.variables.count else {
      let absent = clause.variables.filter { aligned[$0] == nil }.joined(separator: ", ")
      return [
        ClauseResult(title, line: line, notComputable: "\(absent): made anew, and not compared")
      ]
    }
    let limits: [Limit?] = clause.limits.isEmpty ? [nil] : clause.limits.map { $0 }
    return limits.map { limit in
      let measure = limit?.measure ?? .tv
      let name = "\(title): \(measure.rawValue)"
      switch measure {
      case .correlation:
        return strongest(name, columns, limit?.value, line) { first, second in
          guard first.isContinuous, second.isContinuous else { return nil }
          return (0...1).compactMap { Self.correlation(first, second, side: $0) }
        }
      case .cramersV:
        return strongest(name, columns, limit?.value, line) { first, second in
          let (a, b) = (CodedVariable(first), CodedVariable(second))
          return [Self.association(a.real, b.real), Self.association(a.synthetic, b.synthetic)]
            .compactMap { $0 }
        }
      case .spmse:
        let cells = JointCells(columns.map { CodedVariable($0) })
        guard let value = cells.standardisedPropensity, let limit else {
          return ClauseResult(name, line: line, notComputable: "the cross table has one cell")
        }
        return ClauseResult(
          name, line: line, measure: "spmse", figure: value, limit: limit.value, reference: 1)
      default:
        let cells = JointCells(columns.map { CodedVariable($0) })
        let references = cells.references(
          Self.referenceCount, key: RandomKey(seed: key.seed + title, replication: key.replication))
        let ceiling = Quantiles.quantile(0.95, ofSorted: references) ?? 0
        return ClauseResult(
          name, line: line, measure: "tv", figure: cells.totalVariation,
          limit: limit?.value ?? ceiling * Self.ceilingFactor, reference: Self.mean(references),
          note: cells.count * 2 > real.rowCount
            ? "more than one cell for every two real rows, so chance alone gives a large figure"
            : nil)
      }
    }
  }

  /// The largest difference, over the pairs of a clause, of a figure of both tables.
  private func strongest(
    _ name: String, _ columns: [AlignedColumn], _ limit: Double?, _ line: Int?,
    _ figures: (AlignedColumn, AlignedColumn) -> [Double]?
  ) -> ClauseResult {
    var worst: Double?
    for (place, first) in columns.enumerated() {
      for second in columns[(place + 1)...] {
        guard let pair = figures(first, second), pair.count == 2 else { continue }
        worst = max(worst ?? 0, (pair[0] - pair[1]).magnitude)
      }
    }
    guard let worst, let limit else {
      return ClauseResult(
        name, line: line, notComputable: "no pair of these variables has such a figure")
    }
    return ClauseResult(
      name, line: line, measure: "largest difference", figure: worst, limit: limit)
  }

  private static func correlation(
    _ first: AlignedColumn, _ second: AlignedColumn, side: Int
  ) -> Double? {
    let (a, b) = (first.sides[side], second.sides[side])
    let rows = a.codes.indices.filter { a.codes[$0] != 0 && b.codes[$0] != 0 }
    return Correlation.pearson(rows.map { a.values[$0] }, rows.map { b.values[$0] })
  }

  /// Cramér's V of two coded variables, over cells without missing values.
  private static func association(_ first: [Int], _ second: [Int]) -> Double? {
    let rows = first.indices.filter { first[$0] != 0 && second[$0] != 0 }
    var cells: [[Int]: Double] = [:]
    var (left, right): ([Int: Double], [Int: Double]) = ([:], [:])
    for row in rows {
      cells[[first[row], second[row]], default: 0] += 1
      left[first[row], default: 0] += 1
      right[second[row], default: 0] += 1
    }
    let freedom = min(left.count, right.count) - 1
    guard freedom > 0 else { return nil }
    let total = Double(rows.count)
    // χ² = n (Σ c² / (r s) − 1), summed in the order of the cells so that equal tables give equal sums.
    var sum = 0.0
    for cell in cells.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let count = cells[cell], let r = left[cell[0]], let s = right[cell[1]] else { continue }
      sum += count * count / (r * s)
    }
    return (max(total * (sum - 1), 0) / (total * Double(freedom))).squareRoot()
  }

  // MARK: Broken

  /// The results of a relationship that is not kept: each pair is tested for independence.
  func broken(_ clause: RelationshipClause) -> [ClauseResult] {
    PlanPair.all(of: clause.variables).map { pair in
      let name = "between \(pair.first), \(pair.second): deliberately not kept"
      guard let first = aligned[pair.first], let second = aligned[pair.second] else {
        return ClauseResult(
          name, line: clause.place.line,
          notComputable: "one is made anew row by row, and so unrelated to anything")
      }
      let (a, b) = (CodedVariable(first, groupCount: 8), CodedVariable(second, groupCount: 8))
      let test = IndependenceTest()
      let key = RandomKey(
        seed: key.seed + "\u{0}" + pair.first + "\u{0}" + pair.second, replication: key.replication)
      guard let value = test.pValue(a.synthetic, b.synthetic, key: key) else {
        return ClauseResult(
          name, line: clause.place.line, notComputable: "one has the same value in every row")
      }
      return ClauseResult(
        name, line: clause.place.line, measure: "p-value of independence", figure: value,
        limit: Self.independenceLevel, isFloor: true,
        reference: test.pValue(a.real, b.real, key: key),
        note: "of \(test.permutationCount) permutations; the reference is the real table’s")
    }
  }
}
