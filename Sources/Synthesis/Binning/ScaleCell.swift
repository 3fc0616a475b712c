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

  /// Returns the value that two uniform numbers in 0..<1 pick.
  ///
  /// - Parameters:
  ///   - choice: Picks a spike or the smooth part.
  ///   - position: Picks the place between the edges.
  ///   - gridScale: Units of the grid in one, such as 100 for two decimals; 0 for no grid.
  @inline(__always)
  public func value(choice: Double, position: Double, gridScale: Double) -> Double {
    if spikes.isEmpty { return smoothValue(position, gridScale) }
    if spikes.count == 1, smoothWeight == 0 { return spikes[0].value }
    var rest = choice * weight
    for spike in spikes {
      if rest < spike.weight { return spike.value }
      rest -= spike.weight
    }
    return smoothWeight > 0 ? smoothValue(position, gridScale) : spikes[spikes.count - 1].value
  }

  @inline(__always)
  private func smoothValue(_ position: Double, _ gridScale: Double) -> Double {
    guard gridScale > 0 else { return lower + (upper - lower) * position }
    let first = (lower * gridScale / step).rounded(.up)
    let last = (upper * gridScale / step).rounded(.down)
    guard last > first else {
      return (last >= first ? first : (lower * gridScale / step).rounded()) * step / gridScale
    }
    return (first + ((last - first + 1) * position).rounded(.down)) * step / gridScale
  }
}
