// SPDX-License-Identifier: Apache-2.0

/// Cuts a scale into cells that follow the data: a cell of its own for each common value, and cells of
/// about equal weight between them.
struct ScaleBinner {
  /// The fewest rows a spike or a smooth part rests on.
  var minimumWeight: Double
  /// The most cells.
  var maximumCellCount: Int
  /// Units of the grid on which values are written in one: ten to the power of the decimals; 0 for none.
  var gridScale: Double

  /// Returns the cells of a column, ascending, and the greatest value of each.
  func cells(of runs: ValueRuns) -> (cells: [ScaleCell], greatest: [Double]) {
    let groups = groups(of: runs)
    var cells: [ScaleCell] = []
    var greatest: [Double] = []
    for (index, group) in groups.enumerated() {
      let first = runs.values[group.lowerBound]
      let last = runs.values[group.upperBound - 1]
      let lower =
        index == 0 ? CellEdge.clamped(first) : edge(runs.values[group.lowerBound - 1], first)
      let upper =
        index == groups.count - 1
        ? CellEdge.clamped(last) : edge(last, runs.values[group.upperBound])
      var cell = cell(of: runs, group: group, lower: lower, upper: upper)
      if cell.smoothWeight > 0, groups.count == 1 {
        (cell.lower, cell.upper) = protectedRange(of: runs, group: group)
      } else if cell.smoothWeight > 0 {
        if index == 0 { cell.lower = protectedLower(of: runs, group: group, upper: upper) }
        if index == groups.count - 1 {
          cell.upper = protectedUpper(of: runs, group: group, lower: lower)
        }
      }
      cells.append(cell)
      greatest.append(last)
    }
    return (cells, greatest)
  }

  // MARK: Grouping

  /// Runs of values that share a cell.
  private func groups(of runs: ValueRuns) -> [Range<Int>] {
    let count = runs.values.count
    guard count > 0 else { return [] }
    var spikeWeight = minimumWeight
    var aim = max(minimumWeight, runs.total / Double(maximumCellCount))
    while true {
      let groups = groups(of: runs, spikeWeight: spikeWeight, aim: aim)
      if groups.count <= maximumCellCount { return groups }
      // Too many common values for a cell each: the less common ones share cells, as spikes within.
      spikeWeight = max(spikeWeight * 1.5, aim / 2)
      aim *= 1.1
    }
  }

  private func groups(of runs: ValueRuns, spikeWeight: Double, aim: Double) -> [Range<Int>] {
    let count = runs.values.count
    let total = runs.total
    let tail = tailAims(total: total, aim: aim)
    var groups: [Range<Int>] = []
    var weights: [Double] = []
    var start = 0
    var weight = 0.0
    var below = 0.0
    func close(at end: Int) {
      guard end > start else { return }
      // A gap between two spikes that holds too few rows joins the spike before it.
      if weight < minimumWeight, let last = groups.popLast(), let lastWeight = weights.popLast() {
        groups.append(last.lowerBound..<end)
        weights.append(lastWeight + weight)
      } else {
        groups.append(start..<end)
        weights.append(weight)
      }
      start = end
      weight = 0
    }
    for index in 0..<count {
      let isSpike = runs.counts[index] >= spikeWeight
      if isSpike, index > start, weight >= minimumWeight || !groups.isEmpty { close(at: index) }
      weight += runs.counts[index]
      below += runs.counts[index]
      let here = tail(min(below, total - below))
      if isSpike || weight >= here { close(at: index + 1) }
    }
    close(at: count)
    return groups
  }

  /// Cells get smaller towards both ends, where the scale is sparse and one wide cell would be crude.
  private func tailAims(total: Double, aim: Double) -> (Double) -> Double {
    { distance in min(aim, max(minimumWeight, distance * 0.25)) }
  }

  // MARK: One cell

