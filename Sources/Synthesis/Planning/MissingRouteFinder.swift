// SPDX-License-Identifier: Apache-2.0

/// Finds the variable that decides whether another is missing: the filter question before a skip.
struct MissingRouteFinder {
  let binned: BinnedTable

  /// Returns the coarsest of some variables whose bin decides, in every row, whether and why a variable
  /// is missing; `nil` if there is none, or if the variable is never missing.
  func source(of name: String, among candidates: [String]) -> String? {
    guard let target = binned.variable(named: name), !target.layout.missingReasons.isEmpty,
      target.layout.presentBinCount > 0
    else { return nil }
    let missingCount = target.layout.missingReasons.count
    let needed = Coincidence.threshold(tries: candidates.count)
    var best: (name: String, size: Int)?
    for candidate in candidates {
      guard let source = binned.variable(named: candidate) else { continue }
      let size = source.layout.binCount
      if let best, best.size <= size { continue }
      if let surprise = surprise(source, target, missingCount), surprise >= needed {
        best = (candidate, size)
      }
    }
    return best?.name
  }

  /// How surprising it is that a source decides; `nil` if it does not.
  ///
  /// By chance the missing rows would have to be, of all sets of so many rows, just the union of some of
  /// the source's bins.
  private func surprise(
    _ source: BinnedVariable, _ target: BinnedVariable, _ missingCount: Int
  ) -> Double? {
    var route = [UInt8](repeating: .max, count: 256)
    var counts = [Int](repeating: 0, count: 256)
    for row in source.codes.indices {
      let bin = Int(source.codes[row])
      counts[bin] += 1
      let here = min(target.codes[row], UInt8(missingCount))
      if route[bin] == .max {
        route[bin] = here
      } else if route[bin] != here {
        return nil
      }
    }
    let missingBins = route.indices.filter { route[$0] < missingCount }
    let missing = missingBins.reduce(0) { $0 + counts[$1] }
    let eligible = counts.count { $0 > 0 && $0 <= missing }
    return Coincidence.logChoices(missing, of: source.codes.count)
      - Coincidence.logChoices(missingBins.count, of: eligible)
  }
}
