// SPDX-License-Identifier: Apache-2.0
import Learners
import Synthesis

extension ByteWriter {
  mutating func write(_ law: LatentClasses) {
    write(count: law.groups.count)
    for group in law.groups {
      let mixture = group.mixture
      write(weights: mixture.weights)
      write(count: mixture.means.count)
      for mean in mixture.means { write(mean) }
      let isDiagonal = mixture.isDiagonal
      write(byte: isDiagonal ? 1 : 0)
      let size = mixture.numberCount
      for c in 0..<mixture.classCount {
        for i in 0..<size {
          for j in (isDiagonal ? i : 0)..<(i + 1) {
            write(mixture.covariances[(c * size + i) * size + j])
          }
        }
      }
      write(count: mixture.shares.count)
      for shares in mixture.shares { write(weights: shares) }
      write(weights: group.counts)
    }
    for part in law.parts {
      write(count: part.group)
      write(count: (part.number ?? -1) + 1)
      write(count: (part.column ?? -1) + 1)
      write(part.classes)
      write(weights: part.weights)
    }
    write(weights: law.aims)
  }
}

extension ByteReader {
  /// Reads classes of rows; what cannot have been written throws.
  mutating func latentClasses(of variables: [JointVariable]) throws(Damage) -> LatentClasses {
    var groups: [LatentClasses.Group] = []
    for _ in 0..<(try entryCount()) {
      var mixture = ClassMixture(weights: try weights(), means: [], covariances: [], shares: [])
      for _ in 0..<(try entryCount()) { mixture.means.append(try number()) }
      let isDiagonal = try byte() == 1
      let (classes, size) = (mixture.classCount, mixture.numberCount)
      guard classes > 0, mixture.means.count == classes * size,
        classes * size * size <= ClassesFitting.mostCovariances
      else {
        throw Damage()
      }
      mixture.covariances = [Double](repeating: 0, count: classes * size * size)
      for c in 0..<classes {
        for i in 0..<size {
          for j in (isDiagonal ? i : 0)..<(i + 1) {
            let covariance = try number()
            mixture.covariances[(c * size + i) * size + j] = covariance
            mixture.covariances[(c * size + j) * size + i] = covariance
          }
        }
      }
      for _ in 0..<(try entryCount()) { mixture.shares.append(try weights()) }
      groups.append(.init(mixture: mixture, counts: try weights()))
    }
    var parts: [LatentClasses.Part] = []
    for variable in variables {
      let group = try count()
      let number = try count() - 1
      let column = try count() - 1
      let part = LatentClasses.Part(
        group: group, number: number < 0 ? nil : number, column: column < 0 ? nil : column,
        classes: try binClasses(), weights: try weights())
      guard part.weights.count == max(1, variable.layout.binCount),
        part.number == nil || variable.layout.isScale
      else { throw Damage() }
      parts.append(part)
    }
    guard
      let law = LatentClasses(
        groups: groups, parts: parts,
        missingCounts: variables.map { $0.layout.missingReasons.count }, aims: try weights())
    else { throw Damage() }
    return law
  }
}
