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
  /// The grid of evenly drawn values, or 0 for none.
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
  @inline(__always)
  public func value(choice: Double, position: Double) -> Double {
    if spikes.isEmpty { return smoothValue(position) }
    if spikes.count == 1, smoothWeight == 0 { return spikes[0].value }
    var rest = choice * weight
    for spike in spikes {
      if rest < spike.weight { return spike.value }
      rest -= spike.weight
    }
    return smoothWeight > 0 ? smoothValue(position) : spikes[spikes.count - 1].value
  }

  @inline(__always)
  private func smoothValue(_ position: Double) -> Double {
    guard step > 0 else { return lower + (upper - lower) * position }
    let first = (lower / step).rounded(.up)
    let last = (upper / step).rounded(.down)
    guard last > first else { return (last >= first ? first : (lower / step).rounded()) * step }
    return (first + ((last - first + 1) * position).rounded(.down)) * step
  }
}
