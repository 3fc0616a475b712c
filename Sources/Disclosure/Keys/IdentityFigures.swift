// SPDX-License-Identifier: Apache-2.0

/// Who is alone with their keys, in counts.
///
/// ## Source
/// Raab, Nowok and Dibben, "Practical privacy metrics for synthetic data" (2024, arXiv 2406.16826);
/// as synthpop 1.9's code has it where the vignette's appendix differs.
struct IdentityFigures: Sendable {
  private(set) var uniqueInOriginal = 0
  private(set) var uniqueInSynthetic = 0
  private(set) var originalUniquesPresent = 0
  private(set) var replicatedUniques = 0
  private(set) var inSynthetic = 0
  /// Records in classes of fewer than 3, 5 and 10.
  private(set) var realInSmallClasses = [0, 0, 0]
  private(set) var syntheticInSmallClasses = [0, 0, 0]

  /// The sizes below which a class is small.
  static let smallSizes = [3, 5, 10]

  init(_ sizes: (real: [Int], synthetic: [Int])) {
    for (d, s) in zip(sizes.real, sizes.synthetic) {
      if d == 1 {
        uniqueInOriginal += 1
        if s > 0 { originalUniquesPresent += 1 }
        if s == 1 { replicatedUniques += 1 }
      }
      if s == 1 { uniqueInSynthetic += 1 }
      if s > 0 { inSynthetic += d }
      for (place, size) in Self.smallSizes.enumerated() {
        if d < size { realInSmallClasses[place] += d }
        if s < size { syntheticInSmallClasses[place] += s }
      }
    }
  }
}
