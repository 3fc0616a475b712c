// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// The bins of each class of a variable's bins, with the sums of their weights.
struct BinsOfClasses: Sendable {
  private var bins: [[UInt8]]
  private var sums: [[Double]]

  init(_ classes: BinClasses, weights: [Double]) {
    bins = [[UInt8]](repeating: [], count: classes.count)
    sums = [[Double]](repeating: [], count: classes.count)
    for (bin, weight) in weights.enumerated() where weight > 0 {
      let own = Int(classes.classOfBin[bin])
      bins[own].append(UInt8(bin))
      sums[own].append((sums[own].last ?? 0) + weight)
    }
  }

  /// The weight of a class.
  func weight(_ own: Int) -> Double { sums[own].last ?? 0 }

  /// The bin that a number picks: a class by the sums of their shares, and one of its bins by weight.
  ///
  /// - Parameters:
  ///   - share: The sum of the shares up to each class.
  ///   - uniform: The number in 0..<1.
  @inline(__always)
  func bin(uniform: Double, _ share: (Int) -> Double) -> UInt8 {
    let last = bins.count - 1
    let aim = uniform * share(last)
    var own = 0
    while own < last, share(own) <= aim { own += 1 }
    // Rounding may lead to a class that has no bins.
    while own > 0, bins[own].isEmpty { own -= 1 }
    while own < last, bins[own].isEmpty { own += 1 }
    let below = own > 0 ? share(own - 1) : 0
    let width = share(own) - below
    let rest = width > 0 ? min(max((aim - below) / width, 0), 1 - 0x1p-53) : 0.5
    return bins[own][CumulativeChoice.index(in: sums[own], uniform: rest)]
  }
}
