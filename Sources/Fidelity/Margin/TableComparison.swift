// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// Compares real and synthetic counts cell by cell.
///
/// With o and s the real and synthetic counts of a cell, n₁ and n₂ the rows, c = n₂/(n₁ + n₂) and
/// m = o c/(1 − c), over the k cells with o + s > 0.
///
/// ## Source
/// synthpop's `utility.tab` (Raab, Nowok and Dibben, "Assessing, visualizing and improving the
/// utility of synthetic data", arXiv 2109.12717). The expectation of the Jensen–Shannon divergence is
/// (k − 1)/(8 n₂ ln 2) bits, not synthpop's (k − 1) ln 2/(2N), which is right for no c.
struct TableComparison {
  private let n1: Double
  private let n2: Double
  private let c: Double
  private var cells = 0
  private var voasWilliamson = 0.0
  private var freemanTukey = 0.0
  private var likelihood = 0.0
  private var likelihoodCells = 0
  private var divergence = 0.0
  private var variation = 0.0
  private var affinity = 0.0
  private var weighted = 0.0
  /// The cell farthest off, as it was numbered, and how far.
  private(set) var worst: (cell: Int, z: Double)?

  /// Creates an empty comparison; `nil` if a table has no rows.
  init?(realCount: Int, syntheticCount: Int) {
    guard realCount > 0, syntheticCount > 0 else { return nil }
    n1 = Double(realCount)
    n2 = Double(syntheticCount)
    c = n2 / (n1 + n2)
  }

  /// Adds a cell.
  mutating func add(cell: Int, real: Int, synthetic: Int) {
    guard real + synthetic > 0 else { return }
    let (o, s) = (Double(real), Double(synthetic))
    let m = o * c / (1 - c)
    let (p, q) = (o / n1, s / n2)
    let both = c * (o + s)
    cells += 1
    voasWilliamson += (s - m) * (s - m) / both
    let root = s.squareRoot() - m.squareRoot()
    freemanTukey += 4 * root * root
    if real > 0, synthetic > 0 {
      likelihood += 2 * s * ElementaryFunctions.log(q / p)
      likelihoodCells += 1
    }
    let half = (p + q) / 2
    if p > 0 { divergence += p * ElementaryFunctions.log(p / half) / 2 }
    if q > 0 { divergence += q * ElementaryFunctions.log(q / half) / 2 }
    variation += (p - q).magnitude / 2
    affinity += (p * q).squareRoot()
    weighted += (s - m).magnitude / (2 * both / .pi).squareRoot()
    let z = (s - m) / both.squareRoot()
    if z.magnitude > (worst?.z.magnitude ?? 0) { worst = (cell, z) }
  }

  /// The comparison of all cells added; `labels` names the levels of the worst one.
  func result(labels: (Int) -> [String]) -> TableUtility {
    let n = n1 + n2
    let ln2 = 0.6931471805599453
    return TableUtility(
      cellCount: cells, voasWilliamson: voasWilliamson,
      ratio: cells > 1 ? voasWilliamson / Double(cells - 1) : nil,
      propensityError: voasWilliamson * c * (1 - c) * (1 - c) / n, freemanTukey: freemanTukey,
      likelihoodRatio: likelihood, likelihoodFreedom: max(0, likelihoodCells - 1),
      jensenShannon: max(0, divergence / ln2),
      jensenShannonExpected: Double(max(0, cells - 1)) / (8 * n2 * ln2),
      totalVariation: variation, hellinger: max(0, 1 - affinity).squareRoot(),
      weightedDifference: weighted,
      worst: worst.map { TableUtility.Cell(levels: labels($0.cell), z: $0.z) })
  }
}
