// SPDX-License-Identifier: Apache-2.0
import Synthesis

extension ByteWriter {
  mutating func write(_ law: ComponentLaw) {
    write(count: law.counts.count)
    for count in law.counts { write(count: count) }
    for part in law.parts {
      write(count: part.group)
      write(byte: part.normal == nil ? 0 : 1)
      for loading in part.normal ?? [] { write(loading) }
      write(part.classes)
      write(weights: part.weights)
      write(weights: part.factors)
      for loading in part.loadings { write(loading) }
    }
    write(weights: law.aims)
  }
}

extension ByteReader {
  /// Reads components behind variables; what cannot have been written throws.
  mutating func componentLaw(of variables: [JointVariable]) throws(Damage) -> ComponentLaw {
    var counts: [Int] = []
    for _ in 0..<(try entryCount()) { counts.append(try count()) }
    guard counts.allSatisfy({ $0 <= ComponentFitting.mostComponents }) else { throw Damage() }
    var parts: [ComponentLaw.Part] = []
    for variable in variables {
      let group = try count()
      guard counts.indices.contains(group) else { throw Damage() }
      var normal: [Double]?
      if try byte() == 1 {
        guard variable.layout.isScale else { throw Damage() }
        var loadings: [Double] = []
        for _ in 0..<counts[group] { loadings.append(try number()) }
        normal = loadings
      }
      let classes = try binClasses()
      var part = ComponentLaw.Part(
        group: group, normal: normal, classes: classes, weights: try weights(), loadings: [],
        factors: try weights())
      for _ in 0..<(part.factors.count * counts[group]) { part.loadings.append(try number()) }
      guard part.weights.count == max(1, variable.layout.binCount),
        classes.count <= 256, !part.factors.isEmpty || classes.count == 1
      else { throw Damage() }
      parts.append(part)
    }
    guard
      let law = ComponentLaw(
        counts: counts, parts: parts,
        missingCounts: variables.map { $0.layout.missingReasons.count }, aims: try weights())
    else { throw Damage() }
    return law
  }
}
