// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Cox's model of the time to an event, with Efron's treatment of ties.
///
/// The design has no constant.
///
/// ## Source
/// Cox, "Regression models and life-tables", Journal of the Royal Statistical Society B 34 (1972)
/// 187–220; Efron, "The efficiency of Cox's likelihood function for censored data", Journal of the
/// American Statistical Association 72 (1977) 557–565.
public struct ProportionalHazards: Sendable {
  /// Coefficients and covariances, one a column of the design.
  public let fit: RegressionFit

  private static let maximumStepCount = 50

  /// Fits a model; `nil` if there are too few events.
  ///
  /// - Parameters:
  ///   - design: The columns that explain, without a constant.
  ///   - times: The time of the event, or until which there was none.
  ///   - hasEvent: Whether the event came.
  public init?(_ design: SparseDesign, times: [Double], hasEvent: [Bool]) {
    precondition(times.count == design.rowCount && hasEvent.count == times.count, "one a row")
    let scaled = ScaledDesign(design, isCentred: true)
    let size = scaled.columnCount
    guard size > 0, hasEvent.count(where: { $0 }) > size else { return nil }
    let model = Likelihood(
      design: scaled, times: times, hasEvent: hasEvent,
      order: times.indices.sorted { (times[$1], $0) < (times[$0], $1) })
    let found = NewtonAscent(
      from: [Double](repeating: 0, count: size), maximumStepCount: Self.maximumStepCount,
      model.state)
    guard found.parameters.allSatisfy(\.isFinite) else { return nil }
    fit = scaled.unscaled(
      found.parameters, covariance: found.factor.inverse(), isKept: found.factor.isKept,
      hasConverged: found.hasConverged)
  }

  private struct Likelihood {
    let design: ScaledDesign
    let times: [Double]
    let hasEvent: [Bool]
    /// Rows, latest first.
    let order: [Int]

    /// Sums of weights, weighted columns and their products, over rows at risk or rows that died.
    private struct Sums {
      var weight = 0.0
      var first: [Double]
      var second: [Double]

      init(_ size: Int) {
        first = [Double](repeating: 0, count: size)
        second = [Double](repeating: 0, count: size * size)
      }

      mutating func add(_ design: ScaledDesign, _ row: Int, _ w: Double) {
        let size = first.count
        weight += w
        for i in 0..<size {
          let value = w * design.values[row * size + i]
          guard value != 0 else { continue }
          first[i] += value
          for j in 0...i { second[i * size + j] += value * design.values[row * size + j] }
        }
      }
    }

    func state(_ beta: [Double]) -> NewtonAscent.State {
      let size = design.columnCount
      var state = NewtonAscent.State(size: size)
      var atRisk = Sums(size)
      var place = 0
      while place < order.count {
        let time = times[order[place]]
        var dying = Sums(size)
        var deaths = 0
        while place < order.count, times[order[place]] == time {
          let row = order[place]
          let linear = min(500, design.product(row, beta))
          let weight = ElementaryFunctions.exp(linear)
          atRisk.add(design, row, weight)
          if hasEvent[row] {
            dying.add(design, row, weight)
            deaths += 1
            state.likelihood += linear
            for i in 0..<size { state.gradient[i] += design.values[row * size + i] }
          }
          place += 1
        }
        for death in 0..<deaths {
          // Of those who die at one time, each leaves a part of itself at risk.
          let part = Double(death) / Double(deaths)
          let total = atRisk.weight - part * dying.weight
          state.likelihood -= ElementaryFunctions.log(total)
          let mean = (0..<size).map { (atRisk.first[$0] - part * dying.first[$0]) / total }
          for i in 0..<size {
            state.gradient[i] -= mean[i]
            for j in 0...i {
              let both = atRisk.second[i * size + j] - part * dying.second[i * size + j]
              state.information[i * size + j] += both / total - mean[i] * mean[j]
            }
          }
        }
      }
      return state
    }
  }
}
