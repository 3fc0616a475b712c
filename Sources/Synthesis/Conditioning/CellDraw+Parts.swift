// SPDX-License-Identifier: Apache-2.0

/// What a condition leaves of one cell of a scale.
package struct CellPart: Sendable {
  /// The common values that are left.
  package var spikes: [ScaleCell.Spike] = []
  /// The ends of what is left of the smooth part, as the cell counts them; empty where nothing is.
  package var smooth: (start: Double, length: Double)?
  /// The weight of what is left of the smooth part.
  package var smoothWeight = 0.0

  /// Nothing, or some common values.
  package init(spikes: [ScaleCell.Spike] = []) { self.spikes = spikes }
}

extension CellDraw {
  /// The number of cells.
  package var count: Int { weight.count }

  /// The common values of a cell.
  package func spikes(_ cell: Int) -> [ScaleCell.Spike] {
    (spikeStarts[cell]..<spikeStarts[cell + 1]).map {
      .init(value: spikeValues[$0], weight: spikeWeights[$0])
    }
  }

  /// The weight of the smooth part of a cell.
  package func smoothWeight(_ cell: Int) -> Double {
    let spikes = spikeWeights[spikeStarts[cell]..<spikeStarts[cell + 1]].reduce(0, +)
    // What drawing takes for no smooth part.
    return spikeStarts[cell] < spikeStarts[cell + 1] && weight[cell] <= spikes
      ? 0 : max(0, weight[cell] - spikes)
  }

  /// The least value that is made.
  package var lowest: Double { least(0) }

  /// The greatest value that is made.
  package var greatest: Double { most(count - 1) }

  private func least(_ cell: Int) -> Double {
    let smooth = smoothWeight(cell) > 0 ? ends(cell).lower : .infinity
    return min(spikes(cell).first?.value ?? .infinity, smooth)
  }

  private func most(_ cell: Int) -> Double {
    let smooth = smoothWeight(cell) > 0 ? ends(cell).upper : -.infinity
    return max(spikes(cell).last?.value ?? -.infinity, smooth)
  }

  /// How many grid points the smooth part of a cell has; `nil` off the grid.
  package func pointCount(_ cell: Int) -> Int? {
    step[cell] > 0 ? Int(upper[cell]) : nil
  }

  /// A grid point of the smooth part of a cell, counted from 0.
  package func point(_ cell: Int, _ number: Int) -> Double {
    (lower[cell] + Double(number)) * step[cell] / gridScale
  }

  /// The ends of the smooth part of a cell.
  package func ends(_ cell: Int) -> (lower: Double, upper: Double) {
    guard let count = pointCount(cell) else { return (lower[cell], lower[cell] + upper[cell]) }
    return (point(cell, 0), point(cell, max(0, count - 1)))
  }

  /// The smooth part of a cell between numbers that values are compared with.
  ///
  /// - Returns: Each stretch by its start and length, in points of the grid or units of the scale from the
  ///   cell's first value on, and a value in it.
  package func stretches(_ cell: Int, cuts: [Double]) -> [(
    start: Double, length: Double, probe: Double
  )] {
    let ends = ends(cell)
    guard let points = pointCount(cell) else {
      let length = upper[cell]
      guard length > 0 else { return [(0, 1, lower[cell])] }
      let inner = cuts.filter { $0 > ends.lower && $0 < ends.upper }
      let edges = [ends.lower] + inner + [ends.upper]
      return zip(edges, edges.dropFirst()).map {
        ($0 - ends.lower, $1 - $0, $0 / 2 + $1 / 2)
      }
    }
    // On a grid a number that is compared with is a stretch of its own.
    var starts: Set<Int> = [0]
    for cut in cuts where cut >= ends.lower && cut <= ends.upper {
      let number = cut * gridScale / step[cell] - lower[cell]
      let below = Int(number.rounded(.down))
      for start in [below, below + 1] where start > 0 && start < points { starts.insert(start) }
    }
    let edges = starts.sorted() + [points]
    return zip(edges, edges.dropFirst()).map {
      (Double($0), Double($1 - $0), point(cell, $0))
    }
  }

