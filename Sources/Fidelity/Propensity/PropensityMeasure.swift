// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Randomness
import Tables

/// Measures how well models tell the tables apart, beside how well they tell a holdout from the rest.
struct PropensityMeasure: Sendable {
  let alignment: TableAlignment
  let key: RandomKey
  let threads: Int
  let progress: ProgressHandler

  func result() -> Distinguishability? {
    guard let stack = StackedTables(alignment, other: 1, key: key) else { return nil }
    let fresh =
      alignment.rowCounts.count > 2 ? StackedTables(alignment, other: 2, key: key) : nil
    let factor = freshFactor
    let stacks = [stack] + (fresh.map { [$0] } ?? [])
    let logistics = ChunkedWork(count: stacks.count, threads: threads, chunkSize: 1).map { range in
      range.map { LogisticPropensity(stacks[$0]) }
    }
    let logistic = logistics[0]
    let freshLogistic = fresh == nil ? nil : logistics[1]
    let coded = stacks.map { ($0, CodedRows($0.predictors(threads: threads))) }
    let tree = TreePropensity(
      stack, coded[0].1, key: key, threads: threads, progress: progress)
    let classifiers = ClassifierTest.tests(coded, key: key, threads: threads, progress: progress)
    let classifier = classifiers[0]
    let freshClassifier = fresh == nil ? nil : classifiers[1]
    let sampled =
      stack.count < alignment.rowCounts[0] + alignment.rowCounts[1]
      ? "measured on \(stack.count) rows drawn at random" : nil
    return Distinguishability(
      logisticError: figure(logistic, note: sampled) {
        Score($0.error, reference: $0.expected * factor)
      },
      logisticRatio: figure(logistic, note: sampled) { Self.ratio($0, factor) },
      specks: figure(logistic, note: sampled) {
        Score($0.specks, reference: freshLogistic?.specks)
      },
      percentOver: figure(logistic, note: sampled) {
        Score($0.percentOver, reference: freshLogistic?.percentOver)
      },
      rankArea: figure(logistic, note: sampled) {
        Score($0.rankArea, reference: freshLogistic?.rankArea)
      },
      treeError: treeError(tree, factor), treeRatio: treeRatio(tree, factor),
      classifierArea: area(classifier, fresh: freshClassifier),
      tellingColumns: (classifier?.columns ?? []).filter { $0.gain > 0 }.prefix(10).map {
        .init(
          name: alignment.columns[$0.index].name, gainShare: $0.gain, areaLost: $0.lost)
      })
  }

  /// How much larger an error fresh real rows have than a right synthesis of these very rows.
  ///
  /// Fresh rows differ from the population as the real ones do; a synthesis of the real rows has only
  /// its own noise. Where the references are draws of the real rows it is 1.
  private var freshFactor: Double {
    let counts = alignment.rowCounts
    return counts.count > 2 ? Self.freshFactor(real: counts[0], synthetic: counts[1]) : 1
  }

  /// 1/(1 − c) for the synthetic share c.
  static func freshFactor(real: Int, synthetic: Int) -> Double {
    real > 0 ? Double(real + synthetic) / Double(real) : 1
  }

  private func figure(
    _ logistic: LogisticPropensity?, note: String?, _ make: (LogisticPropensity) -> Score
  ) -> Score {
    guard let logistic else {
      return Score(
        notComputable:
          "a linear model would have more than \(StackedTables.maximumDesignCount) columns")
    }
    var score = make(logistic)
    score.note = score.note ?? note
    if !logistic.hasConverged {
      score.note = "a level or value occurs in one table only, so its coefficient grows without end"
    }
    return score
  }

  private static func ratio(_ logistic: LogisticPropensity, _ factor: Double) -> Score {
    guard logistic.expected > 0 else { return Score(notComputable: "all columns are constant") }
    return Score(
      logistic.error / logistic.expected, reference: factor, limit: logistic.ratioLimit * factor,
      note: "\(logistic.freedom + 1) parameters; a right synthesis gets 1")
  }

  private func treeError(_ tree: TreePropensity, _ factor: Double) -> Score {
    guard !tree.null.isEmpty else {
      return Score(notComputable: "trees on permuted rows make no split")
    }
    let ascending = tree.null.sorted()
    return Score(
      tree.error, reference: factor * ascending.reduce(0, +) / Double(ascending.count),
      limit: factor * ascending[ascending.count * 95 / 100],
      note: "null of \(ascending.count) permutations")
  }

  private func treeRatio(_ tree: TreePropensity, _ factor: Double) -> Score {
    let score = treeError(tree, 1)
    guard let value = score.value, let reference = score.reference, reference > 0 else {
      return Score(notComputable: score.reason ?? "the null is 0")
    }
    return Score(
      value / reference, reference: factor, limit: score.limit.map { factor * $0 / reference },
      note: score.note)
  }

  private func area(_ test: ClassifierTest?, fresh: ClassifierTest?) -> Score {
    guard let test else {
      return Score(notComputable: "a table has fewer than \(2 * ClassifierTest.foldCount) rows")
    }
    let reference = fresh?.area ?? 0.5
    return Score(
      test.area, reference: reference, limit: max(0.5, reference) + 1.644854 * test.nullError,
      lower: max(0, test.area - 1.959964 * test.standardError),
      upper: min(1, test.area + 1.959964 * test.standardError),
      note: "boosted trees, \(ClassifierTest.foldCount) folds")
  }
}
