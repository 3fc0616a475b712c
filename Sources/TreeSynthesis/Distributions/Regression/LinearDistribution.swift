// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis

/// A distribution whose all is a ``RegressionModel``, however its coefficients were found.
protocol LinearDistribution: BinDistribution {
  /// What it holds.
  var model: RegressionModel { get }

  /// Creates a distribution of what was found.
  init(model: RegressionModel)
}

extension LinearDistribution {
  static var hasGroups: Bool { false }

  init(_ reader: inout ByteReader, shape: DistributionShape) throws(ByteReader.Damage) {
    self.init(model: try RegressionModel(&reader, shape: shape))
  }

  func write(to writer: inout ByteWriter) { model.write(to: &writer) }

  var asked: Set<Int> { model.asked }

  var leastSupport: Double? { model.support }

  func explanation(of own: BinNames, on predictors: [(name: String, BinNames)]) -> [String] {
    model.explanation(of: own, on: predictors)
  }

  func weigher(_ stream: @autoclosure () -> StreamKey) -> any BinWeigher { model.weigher }
}
