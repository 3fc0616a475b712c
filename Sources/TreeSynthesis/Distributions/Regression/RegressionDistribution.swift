// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

/// How a regression treats its coefficients.
protocol RegressionKind: Sendable {
  /// The method's name.
  static var method: String { get }
  /// The penalties to choose from by rows that were not learned from; one is taken as it is.
  static var penalties: [Double] { get }
  /// Whether parameters are drawn anew for each run.
  static var isProper: Bool { get }
  /// Whether values on a scale are durations, whose hazards are proportional.
  static var hasHazards: Bool { get }
}

extension RegressionKind {
  static var hasHazards: Bool { false }
}

/// Regressions as they are, but for a penalty that keeps coefficients finite where classes are apart.
enum PlainRegression: RegressionKind {
  static let method = "regression"
  static let penalties = [0.01]
  static let isProper = false
}

/// Regressions whose coefficients are drawn towards 0, as rows that were not learned from say.
enum RidgeRegression: RegressionKind {
  static let method = "ridge-regression"
  static let penalties = [0.3, 3, 30, 300]
  static let isProper = false
}

/// Regressions whose parameters are drawn for each run from what the table leaves open.
enum ProperRegression: RegressionKind {
  static let method = "proper-regression"
  static let penalties = [0.01]
  static let isProper = true
}

/// Regressions in which values on a scale are durations with proportional hazards.
enum SurvivalRegression: RegressionKind {
  static let method = "survival"
  static let penalties = [0.01]
  static let isProper = false
  static let hasHazards = true
}

/// A regression of each variable, by its kind.
struct RegressionDistribution<Kind: RegressionKind>: LinearDistribution {
  static var method: String { Kind.method }

  let model: RegressionModel

  /// The most rows by which a penalty is chosen.
  private static var mostTrialRows: Int { 8000 }

  static func fit(_ problem: DistributionProblem) -> Self {
    var penalty = Kind.penalties[0]
    if Kind.penalties.count > 1, !problem.predictors.isEmpty, problem.rows.count >= 10 {
      let step = max(1, problem.rows.count / mostTrialRows)
      let sample = stride(from: 0, to: problem.rows.count, by: step).map { problem.rows[$0] }
      var part = problem
      part.rows = sample.indices.filter { $0 % 5 != 4 }.map { sample[$0] }
      let others = sample.indices.filter { $0 % 5 == 4 }.map { sample[$0] }
      let losses = Kind.penalties.map { penalty in
        RegressionFitting.loss(
          RegressionFitting(
            part, penalty: penalty, hasSpread: false, hasHazards: Kind.hasHazards
          ).model(), problem, rows: others
        )
      }
      let best = losses.indices.min { (losses[$0], $0) < (losses[$1], $1) } ?? 0
      penalty = Kind.penalties[best]
    }
    return Self(
      model: RegressionFitting(
        problem, penalty: penalty, hasSpread: Kind.isProper, hasHazards: Kind.hasHazards
      ).model())
  }

  var words: String {
    var parts: [String] = []
    if model.classCount == 2 { parts.append("a logistic regression") }
    if model.classCount > 2 {
      parts.append("a multinomial logit of \(model.classCount) classes")
    }
    if let law = model.law { parts.append("\(law.name) of \(model.lawBins.count) bins") }
    if parts.isEmpty { parts.append("one class") }
    let spread = Kind.isProper ? ", their covariances" : ""
    return parts.joined(separator: " and ")
      + ", \(model.classCoefficients.count + model.lawCoefficients.count) coefficients\(spread)"
  }

  var keepsMargins: Bool { !Kind.isProper }

  func weigher(_ stream: @autoclosure () -> StreamKey) -> any BinWeigher {
    Kind.isProper ? model.drawn(using: stream()).weigher : model.weigher
  }
}
