// SPDX-License-Identifier: Apache-2.0
import Numerics
import Testing

@testable import Learners

/// Coefficients of R 4.2.2 (`lm`, `glm`), nnet 7.3-18, MASS 7.3-58.2 and scikit-learn 1.9.1, recorded by
/// `Fixtures/regression_oracle.R` and `Fixtures/learners_oracle.py`.
@Suite struct `Regressions beside R and scikit-learn` {
  private let rows = MadeRows.shared

  @Test func `the rows are those of the script`() {
    #expect(abs(rows.y.reduce(0, +) + 33.041) < 1e-9)
    #expect(rows.t.count { $0 } == 115 && rows.k.reduce(0, +) == 219)
    #expect(rows.o.reduce(0, +) == 313 && rows.m.reduce(0, +) == 753)
  }

  @Test func `least squares, with its errors, and ridge`() throws {
    let fit = try #require(
      GeneralizedLinearModel(rows.design(), response: rows.y, family: .gaussian)?.fit)
    let recorded = [-0.0245792140, 0.7467932865, -0.6652374620, 0.6116978906, 0.0211411522]
    #expect(distance(fit.coefficients, recorded) < 1e-8)
    let errors = (0..<5).map { fit.standardError($0) ?? 0 }
    #expect(
      distance(errors, [0.0726892067, 0.0320999577, 0.0773596930, 0.0933848908, 0.0923077349])
        < 1e-8)
    let ridge = try #require(
      GeneralizedLinearModel(
        rows.design(), response: rows.y, family: .gaussian, ridge: [0, 3, 3, 3, 3])?.fit)
    #expect(
      distance(
        ridge.coefficients,
        [-0.0173687855, 0.7393151574, -0.6318409555, 0.5688844709, -0.0002159397]) < 1e-8)
  }

  @Test func `logistic regression, plain and with a ridge, by both ways to it`() throws {
    let response = rows.t.map { $0 ? 1.0 : 0 }
    let recorded = [-0.0850454672, 0.8729403826, -0.3428483870, 0.5180130062, 0.0381035088]
    let plain = try #require(
      GeneralizedLinearModel(rows.design(), response: response, family: .binomial)?.fit)
    #expect(distance(plain.coefficients, recorded) < 1e-8)
    let classes = rows.t.map { $0 ? 1 : 0 }
    let logit = MultinomialLogit(rows.design(), classes: classes, classCount: 2)
    #expect(logit.hasConverged && distance(logit.coefficients, recorded) < 1e-7)
    let penalised = [-0.0495918341, 0.8217757070, -0.2613067710, 0.3697773940, -0.0228440576]
    let ridge = [0.0, 3, 3, 3, 3]
    let first = try #require(
      GeneralizedLinearModel(rows.design(), response: response, family: .binomial, ridge: ridge)?
        .fit)
    #expect(distance(first.coefficients, penalised) < 1e-7)
    let second = MultinomialLogit(rows.design(), classes: classes, classCount: 2, ridge: ridge)
    #expect(distance(second.coefficients, penalised) < 1e-7)
  }

  @Test func `the multinomial logit, with its errors`() {
    let fit = MultinomialLogit(rows.design(), classes: rows.k, classCount: 3)
    let recorded = [
      -0.0420891734, 0.6455121983, 0.0021995243, 0.0555315911, 0.0202738155, 0.0587014381,
      0.0763792219, -1.2051226740, 0.1179211491, 0.1615874415,
    ]
    #expect(fit.hasConverged)
    #expect(distance(fit.coefficients, recorded) < 1e-6)
    let covariance = fit.covariance(rows.design(), classes: rows.k)
    let errors = (0..<10).map { covariance[$0 * 10 + $0].squareRoot() }
    let recordedErrors = [
      0.3158925135, 0.1416223614, 0.3208336619, 0.3940870033, 0.3884370824, 0.3176778818,
      0.1498729913, 0.3706445384, 0.4124327984, 0.4102496045,
    ]
    #expect(distance(errors, recordedErrors) < 1e-6)
  }

  @Test
  func `equal rows are one, and a fit that ends early is within its share of a standard error`() {
    var thrice = SparseDesign(columnCount: 5)
    let once = rows.design()
    for row in 0..<once.rowCount {
      for _ in 0..<3 {
        for entry in once.starts[row]..<once.starts[row + 1] {
          thrice.append(column: Int(once.columns[entry]), value: once.values[entry])
        }
        thrice.endRow()
      }
    }
    let classes = rows.k.flatMap { [$0, $0, $0] }
    let exact = MultinomialLogit(once, classes: rows.k, classCount: 3)
    let same = MultinomialLogit(thrice, classes: classes, classCount: 3)
    #expect(distance(exact.coefficients, same.coefficients) < 1e-7)
    let early = MultinomialLogit(
      once, classes: rows.k, classCount: 3, accuracy: .standardErrors(0.01))
    let covariance = exact.covariance(once, classes: rows.k)
    let squares = (0..<10).map { place -> Double in
      let off = early.coefficients[place] - exact.coefficients[place]
      return off * off / covariance[place * 10 + place]
    }
    #expect(early.hasConverged && (squares.reduce(0, +) / 10).squareRoot() < 0.02)
  }

  /// Where all rows have the same shares, one factor for all classes says what one for each does.
  @Test func `many classes share one factor of the information`() {
    let model = MultinomialLikelihood(
      rows.design(), classes: rows.k, classCount: 3, ridge: nil)
    let start = model.start()
    let gradient = model.state(start).gradient
    let apart = model.curvature(start).solve(gradient)
    let together = model.curvature(start, mostEntries: 0).solve(gradient)
    #expect(apart.contains { $0.magnitude > 0.1 })
    #expect(distance(apart, together) < 1e-9)
  }

  @Test func `a class that a column tells apart leaves all numbers finite`() {
    var classes = rows.k
    for row in classes.indices where rows.c[row] == 2 { classes[row] = 0 }
    let fit = MultinomialLogit(
      rows.design(), classes: classes, classCount: 3, ridge: [0, 0.01, 0.01, 0.01, 0.01])
    #expect(fit.hasConverged && fit.coefficients.allSatisfy { $0.isFinite && $0.magnitude < 20 })
  }

  /// R's optimiser ends at about six digits.
  @Test func `grouped proportional hazards, with their errors`() throws {
    let fit = try #require(
      OrderedRegression(
        rows.design(hasConstant: false), levels: rows.o, levelCount: 4, link: .complementaryLogLog
      )?.fit)
    #expect(
      distance(
        fit.coefficients,
        [
          0.4313740692, -0.3810070066, 0.2469142822, 0.1366413564, -0.9449896406, -0.1763031880,
          0.3978514881,
        ]) < 1e-5)
    #expect(
      distance(
        (0..<7).map { fit.standardError($0) ?? 0 },
        [
          0.0678143011, 0.1541137450, 0.1858176901, 0.1820816360, 0.1656560576, 0.1494989754,
          0.1451977416,
        ]) < 1e-4)
  }

  @Test func `the ordered logit, and how a ridge moves it`() throws {
    let design = rows.design(hasConstant: false)
    let fit = try #require(OrderedRegression(design, levels: rows.o, levelCount: 4)?.fit)
    let recorded = [
      0.7908761063, -0.6506243905, 0.5929073706, 0.2279032449, -0.7624717129, 0.3926463771,
      1.4116060134,
    ]
    #expect(distance(fit.coefficients, recorded) < 1e-6)
    let ridge = try #require(
      OrderedRegression(design, levels: rows.o, levelCount: 4, ridge: [3, 3, 3, 3])?.fit)
    // At the top, the penalty's slope is that of the likelihood: smaller coefficients, each of its sign.
    #expect(ridge.hasConverged)
    for place in 0..<4 {
      #expect(ridge.coefficients[place].magnitude < fit.coefficients[place].magnitude)
      #expect(ridge.coefficients[place] * fit.coefficients[place] > 0)
    }
  }

  @Test func `Poisson's and the negative binomial regression`() throws {
    let poisson = try #require(
      GeneralizedLinearModel(rows.design(), response: rows.m, family: .poisson)?.fit)
    #expect(
      distance(
        poisson.coefficients,
        [1.1184680198, 0.5010971804, -0.4901533688, 0.3157140458, -0.1642306435]) < 1e-8)
    let fit = try #require(NegativeBinomialRegression(rows.design(), counts: rows.m))
    #expect(fit.fit.hasConverged)
    #expect(
      distance(
        fit.fit.coefficients,
        [1.0517794147, 0.5068436965, -0.4795707587, 0.4274152425, -0.1078898643]) < 1e-6)
    #expect(abs(fit.size - 1.4534772421) < 1e-6)
    // Counts that do not vary more than their mean have no such law.
    #expect(
      NegativeBinomialRegression(rows.design(), counts: rows.m.map { min($0, 1) }) == nil)
  }

  @Test func `digamma and trigamma`() {
    let points = [0.3, 2.5, 40]
    #expect(
      distance(
        points.map { ElementaryFunctions.digamma($0) }, [-3.5025242222, 0.7031566406, 3.6763273740])
        < 1e-9)
    #expect(
      distance(
        points.map { ElementaryFunctions.trigamma($0) },
        [12.2453645461, 0.4903577561, 0.0253151038]) < 1e-9)
  }

  @Test func `a factor's product has the covariances of the matrix`() throws {
    let factor = CholeskyFactor([4, 2, 0, 2, 5, 0, 0, 0, 0], size: 3)
    // L = (2 0; 1 2): L (1, 1) = (2, 3), and the third column is left out.
    #expect(factor.product([1, 1, 1]) == [2, 3, 0])
    let read = try #require(
      CholeskyFactor(lowerTriangle: factor.lowerTriangle, isKept: factor.isKept))
    #expect(read.product([0, 1, 9]) == [0, 2, 0] && read.solve([4, 2, 7]) == [1, 0, 0])
    #expect(CholeskyFactor(lowerTriangle: [1, 0], isKept: [true, true]) == nil)
    #expect(CholeskyFactor(lowerTriangle: [1, 0, -1], isKept: [true, true]) == nil)
  }
}
