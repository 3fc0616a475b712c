// SPDX-License-Identifier: Apache-2.0

/// The cells of a scale laid flat for drawing.
package struct CellDraw: Sendable {
  @usableFromInline var lower: [Double] = []
  @usableFromInline var upper: [Double] = []
  @usableFromInline var step: [Double] = []
  @usableFromInline var weight: [Double] = []
  @usableFromInline var spikeStarts: [Int] = [0]
  @usableFromInline var spikeValues: [Double] = []
  @usableFromInline var spikeWeights: [Double] = []
  @usableFromInline let gridScale: Double
  private var lowerEdges: [Double] = []
  private var upperEdges: [Double] = []

  /// Lays the cells of a scale flat.
  package init(_ layout: ScaleLayout) {
    gridScale = layout.gridScale
    for cell in layout.cells {
      lowerEdges.append(cell.spikes.first.map { min($0.value, cell.lower) } ?? cell.lower)
      upperEdges.append(cell.spikes.last.map { max($0.value, cell.upper) } ?? cell.upper)
      // Steps are counted from grid point to grid point, so that a draw is one product.
      if isOnGrid(cell) {
        let first = (cell.lower * gridScale / cell.step).rounded(.up)
        let last = (cell.upper * gridScale / cell.step).rounded(.down)
        if last >= first {
          lower.append(first)
          upper.append(last - first + 1)
        } else {
          lower.append((cell.lower * gridScale / cell.step).rounded())
          upper.append(1)
        }
      } else {
        lower.append(cell.lower)
        upper.append(cell.upper - cell.lower)
      }
      step.append(isOnGrid(cell) ? cell.step : 0)
      weight.append(cell.weight)
      for spike in cell.spikes {
        spikeValues.append(spike.value)
        spikeWeights.append(spike.weight)
      }
      spikeStarts.append(spikeValues.count)
    }
  }

  /// Whether evenly drawn values of a cell lie on the grid; numbers too large to count steps do not.
  private func isOnGrid(_ cell: ScaleCell) -> Bool {
    gridScale > 0 && cell.smoothWeight > 0
      && max(abs(cell.lower), abs(cell.upper)) * gridScale < 0x1p52
  }

  /// Whether no cell holds more than one common value or one smooth part, so that nothing is chosen.
  package var isAllSingle: Bool {
    weight.indices.allSatisfy { cell in
      let spikes = spikeStarts[cell]..<spikeStarts[cell + 1]
      return spikes.isEmpty
        || spikes.count == 1 && spikeWeights[spikes.lowerBound] >= weight[cell]
    }
  }

  /// The value that uniform numbers pick: `choice` a spike or the smooth part, `position` the place.
  @inlinable @inline(__always)
  package func value(_ cell: Int, choice: Double, position: Double) -> Double {
    let start = spikeStarts[cell]
    let end = spikeStarts[cell + 1]
    if start < end {
      var rest = choice * weight[cell]
      for spike in start..<end {
        if rest < spikeWeights[spike] { return spikeValues[spike] }
        rest -= spikeWeights[spike]
      }
      if weight[cell] <= spikeWeights[start..<end].reduce(0, +) { return spikeValues[end - 1] }
    }
    guard step[cell] > 0 else { return lower[cell] + upper[cell] * position }
    return (lower[cell] + (upper[cell] * position).rounded(.down)) * step[cell] / gridScale
  }

  /// Limits moved inwards to the grid, so that a value cut to one of them is written as it is.
  package func gridLimits(_ lower: Double, _ upper: Double) -> (Double, Double) {
    guard gridScale > 0 else { return (lower, upper) }
    func moved(_ limit: Double, _ rule: FloatingPointRoundingRule) -> Double {
      // A limit that is on the grid but for the last bit stays.
      let steps = limit * gridScale
      guard abs(steps) < 0x1p52, abs(steps - steps.rounded()) > 1e-6 else { return limit }
      return steps.rounded(rule) / gridScale
    }
    return (moved(lower, .up), moved(upper, .down))
  }

  /// The cells that reach into a closed interval; at least one, the nearest, if none does.
  package func cells(from lower: Double, through upper: Double) -> ClosedRange<Int> {
    var first = 0
    while first < upperEdges.count - 1, upperEdges[first] < lower { first += 1 }
    var last = lowerEdges.count - 1
    while last > first, lowerEdges[last] > upper { last -= 1 }
    return first...last
  }
}
