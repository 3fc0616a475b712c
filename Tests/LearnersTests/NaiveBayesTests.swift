// SPDX-License-Identifier: Apache-2.0
import Learners
import Testing

@Suite struct `Naive Bayes` {
  /// Shares of scikit-learn 1.9.1's `CategoricalNB`, recorded by `Fixtures/learners_oracle.py`.
  @Test func `shares are those of scikit-learn`() {
    let rows = MadeRows.shared
    let codes = [
      rows.a.map { $0 < -1 ? 0 : ($0 < 0 ? 1 : ($0 < 1 ? 2 : 3)) }, rows.b, rows.c,
    ]
    let predictors = zip(codes, [4, 2, 3]).map {
      TreePredictor(codes: $0.map { UInt8($0) }, binCount: $1, isOrdered: false)
    }
    let model = NaiveBayes(
      classes: rows.k, classCount: 3, predictors: predictors,
      rows: (0..<Int32(MadeRows.count)).map { $0 })
    let found = (0..<4).flatMap { row in model.shares(codes.map { $0[row] }) }
    #expect(
      distance(
        found,
        [
          0.3304813998, 0.4807389647, 0.1887796355, 0.3950159460, 0.4448631963, 0.1601208577,
          0.6335543806, 0.1931431291, 0.1733024902, 0.2789542717, 0.6455660489, 0.0754796794,
        ]) < 1e-9)
  }

  @Test func `counts of few rows are shared out as all rows are`() {
    // Class 0: bins 0, 0, 0, 1, 2; class 1: bins 1, 1, 1, 2, 2. Of class 0, bins 1 and 2 have one row each:
    // two rows, shared out as the 4 and 3 rows that all classes have there.
    let predictor = TreePredictor(
      codes: [0, 0, 0, 1, 2, 1, 1, 1, 2, 2], binCount: 3, isOrdered: false)
    let model = NaiveBayes(
      classes: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], classCount: 2, predictors: [predictor],
      rows: (0..<10).map { Int32($0) }, smoothing: 0.5, minimumCount: 2)
    // Both classes are equally common: shares are those of the bin in each.
    let first = (8.0 / 7 + 0.5) / 6.5
    let second = (3 + 0.5) / 6.5
    #expect(abs(model.shares([1])[0] - first / (first + second)) < 1e-12)
  }

  @Test func `parts that do not fit together are refused`() {
    #expect(NaiveBayes(classLogarithms: [], logarithms: []) == nil)
    #expect(NaiveBayes(classLogarithms: [0, 0], logarithms: [[0, 0, 0]]) == nil)
    #expect(NaiveBayes(classLogarithms: [0, .nan], logarithms: []) == nil)
    #expect(NaiveBayes(classLogarithms: [0, 0], logarithms: [[]]) == nil)
  }
}
