// SPDX-License-Identifier: Apache-2.0
import Tables

extension ByteWriter {
  /// Writes what a derivation holds beside its name and relation.
  package mutating func write(_ derivation: Derivation) {
    write(derivation.missingReasons)
    write(derivation.storage.rawValue)
    write(derivation.gridScale)
    write(byte: derivation.entries == nil ? 0 : 1)
    if let entries = derivation.entries {
      write(entries.values)
      write(entries.missing)
      write(weights: entries.weights)
    }
  }
}

extension ByteReader {
  /// Reads a derivation.
  package mutating func derivation(
    named name: String, relation: Relation
  ) throws(Damage) -> Derivation {
    let reasons = try missingReasons()
    guard let storage = ScaleStorage(rawValue: try text()) else { throw Damage() }
    let gridScale = try number()
    var entries: Derivation.LookupEntries?
    if try byte() == 1 {
      let values = try values()
      let missing = try list()
      guard missing.count == values.count, missing.allSatisfy({ Int($0) <= reasons.count }) else {
        throw Damage()
      }
      entries = .init(values: values, missing: missing, weights: try weights())
    }
    return Derivation(
      name: name, relation: relation, entries: entries, missingReasons: reasons,
      storage: storage, gridScale: gridScale)
  }
}
