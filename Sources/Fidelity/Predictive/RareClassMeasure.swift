// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Numerics
import Randomness
import Tables

/// Measures whether generated rows of rare classes help a model.
struct RareClassMeasure: Sendable {
  /// The most classes.
  static let maximumTargets = 2
  /// A class of a greater share is not rare.
  static let greatestShare = 0.35
  /// The fewest rows of the class to learn from, and to test on.
  static let minimumCount = 20
  private static let bootstrapCount = 200

  let tables: PredictionTables
  let key: RandomKey
  let threads: Int
  let progress: ProgressHandler

  /// One result a class; none if no class is rare and common enough to be tested.
  func results() -> [RareClassUtility] {
    let targets = targets
    return ChunkedWork(count: targets.count, threads: threads, chunkSize: 1).map(
      progress: progress, phase: "measuring rare classes"
    ) { range in range.map { result(targets[$0].column, targets[$0].level) } }.compactMap { $0 }
  }

  /// Columns of few levels with their rarest that is common enough, those with the fewest levels first.
  private var targets: [(column: Int, level: Int)] {
    tables.columns.indices.compactMap { index -> (column: Int, level: Int, count: Int)? in
      let column = tables.columns[index]
      guard !column.isContinuous, (2...10).contains(column.levels.count) else { return nil }
      let codes = column.sides[0].codes
      let counts = [0, 2].map { side in
        LevelShares(
          tables.rows(side, presentIn: index).map { codes[Int($0)] },
          levelCount: column.levels.count
        ).counts
      }
      let (real, held) = (counts[0], counts[1])
      let whole = (real.reduce(0, +), held.reduce(0, +))
      let level = real.indices.filter {
        min(real[$0], held[$0]) >= Self.minimumCount && whole.1 - held[$0] >= Self.minimumCount
          && Double(real[$0]) <= Self.greatestShare * Double(whole.0)
      }.min { (real[$0], $0) < (real[$1], $1) }
      return level.map { (index, $0 + 1, column.levels.count) }
    }.sorted { ($0.count, $0.column) < ($1.count, $1.column) }
      .prefix(Self.maximumTargets).map { ($0.column, $0.level) }
  }

  private func result(_ column: Int, _ level: Int) -> RareClassUtility? {
    let name = tables.columns[column].name
    var isPositive = tables.isPositive(column, level: level)
    let (real, synthetic, held) = (
      tables.rows(0, presentIn: column), tables.rows(1, presentIn: column),
      tables.rows(2, presentIn: column)
    )
    let rare = real.filter { isPositive[Int($0)] }
    let wanted = max(0, real.count - 2 * rare.count)
    let added = Array(synthetic.filter { isPositive[Int($0)] }.prefix(wanted))
    guard !added.isEmpty, added.count < synthetic.count else { return nil }
    // Rows of SMOTE follow all others.
    var predictors = tables.others(than: column)
    var stream = key.stream(path: ["fidelity", "rare", name, "smote"]).stream(entity: 0)
    let made = MinorityRows(predictors, rows: rare, count: wanted, threads: threads, using: &stream)
    for place in predictors.indices { predictors[place].codes += made.codes[place] }
    let first = isPositive.count
    isPositive += [Bool](repeating: true, count: wanted)
    let smote = (first..<first + wanted).map { Int32($0) }
    let truths = held.map { isPositive[Int($0)] }
    let coded = CodedRows(predictors)
    let tested = coded.selecting(held)
    let odds = Self.odds(real, isPositive)
    let found = [real, real + added, real + smote, synthetic].compactMap { rows -> Found? in
      let model = BoostedClassifier(coded, isPositive: isPositive, rows: rows)
      let change = odds - Self.odds(rows, isPositive)
      return Found(model.logOdds(tested).map { $0 + change }, truths)
    }
    guard found.count == 4 else { return nil }
    return RareClassUtility(
      column: name, level: tables.columns[column].levels[level - 1], realCount: rare.count,
      addedCount: added.count, smoteCount: wanted, asIs: found[0].figures, added: found[1].figures,
      smote: found[2].figures, alone: found[3].figures,
      gain: gain(found[0].precision, found[1].precision, count: held.count, name))
  }

  /// What one model found.
  private struct Found {
    let figures: PredictiveFidelity.Figures
    let precision: AveragePrecision

    init?(_ odds: [Double], _ truths: [Bool]) {
      guard
        let figures = PredictiveFidelity.Figures(
          probabilities: odds.map(BoostedClassifier.probability), truths: truths),
        let precision = AveragePrecision(odds, truths: truths)
      else { return nil }
      self.figures = figures
      self.precision = precision
    }
  }

  /// The logarithm of the odds of the class among rows, with half a row more on each side.
  private static func odds(_ rows: [Int32], _ isPositive: [Bool]) -> Double {
    let positive = Double(rows.count { isPositive[Int($0)] })
    return ElementaryFunctions.log((positive + 0.5) / (Double(rows.count) - positive + 0.5))
  }

  /// The difference of two average precisions, with its interval over drawings of the holdout with
  /// replacement.
  private func gain(
    _ before: AveragePrecision, _ after: AveragePrecision, count: Int, _ name: String
  ) -> Score {
    var stream = key.stream(path: ["fidelity", "rare", name, "bootstrap"]).stream(entity: 0)
    let differences = (0..<Self.bootstrapCount).map { _ in
      var weights = [Double](repeating: 0, count: count)
      for _ in 0..<count { weights[Draws.integer(below: count, using: &stream)] += 1 }
      return after.value(weights: weights) - before.value(weights: weights)
    }
    let mean = differences.reduce(0, +) / Double(differences.count)
    let square = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (square / Double(differences.count - 1)).squareRoot()
    let gain = after.value - before.value
    return Score(gain, lower: gain - 1.959964 * error, upper: gain + 1.959964 * error)
  }
}
