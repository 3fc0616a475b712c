// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// A variable's bins pooled into few classes, as its children in a network ask it.
struct BinClasses: Hashable, Sendable {
  /// The class of each of 256 bins.
  let classOfBin: [UInt8]
  /// The number of classes.
  let count: Int

  /// Pools bins: each missing reason that is common enough is a class, each common bin is one, and the rest
  /// are pooled with their neighbours into classes of about equal weight.
  ///
  /// - Parameters:
  ///   - most: The most classes of present values.
  ///   - minimumWeight: The fewest rows of a class, as long as there are as many.
  init(_ variable: BinnedVariable, most: Int, minimumWeight: Double) {
    let margin = variable.margin
    let missingCount = variable.layout.missingReasons.count
    var classes = [UInt8](repeating: 0, count: 256)
    var next = 0
    let present = margin.dropFirst(missingCount).reduce(0, +)
    for bin in 0..<missingCount where margin[bin] >= minimumWeight {
      classes[bin] = UInt8(next)
      next += 1
    }
    // Rare reasons share a class.
    let rare = (0..<missingCount).filter { margin[$0] < minimumWeight }
    for bin in rare { classes[bin] = UInt8(next) }
    if !rare.isEmpty { next += 1 }
    var isOpen = false
    var left = present
    var room = max(1, most)
    var weight = 0.0
    for bin in missingCount..<max(missingCount, margin.count) {
      let own = margin[bin]
      // A bin of more than its share stands alone.
      if isOpen, weight >= minimumWeight, own >= left / Double(room), room > 1 {
        next += 1
        room -= 1
        left -= weight
        weight = 0
        isOpen = false
      }
      classes[bin] = UInt8(next)
      isOpen = true
      weight += own
      if weight >= max(minimumWeight, left / Double(room)), room > 1, left - weight >= minimumWeight
      {
        next += 1
        room -= 1
        left -= weight
        weight = 0
        isOpen = false
      }
    }
    if isOpen { next += 1 }
    classOfBin = classes
    count = max(1, next)
  }

  /// Creates classes as a generator file holds them; `nil` if they are none.
  init?(classOfBin: [UInt8], count: Int) {
    guard classOfBin.count == 256, count > 0, classOfBin.allSatisfy({ Int($0) < count }) else {
      return nil
    }
    self.classOfBin = classOfBin
    self.count = count
  }
}
