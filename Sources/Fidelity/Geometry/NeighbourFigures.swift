// SPDX-License-Identifier: Apache-2.0

/// Figures from nearest neighbours of two samples of equal size.
///
/// ## Source
/// Precision, recall, density, coverage: Naeem et al., "Reliable fidelity and diversity metrics for
/// generative models", ICML 2020, k = 5. α-precision, β-recall and authenticity: Alaa et al., "How
/// faithful is your synthetic data?", ICML 2022, by their definitions: synthcity's code takes the
/// neighbours of real rows by the numbers of synthetic ones.
struct NeighbourFigures: Sendable {
  static let neighbourCount = 5
  private static let gridCount = 30

  let precision: Double
  let recall: Double
  let density: Double
  let coverage: Double
  let alphaPrecision: Double
  let betaRecall: Double
  let authenticity: Double

  /// Creates figures; `nil` with too few points for neighbours.
  ///
  /// `realToOther` has a row for each real point.
  init?(
    real: PointCloud, other: PointCloud, realToReal: [[Float]], otherToOther: [[Float]],
    realToOther: [[Float]]
  ) {
    let k = Self.neighbourCount
    guard real.count > k, other.count > k else { return nil }
    let realReach = realToReal.map { Self.smallest($0, k + 1) }
    let otherReach = otherToOther.map { Self.smallest($0, k + 1) }
    // The nearest of a set to its own point is the point itself, so neighbour k is at place k + 1.
    var isInside = [Bool](repeating: false, count: other.count)
    var nearestReal = [(distance: Float, row: Int)](
      repeating: (.infinity, 0), count: other.count)
    var inside = 0
    var covered = 0
    var recalled = 0
    var nearestOther = [Int](repeating: 0, count: real.count)
    for (i, row) in realToOther.enumerated() {
      var isRecalled = false
      var nearest = (distance: Float.infinity, row: 0)
      for (j, distance) in row.enumerated() {
        if distance <= realReach[i][k] {
          isInside[j] = true
          inside += 1
        }
        if distance <= otherReach[j][k] { isRecalled = true }
        if distance < nearest.distance { nearest = (distance, j) }
        if distance < nearestReal[j].distance { nearestReal[j] = (distance, i) }
      }
      if nearest.distance <= realReach[i][k] { covered += 1 }
      if isRecalled { recalled += 1 }
      nearestOther[i] = nearest.row
    }
    let (n, m) = (Double(real.count), Double(other.count))
    precision = Double(isInside.count { $0 }) / m
    recall = Double(recalled) / n
    density = Double(inside) / (Double(k) * m)
    coverage = Double(covered) / n
    authenticity =
      Double(nearestReal.count { $0.distance > realReach[$0.row][1] }) / m
    alphaPrecision = Self.evenness(
      of: real.distancesFromCentre(of: other), within: real.distancesFromCentre(of: real))
    // Real points that no synthetic one is near to count as farther out than any shell.
    let radii = other.distancesFromCentre(of: other)
    let met = realToOther.indices.map { i -> Double in
      realToOther[i][nearestOther[i]] <= realReach[i][1] ? radii[nearestOther[i]] : .infinity
    }
    betaRecall = Self.evenness(of: met, within: radii)
  }

  /// 1 − 2 ∫ |P_α − α| dα, P_α the share of distances within the α-quantile of the radii.
  private static func evenness(of distances: [Double], within radii: [Double]) -> Double {
    let ascending = radii.sorted()
    var sum = 0.0
    for step in 1...gridCount {
      let alpha = Double(step) / Double(gridCount)
      let place = min(ascending.count - 1, Int((alpha * Double(ascending.count)).rounded(.up)) - 1)
      let radius = ascending[max(0, place)] * (1 + 1e-12)
      let share = Double(distances.count { $0 <= radius }) / Double(distances.count)
      sum += (share - alpha).magnitude
    }
    return 1 - 2 * sum / Double(gridCount)
  }

  /// The smallest so many, ascending.
  private static func smallest(_ values: [Float], _ count: Int) -> [Float] {
    var least = [Float](repeating: .infinity, count: count)
    for value in values where value < least[count - 1] {
      var place = count - 1
      while place > 0, least[place - 1] > value {
        least[place] = least[place - 1]
        place -= 1
      }
      least[place] = value
    }
    return least
  }
}