  private func cell(
    of runs: ValueRuns, group: Range<Int>, lower: Double, upper: Double
  ) -> ScaleCell {
    var spikes: [ScaleCell.Spike] = []
    var smooth: [Double] = []
    var smoothWeight = 0.0
    for index in group {
      if runs.counts[index] >= minimumWeight {
        spikes.append(.init(value: runs.values[index], weight: runs.counts[index]))
      } else {
        smooth.append(runs.values[index])
        smoothWeight += runs.counts[index]
      }
    }
    // Too few rows to show on their own follow the common values around them.
    if smoothWeight < minimumWeight, !spikes.isEmpty {
      let weight = spikes.reduce(0) { $0 + $1.weight }
      for index in spikes.indices { spikes[index].weight *= 1 + smoothWeight / weight }
      smoothWeight = 0
    }
    guard smoothWeight > 0 else {
      let values = spikes.map(\.value)
      return ScaleCell(
        lower: values.first ?? lower, upper: values.last ?? upper, smoothWeight: 0, step: 1,
        spikes: spikes)
    }
    return ScaleCell(
      lower: lower, upper: upper, smoothWeight: smoothWeight, step: grid(of: smooth),
      spikes: spikes)
  }

  /// The greatest step that all values of a cell are multiples of, in units of the grid.
  private func grid(of values: [Double]) -> Double {
    guard gridScale > 0 else { return 1 }
    var divisor = 0
    for value in values {
      let scaled = (value * gridScale).rounded()
      guard abs(scaled) < 1e15 else { return 1 }
      divisor = Self.greatestCommonDivisor(divisor, Int(abs(scaled)))
      if divisor == 1 { break }
    }
    return Double(max(divisor, 1))
  }

  private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }

  private func edge(_ first: Double, _ second: Double) -> Double {
    CellEdge.between(first, second, gridScale: gridScale)
  }

  // MARK: Tails

  /// An end of the scale that follows from a mean of rows and never from the extreme row.
  private func protectedLower(of runs: ValueRuns, group: Range<Int>, upper: Double) -> Double {
    let mean = smoothMean(of: runs, group: group)
    let mirrored = CellEdge.rounded(2 * mean - upper, within: 0.02 * (upper - mean))
    // That a quantity is never negative is a matter of its kind, not of a person.
    return min(upper, (runs.values.first ?? 0) >= 0 ? max(0, mirrored) : mirrored)
  }

  private func protectedUpper(of runs: ValueRuns, group: Range<Int>, lower: Double) -> Double {
    let mean = smoothMean(of: runs, group: group)
    let mirrored = CellEdge.rounded(2 * mean - lower, within: 0.02 * (mean - lower))
    return max(lower, (runs.values.last ?? 0) <= 0 ? min(0, mirrored) : mirrored)
  }

  /// Both ends of a scale of one cell: those of an even spread of the same mean and deviation.
  private func protectedRange(of runs: ValueRuns, group: Range<Int>) -> (Double, Double) {
    let mean = smoothMean(of: runs, group: group)
    var square = 0.0
    var weight = 0.0
    for index in group where runs.counts[index] < minimumWeight {
      // Halves, so that the distance of huge values of both signs is finite.
      let half = (runs.values[index] / 2 - mean / 2) / CellEdge.limit.squareRoot()
      square += half * half * runs.counts[index]
      weight += runs.counts[index]
    }
    let deviation =
      weight > 0 ? 2 * (square / weight).squareRoot() * CellEdge.limit.squareRoot() : 0
    let reach = deviation * 1.7320508075688772
    var lower = CellEdge.rounded(mean - reach, within: 0.02 * reach)
    var upper = CellEdge.rounded(mean + reach, within: 0.02 * reach)
    if (runs.values.first ?? 0) >= 0 { lower = max(0, lower) }
    if (runs.values.last ?? 0) <= 0 { upper = min(0, upper) }
    return (min(lower, upper), max(lower, upper))
  }

  private func smoothMean(of runs: ValueRuns, group: Range<Int>) -> Double {
    var weight = 0.0
    for index in group where runs.counts[index] < minimumWeight { weight += runs.counts[index] }
    guard weight > 0 else { return CellEdge.clamped(runs.values[group.lowerBound]) }
    var mean = 0.0
    for index in group where runs.counts[index] < minimumWeight {
      mean += runs.values[index] * (runs.counts[index] / weight)
    }
    return CellEdge.clamped(mean)
  }
}
