// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Fidelity
import Schemas
import Tables

/// A model of a request: how its coefficients on real rows overlap with those on synthetic ones.
struct RemoteModel {
  /// A coefficient.
  struct Coefficient {
    var name: String
    /// On synthetic rows.
    var synthetic: Double?
    var error: Double?
    /// The overlap of the 95 % intervals in hundredths, 0 where they lie apart; `nil` where it is withheld
    /// or not determined.
    var overlap: Double?
  }

  /// The fewest rows beyond the coefficients, so that no row decides one.
  static let fewestFreedom = 10

  let text: String
  let coefficients: [Coefficient]
  /// The mean overlap; `nil` where it is withheld.
  let overlap: Double?
  /// What was withheld and why.
  let withheld: [String]

  init(
    _ request: NamedRequest, real: Table, synthetic: Table, schema: Schema, minimumCount: Int
  ) throws(DataError) {
    text = request.text
    let results = try AnalysisMeasure([request.analysis])
      .results(real: real, synthetic: [synthetic], schema: schema)
    guard let result = results.first, result.realRowCount > 0 else {
      coefficients = []
      overlap = nil
      withheld = [results.first?.overlap.reason ?? "the model cannot be fitted"]
      return
    }
    guard result.realRowCount >= result.coefficients.count + max(Self.fewestFreedom, minimumCount)
    else {
      coefficients = []
      overlap = nil
      withheld = ["the model has too few rows for its coefficients"]
      return
    }
    let small = try Self.smallLevels(real, synthetic, schema, minimumCount)
    var words: [String] = []
    coefficients = result.coefficients.map { entry in
      var kept = Coefficient(
        name: entry.name, synthetic: entry.synthetic, error: entry.syntheticError)
      if small.contains(where: entry.name.contains) {
        words.append("a coefficient of a level that fewer than \(minimumCount) records hold")
        // Even its name could say that somebody holds the level.
        if entry.synthetic == nil { kept.name = "(withheld)" }
      } else {
        kept.overlap = entry.overlap.map { Self.rounded(max(0, $0)) }
      }
      return kept
    }
    withheld = words
    let shown = coefficients.compactMap(\.overlap)
    overlap =
      shown.isEmpty ? nil : Self.rounded(shown.reduce(0, +) / Double(shown.count))
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// Levels of few real rows, as coefficients name them; those of fewer than ten have no name.
  private static func smallLevels(
    _ real: Table, _ synthetic: Table, _ schema: Schema, _ minimumCount: Int
  ) throws(DataError) -> Set<String> {
    var names: Set<String> = ["[rare level "]
    for column in try TableAlignment([real, synthetic], schema: schema).columns {
      guard !column.isContinuous else { continue }
      var counts = [Int](repeating: 0, count: column.levels.count + 1)
      for code in column.sides[0].codes { counts[Int(code)] += 1 }
      for level in column.levels.indices where counts[level + 1] < minimumCount {
        names.insert("\(column.name)[\(column.levels[level])]")
      }
    }
    return names
  }
}
