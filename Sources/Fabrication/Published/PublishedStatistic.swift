// SPDX-License-Identifier: Apache-2.0
import Tables

/// A published figure of a number: its mean, standard deviation or a quantile, or a correlation.
///
/// Standard deviations are those of the whole population, with its size below the fraction.
struct PublishedStatistic: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case count
    case mean
    case deviation
    case quantile(Double)
    case correlation(with: String)
  }

  /// A level to which the figure is confined.
  struct Condition: Hashable, Sendable {
    var variable: String
    var level: String
  }

  /// The table it stands in.
  var table: String
  var variable: String
  var kind: Kind
  /// Of whom it is, where not of all.
  var group: [Condition] = []
  var value: Double
  /// The file and the place in it, for errors.
  var file: String?
  var line: Int?
  var position: Int?

  /// What it is, for reports.
  var name: String {
    let what =
      switch kind {
      case .count: "number"
      case .mean: "mean of \(variable)"
      case .deviation: "standard deviation of \(variable)"
      case .quantile: "share of \(variable) below \(PublishedPopulation.plain(value))"
      case .correlation(let other): "correlation of \(variable) and \(other)"
      }
    return group.isEmpty
      ? what
      : what + " where " + group.map { "\($0.variable) = \($0.level)" }.joined(separator: ", ")
  }

  /// What is published under that name: of a quantile the share.
  var published: Double { if case .quantile(let share) = kind { share } else { value } }

  func problem(_ message: String, _ remedy: String) -> DataError {
    DataError(message, file: file ?? table, line: line, position: position, remedy: remedy)
  }

  /// Checks what can be checked of one figure in its range.
  func check(low: Double, high: Double) throws(DataError) {
    switch kind {
    case .mean, .quantile:
      guard value >= low, value <= high else {
        throw problem(
          "the \(kind == .mean ? "mean" : "quantile") of `\(variable)` in `\(table)` is outside "
            + "\(PublishedPopulation.plain(low)) to \(PublishedPopulation.plain(high))",
          "Correct it, or widen `from` and `to`.")
      }
      if case .quantile(let share) = kind, share <= 0 || share >= 1 {
        throw problem(
          "a quantile of `\(variable)` is not of a share between 0 and 1",
          "Write `quantiles: {0.25: 20, 0.5: 41}`, or `p25` above the column.")
      }
    case .deviation:
      guard value > 0, value <= (high - low) / 2 else {
        throw problem(
          "the standard deviation of `\(variable)` in `\(table)` cannot be had between "
            + "\(PublishedPopulation.plain(low)) and \(PublishedPopulation.plain(high))",
          "It is above 0 and at most half the range: correct it, or widen `from` and `to`.")
      }
    case .count:
      guard value >= 0 else {
        throw problem("a number of people is below 0 in `\(table)`", "Write 0 or above.")
      }
    case .correlation:
      guard abs(value) < 1 else {
        throw problem(
          "a correlation in `\(table)` is not between -1 and 1", "Correct the correlation.")
      }
    }
  }
}
