// SPDX-License-Identifier: Apache-2.0

/// What the keys tell of a target, in counts and shares.
///
/// With d and s the counts of real and synthetic rows by class q of the keys and level t of the
/// target: q determines t in a table if all its rows with q have t.
///
/// ## Source
/// Raab, Nowok and Dibben, "Practical privacy metrics for synthetic data" (2024, arXiv 2406.16826).
/// TCAP divides by the real records of classes that determine a target, as Little et al. do; the code
/// of synthpop 1.9 divides by those that occur at all.
struct AttributeFigures: Sendable {
  /// Real rows whose class determines the target in the real table.
  private(set) var disclosiveInOriginal = 0
  /// Synthetic rows whose class determines the target in the synthetic table.
  private(set) var disclosiveInSynthetic = 0
  /// Real rows whose class determines a target in the synthetic table.
  private(set) var determined = 0
  /// Those for which it is right.
  private(set) var determinedRightly = 0
  /// Those for which it is right and determined in the real table.
  private(set) var determinedInBoth = 0
  /// Sums of shares over rows, to be divided by the number of rows.
  private(set) var baseline = 0.0
  private(set) var originalAttribution = 0.0
  private(set) var syntheticAttribution = 0.0
  private(set) var attribution = 0.0
  /// The cells of ``determinedRightly``: class, level, real rows.
  private(set) var rightCells: [(keyClass: UInt32, level: UInt32, count: Int)] = []

  /// Creates figures from the classes of the keys, their sizes, and the same refined by the target.
  init(
    sizes: (real: [Int], synthetic: [Int]), cells: RowClasses, levelCount: Int
  ) {
    let counts = cells.sizes()
    var levels = [Int](repeating: 0, count: levelCount)
    for cell in 0..<cells.count {
      let q = Int(cells.parents[cell])
      let (d, s) = (counts.real[cell], counts.synthetic[cell])
      let (allD, allS) = (sizes.real[q], sizes.synthetic[q])
      levels[Int(cells.codes[cell])] += d
      if d > 0, d == allD { disclosiveInOriginal += d }
      if s > 0, s == allS {
        disclosiveInSynthetic += s
        determined += allD
        determinedRightly += d
        if d > 0 {
          rightCells.append((cells.parents[cell], cells.codes[cell], d))
          if d == allD { determinedInBoth += d }
        }
      }
      if allD > 0 { originalAttribution += Double(d * d) / Double(allD) }
      if allS > 0 {
        syntheticAttribution += Double(s * s) / Double(allS)
        attribution += Double(s) / Double(allS) * Double(d)
      }
    }
    let n = Double(levels.reduce(0, +))
    baseline = levels.reduce(0) { $0 + Double($1) * Double($1) / max(n, 1) }
  }
}
