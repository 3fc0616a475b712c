// SPDX-License-Identifier: Apache-2.0

/// Pearson's correlation over the rows in which both values are present.
enum PairCorrelation {
  /// The correlation in one table; `nil` if it is undefined there.
  ///
  /// Values come as deviations from the real mean in real standard deviations, so plain sums of
  /// products lose no digits that matter.
  static func value(_ a: PreparedColumn, _ b: PreparedColumn, side: Int) -> Double? {
    guard !a.standardized.isEmpty, !b.standardized.isEmpty else { return nil }
    let x = a.standardized[side]
    let y = b.standardized[side]
    let xs = a.codes[side]
    let ys = b.codes[side]
    var n = 0.0
    var sx = 0.0
    var sy = 0.0
    if a.isComplete(side), b.isComplete(side) {
      n = Double(x.count)
      for row in x.indices {
        sx += x[row]
        sy += y[row]
      }
    } else {
      for row in x.indices where xs[row] != 0 && ys[row] != 0 {
        n += 1
        sx += x[row]
        sy += y[row]
      }
    }
    guard n > 1 else { return nil }
    let (mx, my) = (sx / n, sy / n)
    var xx = 0.0
    var yy = 0.0
    var xy = 0.0
    for row in x.indices where xs[row] != 0 && ys[row] != 0 {
      let dx = x[row] - mx
      let dy = y[row] - my
      xx += dx * dx
      yy += dy * dy
      xy += dx * dy
    }
    // A constant leaves rounding errors of about 1e-16 a row and nothing more.
    guard xx > n * 1e-24, yy > n * 1e-24 else { return nil }
    return min(1, max(-1, xy / (xx * yy).squareRoot()))
  }

  /// The correlation in each draw of the real rows; NaN where undefined.
  static func lanes(
    _ a: PreparedColumn, _ b: PreparedColumn, bootstrap: BootstrapRows
  ) -> Lanes {
    let x = a.standardized[0]
    let y = b.standardized[0]
    let xs = a.codes[0]
    let ys = b.codes[0]
    var total = MomentLanes()
    var block = MomentLanes()
    for row in x.indices where xs[row] != 0 && ys[row] != 0 {
      let weight = bootstrap.weights[row]
      block.add(weight, Float(x[row]), Float(y[row]))
      // Blocks keep single precision from losing small terms in a long sum.
      if row & 1023 == 1023 {
        total.add(block)
        block = MomentLanes()
      }
    }
    total.add(block)
    return total.correlation
  }

  /// Weighted sums of two variables in each draw.
  private struct MomentLanes {
    var weight = Lanes.zero
    var x = Lanes.zero
    var y = Lanes.zero
    var xx = Lanes.zero
    var yy = Lanes.zero
    var xy = Lanes.zero

    @inline(__always)
    mutating func add(_ w: Lanes, _ first: Float, _ second: Float) {
      let wx = w * first
      let wy = w * second
      weight += w
      x += wx
      y += wy
      xx += wx * first
      yy += wy * second
      xy += wx * second
    }

    mutating func add(_ other: MomentLanes) {
      weight += other.weight
      x += other.x
      y += other.y
      xx += other.xx
      yy += other.yy
      xy += other.xy
    }

    var correlation: Lanes {
      let mx = x / weight
      let my = y / weight
      let vx = xx / weight - mx * mx
      let vy = yy / weight - my * my
      let value = (xy / weight - mx * my) / (vx * vy).squareRoot()
      let isDefined = (vx .> 1e-9) .& (vy .> 1e-9)
      return Lanes(repeating: .nan).replacing(
        with: value.clamped(
          lowerBound: Lanes(repeating: -1), upperBound: Lanes(repeating: 1)), where: isDefined)
    }
  }
}
