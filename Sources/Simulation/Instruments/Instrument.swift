// SPDX-License-Identifier: Apache-2.0

/// How a table of a simulation is collected: what of it is seen, and how well.
public struct Instrument: Sendable, Hashable {
  /// How one column is measured; each step follows on the one before, in this order.
  struct Channel: Sendable, Hashable {
    var column: String
    var bias = 0.0
    /// What is added for each unit of time.
    var drift = 0.0
    /// The standard deviation of errors, and the part of it that grows with the value.
    var noise = 0.0
    var relativeNoise = 0.0
    /// The probability that an observer takes one level for another.
    var misclassified = 0.0
    /// What is below or above cannot be seen.
    var below: Double?
    var above: Double?
    /// The unit readings are rounded to.
    var rounding: Double?
    /// The probability that a reading is lost.
    var dropout = 0.0
  }

  var table: String
  /// Rows are taken at times that are a multiple of this.
  var every: Double?
  /// The probability that an individual never answers.
  var nonresponse = 0.0
  var channels: [Channel] = []
}
