// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Numerics

/// The columns of a model: the response, a constant, values, and one column a level after the first.
struct AnalysisDesign {
  struct Coefficient {
    var value: Double
    var error: Double
  }

  let response: AlignedColumn
  let terms: [AlignedColumn]
  let isBinomial: Bool
  /// The response's level that counts as one.
  private let positive: UInt32
  private let width: Int
  /// The levels of each term that have a column, by their place in the term's levels.
  private let used: [[UInt32]]

  init?(response: AlignedColumn, terms: [AlignedColumn], isBinomial: Bool) {
    self.response = response
    self.terms = terms
    self.isBinomial = isBinomial
    if isBinomial {
      guard !response.isContinuous, response.levels.count == 2,
        let last = response.levels.indices.max(by: { response.levels[$0] < response.levels[$1] })
      else { return nil }
      positive = UInt32(last + 1)
    } else {
      guard response.isContinuous else { return nil }
      positive = 0
    }
    used = terms.map { term in
      guard !term.isContinuous else { return [] }
      let common = term.levels.indices.filter { level in
        term.sides.prefix(2).allSatisfy { side in side.codes.count { Int($0) == level + 1 } >= 5 }
      }
      return common.sorted { term.levels[$0] < term.levels[$1] }.dropFirst().map { UInt32($0 + 1) }
    }
    width = 1 + zip(terms, used).reduce(0) { $0 + ($1.0.isContinuous ? 1 : $1.1.count) }
  }

  /// Where the coefficient of a change of a term stands, and by what it is multiplied to give the change's
  /// effect; nil if it is the difference of two coefficients, or of none.
  func contrast(of term: Int, from: String, to: String) -> (place: Int, factor: Double)? {
    let start =
      1
      + zip(terms, used).prefix(term).reduce(0) {
        $0 + ($1.0.isContinuous ? 1 : $1.1.count)
      }
    if terms[term].isContinuous {
      guard let low = Double(from), let high = Double(to), low != high else { return nil }
      return (start, high - low)
    }
    func level(_ text: String) -> UInt32? {
      terms[term].levels.firstIndex(of: text).map { UInt32($0 + 1) }
    }
    guard let low = level(from), let high = level(to) else { return nil }
    let (first, second) = (used[term].firstIndex(of: low), used[term].firstIndex(of: high))
    switch (first, second) {
    case (nil, let place?): return isBase(low, of: term) ? (start + place, 1) : nil
    case (let place?, nil): return isBase(high, of: term) ? (start + place, -1) : nil
    default: return nil
    }
  }

  /// Whether a level is the one that the others of a term are compared with, and no level is left out.
  private func isBase(_ level: UInt32, of term: Int) -> Bool {
    used[term].count == terms[term].levels.count - 1 && !used[term].contains(level)
  }

  /// The coefficients with their standard errors; `nil` for one that the rows do not determine.
  func fit(side: Int) -> [Coefficient?]? {
    var rows: [[Double]] = []
    var targets: [Double] = []
    for row in response.sides[side].codes.indices {
      guard let target = target(side, row), let values = values(side, row) else { continue }
      rows.append(values)
      targets.append(target)
    }
    guard rows.count > width + 1 else { return nil }
    var beta = [Double](repeating: 0, count: width)
    var factor: CholeskyFactor?
    for _ in 0..<(isBinomial ? 40 : 1) {
      var gram = [Double](repeating: 0, count: width * width)
      var moment = [Double](repeating: 0, count: width)
      for (values, target) in zip(rows, targets) {
        let linear = isBinomial ? zip(values, beta).reduce(0) { $0 + $1.0 * $1.1 } : 0
        let mean = isBinomial ? 1 / (1 + ElementaryFunctions.exp(-linear)) : 0
        let weight = isBinomial ? max(mean * (1 - mean), 1e-10) : 1
        let working = isBinomial ? weight * linear + target - mean : target
        for i in 0..<width where values[i] != 0 {
          moment[i] += values[i] * working
          for j in 0...i { gram[i * width + j] += weight * values[i] * values[j] }
        }
      }
      for i in 0..<width { for j in 0..<i { gram[j * width + i] = gram[i * width + j] } }
      let decomposed = CholeskyFactor(gram, size: width)
      let next = decomposed.solve(moment)
      let change = zip(next, beta).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
      beta = next
      factor = decomposed
      if change < 1e-9 { break }
    }
    guard let factor else { return nil }
    let scale = isBinomial ? 1 : variance(rows, targets, beta, rank: factor.rank)
    return (0..<width).map { place in
      guard factor.isKept[place] else { return nil }
      var unit = [Double](repeating: 0, count: width)
      unit[place] = 1
      return Coefficient(
        value: beta[place], error: (scale * max(factor.solve(unit)[place], 0)).squareRoot())
    }
  }

  private func variance(
    _ rows: [[Double]], _ targets: [Double], _ beta: [Double], rank: Int
  ) -> Double {
    let sum = zip(rows, targets).reduce(0.0) { sum, entry in
      let rest = entry.1 - zip(entry.0, beta).reduce(0) { $0 + $1.0 * $1.1 }
      return sum + rest * rest
    }
    return sum / Double(max(rows.count - rank, 1))
  }

  private func target(_ side: Int, _ row: Int) -> Double? {
    let code = response.sides[side].codes[row]
    guard code != 0 else { return nil }
    return isBinomial ? (code == positive ? 1 : 0) : response.sides[side].values[row]
  }

  private func values(_ side: Int, _ row: Int) -> [Double]? {
    var values = [1.0]
    for (term, levels) in zip(terms, used) {
      let code = term.sides[side].codes[row]
      guard code != 0 else { return nil }
      if term.isContinuous {
        values.append(term.sides[side].values[row])
      } else {
        for level in levels { values.append(code == level ? 1 : 0) }
      }
    }
    return values
  }
}