  /// A stretch of the smooth part of a cell, as the cell counts it.
  package func offset(_ cell: Int, _ start: Double, length: Double) -> (
    start: Double, length: Double
  ) {
    pointCount(cell) == nil && upper[cell] <= 0
      ? (lower[cell], upper[cell]) : (lower[cell] + start, length)
  }

  /// The scale with what is left of each cell, and how much of each that is.
  package func keeping(_ parts: [CellPart]) -> (cells: CellDraw, shares: [Double]) {
    var kept = self
    (kept.spikeStarts, kept.spikeValues, kept.spikeWeights) = ([0], [], [])
    var shares: [Double] = []
    for (cell, part) in parts.enumerated() {
      let left = part.spikes.reduce(part.smoothWeight) { $0 + $1.weight }
      shares.append(weight[cell] > 0 ? min(1, left / weight[cell]) : 0)
      kept.weight[cell] = left
      if let smooth = part.smooth {
        kept.lower[cell] = smooth.start
        kept.upper[cell] = smooth.length
      }
      for spike in part.spikes {
        kept.spikeValues.append(spike.value)
        kept.spikeWeights.append(spike.weight)
      }
      kept.spikeStarts.append(kept.spikeValues.count)
    }
    return (kept, shares)
  }

  /// How likely each cell is to give a value, one number a cell, all of them on one footing.
  ///
  /// Where no cell gives it, that of the cell beside it is 1.
  package func densities(at value: Double) -> [Double] {
    var masses = [Double](repeating: 0, count: count)
    var densities = masses
    for cell in masses.indices where weight[cell] > 0 {
      for spike in spikes(cell) where spike.value == value {
        masses[cell] += spike.weight / weight[cell]
      }
      let smooth = smoothWeight(cell) / weight[cell]
      guard smooth > 0 else { continue }
      if let points = pointCount(cell) {
        let number = (value * gridScale / step[cell] - lower[cell]).rounded()
        if number >= 0, number < Double(points),
          (point(cell, Int(number)) - value).magnitude <= 1e-9 * max(1, value.magnitude)
        {
          masses[cell] += smooth / Double(points)
        }
      } else if value >= lower[cell], value <= lower[cell] + upper[cell], upper[cell] > 0 {
        densities[cell] += smooth / upper[cell]
      }
    }
    if masses.contains(where: { $0 > 0 }) { return masses }
    if densities.contains(where: { $0 > 0 }) { return densities }
    if !masses.isEmpty { masses[cells(from: value, through: value).lowerBound] = 1 }
    return masses
  }

  /// The shares of a cell's values that lie below one limit and above another.
  package func shares(_ cell: Int, below low: Double, above high: Double) -> (
    below: Double, above: Double
  ) {
    guard weight[cell] > 0 else { return (0, 0) }
    var (below, above) = (0.0, 0.0)
    for spike in spikes(cell) {
      if spike.value < low { below += spike.weight }
      if spike.value > high { above += spike.weight }
    }
    let smooth = smoothWeight(cell)
    if smooth > 0 {
      let share = smoothShares(cell, below: low, above: high)
      below += smooth * share.below
      above += smooth * share.above
    }
    return (below / weight[cell], above / weight[cell])
  }

  private func smoothShares(_ cell: Int, below low: Double, above high: Double) -> (
    below: Double, above: Double
  ) {
    guard let points = pointCount(cell) else {
      guard upper[cell] > 0 else {
        return (lower[cell] < low ? 1 : 0, lower[cell] > high ? 1 : 0)
      }
      func part(_ value: Double) -> Double {
        min(max((value - lower[cell]) / upper[cell], 0), 1)
      }
      return (part(low), 1 - part(high))
    }
    /// How many points lie below a value, counted by the values themselves.
    func number(_ isInside: (Double) -> Bool) -> Double {
      var (first, last) = (0, points)
      while first < last {
        let middle = (first + last) >> 1
        if isInside(point(cell, middle)) { first = middle + 1 } else { last = middle }
      }
      return Double(first)
    }
    return (
      number { $0 < low } / Double(points),
      1 - number { $0 <= high } / Double(points)
    )
  }
}
