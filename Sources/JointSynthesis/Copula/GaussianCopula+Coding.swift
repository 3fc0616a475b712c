// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ByteWriter {
  mutating func write(_ copula: GaussianCopula) {
    for margin in copula.margins {
      write(weights: margin.missing)
      write(weights: margin.present)
      write(margin.order)
      write(weights: margin.aims)
    }
    write(count: copula.correlations.count)
    for correlation in copula.correlations { write(correlation) }
    write(weights: copula.supports)
    write(byte: copula.isRepaired ? 1 : 0)
  }
}

extension ByteReader {
  /// Reads a copula of some variables; what cannot have been written throws.
  mutating func copula(of variables: [JointVariable]) throws(Damage) -> GaussianCopula {
    var margins: [GaussianCopula.Margin] = []
    for (place, variable) in variables.enumerated() {
      let margin = GaussianCopula.Margin(
        missing: try weights(), present: try weights(), order: try list(), aims: try weights())
      let layout = variable.layout
      let weight = margin.presentWeight + margin.missing.reduce(0, +)
      guard margin.missing.count == layout.missingReasons.count,
        margin.present.count == layout.presentBinCount, weight > 0, weight.isFinite,
        margin.order.isEmpty
          || !layout.isScale
            && margin.order.map(Int.init).sorted() == Array(0..<layout.presentBinCount),
        margin.aims.isEmpty
          || place == 0 && margin.aims.count == layout.binCount
            && margin.aims.contains(where: { $0 > 0 })
      else { throw Damage() }
      margins.append(margin)
    }
    var correlations: [Double] = []
    for _ in 0..<(try entryCount()) { correlations.append(try number()) }
    let supports = try weights()
    let isRepaired = try byte() == 1
    guard
      let copula = GaussianCopula(
        margins: margins, correlations: correlations, supports: supports, isRepaired: isRepaired)
    else { throw Damage() }
    return copula
  }
}
