// SPDX-License-Identifier: Apache-2.0

/// One bin of a scale, and the small model that draws values inside it.
///
/// Values that many rows share (zeros, heaped and rounded values) are *spikes*, kept exactly. All others
/// are drawn evenly between the edges on the grid on which the values are written, so that none of them
/// is a copy but by coincidence.
public struct ScaleCell: Hashable, Sendable, Codable {
  /// The lower edge; between values that occur, never one that is rare.
  public var lower: Double
  /// The upper edge.
  public var upper: Double
  /// The weight of rows that are drawn evenly; 0, or at least the plan's minimum.
  public var smoothWeight: Double
  /// The grid of evenly drawn values, in units of the layout's grid; at least 1.
  public var step: Double
  /// The common values, ascending, each with a weight of at least the plan's minimum.
  public var spikes: [Spike]

  /// A value that many rows share.
  public struct Spike: Hashable, Sendable, Codable {
    /// The value.
    public var value: Double
    /// The weight of the rows that have it.
    public var weight: Double
    /// Creates a spike.
    public init(value: Double, weight: Double) {
      self.value = value
      self.weight = weight
    }
  }

  /// The weight of all rows in the cell.
  public var weight: Double { spikes.reduce(smoothWeight) { $0 + $1.weight } }
}
