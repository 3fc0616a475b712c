// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// Measures one variable on its own: shape, missingness, chart and summary figures.
struct ColumnMeasure: Sendable {
  let column: AlignedColumn
  let bootstrap: BootstrapRows?

  /// The measured variable, with the figures of which averages are made.
  struct Result: Sendable {
    var fidelity: ColumnFidelity
    var shape: LanedScore
  }

  func result() -> Result {
    let ascending = column.isContinuous ? column.sides.map { $0.presentValues.sorted() } : []
    let shape = shape(ascending)
    let fidelity = ColumnFidelity(
      name: column.name, measure: column.isContinuous ? "ks" : "tv", distance: shape.score,
      missingness: missingness().score,
      chart: column.isContinuous
        ? ScaleChart(column, ascending: ascending).chart : LevelChart(column).chart,
      summaries: column.isContinuous
        ? SummaryFigures.scale(ascending[0], ascending[1])
        : SummaryFigures.levels(column))
    return Result(fidelity: fidelity, shape: shape)
  }

  // MARK: Shape

  private func shape(_ ascending: [[Double]]) -> LanedScore {
    guard column.sides[0].presentCount > 0 else {
      return LanedScore(notComputable: "the real column has no value")
    }
    guard column.sides[1].presentCount > 0 else {
      return LanedScore(notComputable: "the synthetic column has no value")
    }
    return column.isContinuous ? kolmogorovSmirnov(ascending) : totalVariation()
  }

  private func kolmogorovSmirnov(_ ascending: [[Double]]) -> LanedScore {
    let distances = ascending.dropFirst().map {
      EmpiricalDistance.kolmogorovSmirnov(sorted: ascending[0], sorted: $0)
    }
    guard let value = distances.first.flatMap({ $0 }) else {
      return LanedScore(notComputable: "a column has no value")
    }
    return LanedScore(
      value, holdout: distances.count > 1 ? distances[1] : nil, lanes: kolmogorovSmirnovLanes())
  }

  private func kolmogorovSmirnovLanes() -> Lanes {
    guard let bootstrap else { return Lanes(repeating: .nan) }
    let side = column.sides[0]
    let rows = side.values.indices.filter { side.codes[$0] != 0 }
      .sorted { side.values[$0] < side.values[$1] }
    var total = Lanes.zero
    for row in rows { total += bootstrap.weights[row] }
    var largest = Lanes.zero
    var sum = Lanes.zero
    for place in rows.indices {
      sum += bootstrap.weights[rows[place]]
      // Between ties there is no step of the distribution function to compare.
      let isLastOfTie =
        place + 1 == rows.count || side.values[rows[place + 1]] != side.values[rows[place]]
      guard isLastOfTie else { continue }
      let gap = sum / total - Lanes(repeating: Float(place + 1) / Float(rows.count))
      largest = pointwiseMax(largest, gap.magnitudes)
    }
    return largest.replacing(with: .nan, where: total .== 0)
  }

  private func totalVariation() -> LanedScore {
    let shares = column.sides.map { LevelShares($0.codes, levelCount: column.levels.count) }
    var lanes = Lanes(repeating: .nan)
    if let bootstrap {
      var counts = [Lanes](repeating: .zero, count: column.levels.count + 1)
      for (row, code) in column.sides[0].codes.enumerated() {
        counts[Int(code)] += bootstrap.weights[row]
      }
      var total = Lanes.zero
      for count in counts.dropFirst() { total += count }
      lanes = .zero
      for (level, count) in counts.dropFirst().enumerated() {
        lanes += (count / total - Lanes(repeating: Float(shares[0].shares[level]))).magnitudes
      }
      lanes = (lanes * 0.5).replacing(with: .nan, where: total .== 0)
    }
    return LanedScore(
      shares[0].totalVariation(from: shares[1]),
      holdout: shares.count > 2 && column.sides[2].presentCount > 0
        ? shares[0].totalVariation(from: shares[2]) : nil,
      lanes: lanes)
  }

  // MARK: Missing cells

  private func missingness() -> LanedScore {
    let shares = column.sides.map { side in
      side.codes.isEmpty
        ? nil : Double(side.codes.count - side.presentCount) / Double(side.codes.count)
    }
    guard let real = shares[0], let synthetic = shares[1] else {
      return LanedScore(notComputable: "a table has no rows")
    }
    var lanes = Lanes(repeating: .nan)
    if let bootstrap {
      lanes = .zero
      if real > 0 {
        for (row, code) in column.sides[0].codes.enumerated() where code == 0 {
          lanes += bootstrap.weights[row]
        }
      }
      lanes = (lanes / Float(bootstrap.size) - Float(real)).magnitudes
    }
    let holdout = shares.count > 2 ? shares[2].map { ($0 - real).magnitude } : nil
    return LanedScore((real - synthetic).magnitude, holdout: holdout, lanes: lanes)
  }
}
