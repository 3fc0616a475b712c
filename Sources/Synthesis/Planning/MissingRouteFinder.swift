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
    var best: (name: String, size: Int)?
    for candidate in candidates {
      guard let source = binned.variable(named: candidate) else { continue }
      let size = source.layout.binCount
      if let best, best.size <= size { continue }
      if decides(source, target, missingCount) { best = (candidate, size) }
    }
    return best?.name
  }

  private func decides(
    _ source: BinnedVariable, _ target: BinnedVariable, _ missingCount: Int
  ) -> Bool {
    var route = [UInt8](repeating: .max, count: 256)
    for row in source.codes.indices {
      let bin = Int(source.codes[row])
      let here = min(target.codes[row], UInt8(missingCount))
      if route[bin] == .max {
        route[bin] = here
      } else if route[bin] != here {
        return false
      }
    }
    return true
  }
}
