// SPDX-License-Identifier: Apache-2.0

/// How values follow one another in time, where a column says when.
public struct OrderFidelity: Hashable, Sendable, Codable {
  /// The column that says when.
  public var time: String
  /// One result a variable on a scale.
  public var columns: [Column]

  /// A variable in the order of time.
  public struct Column: Hashable, Sendable, Codable {
    /// The variable.
    public var name: String
    /// The correlation of each value with the one before it, in the real table.
    public var real: Double
    /// The same in the synthetic table.
    public var synthetic: Double
    /// The size of the difference.
    public var difference: Score

    /// Creates a result.
    public init(name: String, real: Double, synthetic: Double, difference: Score) {
      self.name = name
      self.real = real
      self.synthetic = synthetic
      self.difference = difference
    }
  }

  /// Creates a result.
  public init(time: String, columns: [Column]) {
    self.time = time
    self.columns = columns
  }
}
