// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@testable import Learners

struct BoostedClassifierTests {
  private func made(_ count: Int, seed: String) -> (predictors: [TreePredictor], isPositive: [Bool])
  {
    let key = RandomKey(seed: seed).stream("rows")
    var codes = [[UInt8]](repeating: [], count: 3)
    var isPositive: [Bool] = []
    for row in 0..<count {
      var stream = key.stream(entity: UInt64(row))
      let bins = (0..<3).map { _ in UInt8(Draws.integer(below: 16, using: &stream)) }
      for index in 0..<3 { codes[index].append(bins[index]) }
      // Exclusive or of two halves, one of them spread over bins without an order.
      let isOdd = bins[0] % 2 == 1
      isPositive.append(Draws.bernoulli(isOdd == (bins[1] > 7) ? 0.9 : 0.1, using: &stream))
    }
    return (
      codes.enumerated().map {
        TreePredictor(codes: $0.element, binCount: 16, isOrdered: $0.offset > 0)
      }, isPositive
    )
  }

  @Test func `an interaction is learned and the noise left alone`() throws {
    let (predictors, isPositive) = made(1500, seed: "boost")
    let train = Array(Int32(0)..<1000)
    let test = Array(Int32(1000)..<1500)
    let model = BoostedClassifier(
      CodedRows(predictors), isPositive: isPositive, rows: train, roundCount: 20, rate: 0.3)
    let odds = model.logOdds(CodedRows(predictors, rows: test))
    let right = zip(test, odds).count { (isPositive[Int($0)] ? 1.0 : -1) * $1 > 0 }
    // Nine in ten are right at best: 450 with a standard error of 6.7.
    #expect(right > 400, "\(right) of 500")
    let importance = model.importance(predictorCount: 3)
    #expect(importance[2] < 0.25 && importance[2] < min(importance[0], importance[1]))
  }

  @Test func `a squared loss gives means in the leaves`() {
    // First derivatives −t, second 1, no ridge: each leaf holds the mean of t.
    let predictor = TreePredictor(codes: [0, 0, 1, 1, 1], binCount: 2, isOrdered: true)
    let targets: [Float] = [1, 0, 3, 5, 4]
    let grower = GradientTreeGrower(
      CodedRows([predictor]),
      options: GradientTreeOptions(
        maximumLeafCount: 4, minimumLeafWeight: 1, ridge: 0, minimumGain: 1e-9))
    let grown = grower.tree(
      rows: [0, 1, 2, 3, 4], derivatives: targets.map { SIMD2(-$0, 1) })
    let tree = grown.tree
    #expect(grown.leaves.map { Array(grown.rows[$0.range]) } == [[0, 1], [2, 3, 4]])
    #expect(tree.leafCount == 2)
    #expect(tree.nodes[1].value == 0.5 && tree.nodes[2].value == 4)
    // Half the drop of the sum of squares: (17.2 − 2.5)/2.
    #expect(abs(tree.nodes[0].gain - 7.35) < 1e-9)
  }

  @Test func `a constant predictor grows no tree`() {
    let predictor = TreePredictor(
      codes: [UInt8](repeating: 3, count: 50), binCount: 4, isOrdered: true)
    let model = BoostedClassifier(
      CodedRows([predictor]), isPositive: (0..<50).map { $0 % 2 == 0 },
      rows: Array(Int32(0)..<50))
    #expect(model.trees.isEmpty)
    #expect(model.importance(predictorCount: 1) == [0])
  }

  @Test func `rows that walk in step get what each gets alone, and what was grown on them`() {
    let (predictors, isPositive) = made(203, seed: "walk")
    let coded = CodedRows(predictors)
    let rows = Array(Int32(0)..<203)
    let model = BoostedClassifier(
      coded, isPositive: isPositive, rows: rows, roundCount: 5,
      options: GradientTreeOptions(maximumLeafCount: 9))
    let together = model.logOdds(coded)
    for row in rows {
      #expect(model.logOdds(coded.selecting([row])) == [together[Int(row)]])
    }
    let grown = GradientTreeGrower(coded, options: GradientTreeOptions(maximumLeafCount: 9))
      .tree(rows: rows, derivatives: isPositive.map { SIMD2($0 ? -1 : 1, 1) })
    var values = [Double](repeating: 0, count: 203)
    grown.tree.add(1, of: coded, to: &values)
    #expect(grown.leaves.count == 9 && grown.rows.sorted() == rows)
    for leaf in grown.leaves {
      for place in leaf.range { #expect(values[Int(grown.rows[place])] == leaf.value) }
    }
    #expect(
      coded.taking(predictor: 1, from: Array((0..<203).reversed())).selecting([0]).codes
        == [predictors[0].codes[0], predictors[1].codes[202], predictors[2].codes[0]])
  }
}
