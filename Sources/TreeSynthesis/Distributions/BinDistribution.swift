// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis

/// A fitted conditional distribution that gives each row a weight for each of a variable's bins.
///
/// A method of this kind is one type: how it is fitted, what it holds, how it is coded, and how it weighs
/// bins. Drawing, limits, missing routes, groups of levels and margins are the same for all. It is known
/// as soon as ``DistributionMethods`` lists it.
protocol BinDistribution: Sendable {
  /// The name of the method in plans, in the catalogue and in generator files.
  static var method: String { get }

  /// Whether fewer rows a leaf make it finer.
  static var hasGroups: Bool { get }

  /// Learns the distribution of a target.
  static func fit(_ problem: DistributionProblem) -> Self

  /// Reads a distribution; what cannot have been written throws.
  init(_ reader: inout ByteReader, shape: DistributionShape) throws(ByteReader.Damage)

  /// Writes the distribution.
  func write(to writer: inout ByteWriter)

  /// The predictors that are asked, by their place among the variable's.
  var asked: Set<Int> { get }

  /// What it holds, in words.
  var words: String { get }

  /// The least weight that a statistic rests on; `nil` where the bins' own weights are the least.
  var leastSupport: Double? { get }

  /// Whether margins are brought back to those of the table.
  ///
  /// Not where the spread of margins between copies is meant.
  var keepsMargins: Bool { get }

  /// What weighs the bins of the rows of one run.
  ///
  /// - Parameter stream: A stream of the variable and the run, from which parameters may be drawn.
  func weigher(_ stream: @autoclosure () -> StreamKey) -> any BinWeigher

  /// What gives the variable's values, in lines.
  ///
  /// - Parameters:
  ///   - own: The variable's bins.
  ///   - predictors: The predictors, each with its bins.
  func explanation(of own: BinNames, on predictors: [(name: String, BinNames)]) -> [String]
}

extension BinDistribution {
  static var hasGroups: Bool { true }

  var keepsMargins: Bool { true }

  func explanation(of own: BinNames, on predictors: [(name: String, BinNames)]) -> [String] { [] }
}

/// Weighs a variable's bins, row by row.
protocol BinWeigher: Sendable {
  /// Whether each row is weighed by a part of the distribution, drawn for the row.
  var hasParts: Bool { get }

  /// Writes the weight of each bin of some rows, none negative.
  ///
  /// - Parameters:
  ///   - columns: For each predictor, the bins of the rows; any bin may come.
  ///   - parts: A number in 0..<1 a row that picks a part of the distribution; `nil` for all of it.
  ///   - result: Room for as many weights a row as the target has bins.
  func weigh(
    _ columns: [UnsafePointer<UInt8>], count: Int, parts: UnsafePointer<Double>?,
    into result: UnsafeMutablePointer<Double>)
}

extension BinWeigher {
  var hasParts: Bool { false }
}

/// The sizes to which a distribution that is read must fit.
struct DistributionShape {
  /// The number of predictors.
  var predictorCount: Int
  /// The number of bins of the target; at least one.
  var binCount: Int
}
