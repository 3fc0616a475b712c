// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness
import Tables

/// How well boosted trees tell two tables apart on rows that they did not learn from.
///
/// ## Source
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", ICLR 2017; five folds.
struct ClassifierTest: Sendable {
  static let foldCount = 5
  /// The most rows of either table.
  static let maximumRowCount = 40_000
  /// The most columns that are put in disorder.
  static let triedCount = 8

  /// The mean of the folds' areas.
  let area: Double
  /// The standard error of the mean.
  let standardError: Double
  /// The same where the tables are alike.
  let nullError: Double
  /// The columns by share of gain, most first: column, share, area lost.
  let columns: [(index: Int, gain: Double, lost: Double?)]

  private struct Fold: Sendable {
    var area: AreaUnderCurve
    var importance: [Double]
    var lost: [Int: Double]
  }

  /// Tests pairs of stacked tables side by side; `nil` where either has fewer rows than two a fold.
  static func tests(
    _ stacks: [(stack: StackedTables, coded: CodedRows)], key: RandomKey, threads: Int,
    progress: ProgressHandler
  ) -> [ClassifierTest?] {
    let parts = stacks.map { folds($0.stack, key: key) }
    let work = parts.indices.flatMap { place in
      parts[place] == nil ? [] : (0..<foldCount).map { (place, $0) }
    }
    let results = ChunkedWork(count: work.count, threads: threads, chunkSize: 1).map(
      progress: progress, phase: "measuring classifiers"
    ) { range in
      range.map { piece -> Fold? in
        let (place, number) = work[piece]
        return parts[place].flatMap {
          fold(number, $0, stacks[place].stack, stacks[place].coded, key: key)
        }
      }
    }
    return stacks.indices.map { place in
      let own = zip(work, results).filter { $0.0.0 == place }.compactMap(\.1)
      return own.count == foldCount ? ClassifierTest(own) : nil
    }
  }

  /// The rows of each fold, in ascending order.
  private static func folds(_ stack: StackedTables, key: RandomKey) -> [[Int32]]? {
    var folds = [[Int32]](repeating: [], count: foldCount)
    let first = stack.rows[0].count
    for (side, range) in [0..<first, first..<stack.count].enumerated() {
      guard range.count >= 2 * foldCount else { return nil }
      var stream = key.stream(path: ["fidelity", "folds", String(side)]).stream(entity: 0)
      let order = Draws.permutation(of: range.count, using: &stream)
      for (place, row) in order.prefix(maximumRowCount).enumerated() {
        folds[place % foldCount].append(Int32(range.lowerBound + row))
      }
    }
    return folds.map { $0.sorted() }
  }

  private init(_ folds: [Fold]) {
    let k = Double(folds.count)
    area = folds.reduce(0) { $0 + $1.area.value } / k
    standardError =
      (folds.reduce(0) { $0 + $1.area.standardError * $1.area.standardError }).squareRoot() / k
    nullError =
      (folds.reduce(0) { $0 + $1.area.nullError * $1.area.nullError }).squareRoot() / k
    let lost = folds[0].lost
    let gains = folds[0].importance.indices.map { index in
      folds.reduce(0) { $0 + $1.importance[index] } / k
    }
    columns = gains.indices.sorted { (gains[$1], $0) < (gains[$0], $1) }.map {
      ($0, gains[$0], lost[$0])
    }
  }

  private static func fold(
    _ number: Int, _ folds: [[Int32]], _ stack: StackedTables, _ coded: CodedRows, key: RandomKey
  ) -> Fold? {
    let train = folds.indices.filter { $0 != number }.flatMap { folds[$0] }.sorted()
    let test = folds[number]
    let model = BoostedClassifier(coded, isPositive: stack.isOther, rows: train)
    func area(_ tested: CodedRows) -> AreaUnderCurve? {
      let odds = model.logOdds(tested)
      return AreaUnderCurve(
        first: zip(test, odds).filter { !stack.isOther[Int($0.0)] }.map(\.1),
        second: zip(test, odds).filter { stack.isOther[Int($0.0)] }.map(\.1))
    }
    let tested = coded.selecting(test)
    guard let whole = area(tested) else { return nil }
    let importance = model.importance(predictorCount: coded.width)
    var lost: [Int: Double] = [:]
    if number == 0 {
      let most = importance.indices.filter { importance[$0] > 0 }
        .sorted { (importance[$1], $0) < (importance[$0], $1) }.prefix(triedCount)
      for index in most {
        var stream = key.stream(path: ["fidelity", "disorder", String(index)]).stream(entity: 0)
        var order = Array(test.indices)
        Draws.shuffle(&order, using: &stream)
        lost[index] = area(tested.taking(predictor: index, from: order)).map {
          whole.value - $0.value
        }
      }
    }
    return Fold(area: whole, importance: importance, lost: lost)
  }
}
