// SPDX-License-Identifier: Apache-2.0
import Numerics

/// The regression of an ordered response: P(y ≤ k) = F(θₖ − x β), with proportional odds or hazards.
///
/// The design has no constant; the thresholds θ follow the coefficients in ``fit``.
///
/// ## Source
/// McCullagh, "Regression models for ordinal data", Journal of the Royal Statistical Society B 42
/// (1980) 109–142; with the complementary log-log link it is Cox's model of grouped times: Prentice and
/// Gloeckler, "Regression analysis of grouped survival data with application to breast cancer data",
/// Biometrics 34 (1978) 57–67. The covariances are those of the observed information.
public struct OrderedRegression: Sendable {
  /// Coefficients, then thresholds.
  public let fit: RegressionFit

  private static let maximumStepCount = 100

  /// Fits a model; `nil` if a level has no row or there are too few rows.
  ///
  /// - Parameters:
  ///   - design: The columns that explain, without a constant.
  ///   - levels: The response of each row, from 0.
  ///   - levelCount: The number of levels, 2 or more.
  ///   - link: What F is.
  ///   - ridge: For each column λ, where λ β²/2 is taken from the log-likelihood; `nil` for none.
  public init?(
    _ design: SparseDesign, levels: [Int], levelCount: Int, link: OrderedLink = .logit,
    ridge: [Double]? = nil
  ) {
    precondition(levels.count == design.rowCount, "one response a row")
    let scaled = ScaledDesign(design)
    let model = Likelihood(
      design: scaled, levels: levels, levelCount: levelCount, link: link,
      penalties: ridge.map(scaled.penalties))
    guard levelCount >= 2, scaled.rowCount > model.size,
      let start = model.start()
    else { return nil }
    let found = NewtonAscent(
      from: start, maximumStepCount: Self.maximumStepCount, model.state)
    guard found.parameters.allSatisfy(\.isFinite) else { return nil }
    fit = scaled.unscaled(
      found.parameters, covariance: found.factor.inverse(), isKept: found.factor.isKept,
      hasConverged: found.hasConverged)
  }

  private struct Likelihood {
    let design: ScaledDesign
    let levels: [Int]
    let levelCount: Int
    let link: OrderedLink
    let penalties: RidgePenalties?

    var size: Int { design.columnCount + levelCount - 1 }

    /// Thresholds where the link has the cumulative shares; `nil` if a level is empty.
    func start() -> [Double]? {
      var counts = [Int](repeating: 0, count: levelCount)
      for level in levels { counts[level] += 1 }
      guard counts.allSatisfy({ $0 > 0 }) else { return nil }
      var parameters = [Double](repeating: 0, count: size)
      var below = 0
      for level in 0..<(levelCount - 1) {
        below += counts[level]
        parameters[design.columnCount + level] = link.threshold(
          Double(below), of: Double(levels.count))
      }
      return parameters
    }

    func state(_ parameters: [Double]) -> NewtonAscent.State {
      let (p, size) = (design.columnCount, size)
      var state = NewtonAscent.State(size: size)
      var row = [Double](repeating: 0, count: size)
      for index in levels.indices {
        let linear = design.product(index, parameters)
        let level = levels[index]
        // What lies below the upper and the lower threshold, with the density and its slope.
        let upper =
          level < levelCount - 1 ? link.part(parameters[p + level] - linear) : .all
        let lower = level > 0 ? link.part(parameters[p + level - 1] - linear) : .none
        let probability = lower.complement - upper.complement
        guard probability > 0 else {
          state.likelihood = -.infinity
          return state
        }
        state.likelihood += ElementaryFunctions.log(probability)
        let (fu, fl) = (upper.density, lower.density)
        let (du, dl) = (upper.slope, lower.slope)
        // The derivatives by the upper threshold a, by the lower b, and by x β, which is −(a + b).
        let (ga, gb) = (fu / probability, -fl / probability)
        let haa = du / probability - ga * ga
        let hbb = -dl / probability - gb * gb
        let hab = -ga * gb
        for column in 0..<p { row[column] = design.values[index * p + column] }
        let gx = -(ga + gb)
        let hxx = haa + hbb + 2 * hab
        for i in 0..<p where row[i] != 0 {
          state.gradient[i] += gx * row[i]
          for j in 0...i { state.information[i * size + j] -= hxx * row[i] * row[j] }
        }
        for (threshold, g, h) in [(level, ga, haa + hab), (level - 1, gb, hbb + hab)]
        where threshold >= 0 && threshold < levelCount - 1 {
          let place = p + threshold
          state.gradient[place] += g
          for j in 0..<p where row[j] != 0 {
            state.information[place * size + j] += h * row[j]
          }
        }
        if level < levelCount - 1 { state.information[(p + level) * size + p + level] -= haa }
        if level > 0 { state.information[(p + level - 1) * size + p + level - 1] -= hbb }
        if level > 0, level < levelCount - 1 {
          state.information[(p + level) * size + p + level - 1] -= hab
        }
      }
      penalties?.apply(parameters, &state.information, &state.gradient, size)
      state.likelihood -= penalties?.loss(parameters) ?? 0
      return state
    }
  }
}
