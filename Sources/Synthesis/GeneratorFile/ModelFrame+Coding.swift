// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Schemas
package import Tables

extension ModelFrame {
  /// What JSON says of a model, so that other programs can read it too.
  private struct Description: Codable {
    var method: String
    var fittedRowCount: Int
    var schema: Schema
    var plan: Plan
    var regenerations: [Regeneration]
    var relations: [DerivedDescription]
  }

  private struct DerivedDescription: Codable {
    var name: String
    var relation: Relation
  }

  /// The section that says what the model is.
  package func manifest() throws -> GeneratorFile.Section {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let description = Description(
      method: plan.method, fittedRowCount: fittedRowCount, schema: schema, plan: plan,
      regenerations: regenerations,
      relations: derivations.map { DerivedDescription(name: $0.name, relation: $0.relation) })
    return GeneratorFile.Section(name: "manifest", bytes: Array(try encoder.encode(description)))
  }

  /// The sections of what is derived.
  package var derivedSections: [GeneratorFile.Section] {
    derivations.map { derivation in
      var writer = ByteWriter()
      writer.write(derivation)
      return .init(name: "derived:\(derivation.name)", bytes: writer.bytes)
    }
  }

  /// Reads a frame from a generator file.
  ///
  /// - Parameter methods: The names of the methods that it may be of.
  /// - Throws: `DataError` if the file holds no model of them, or one that does not add up.
  package init(_ file: GeneratorFile, methods: [String], name: String) throws(DataError) {
    guard let manifest = file.section(named: "manifest"),
      let description = try? JSONDecoder().decode(Description.self, from: Data(manifest.bytes)),
      methods.contains(description.method)
    else { throw GeneratorFile.damaged(name) }
    do {
      var derivations: [Derivation] = []
      for derived in description.relations {
        guard let section = file.section(named: "derived:\(derived.name)") else {
          throw ByteReader.Damage()
        }
        var reader = ByteReader(section.bytes[...])
        derivations.append(try reader.derivation(named: derived.name, relation: derived.relation))
      }
      self.init(
        schema: description.schema, plan: description.plan,
        fittedRowCount: description.fittedRowCount, derivations: derivations,
        regenerations: description.regenerations)
    } catch {
      throw GeneratorFile.damaged(name)
    }
  }

  /// Whether all that is derived follows from variables there are.
  package func isSound(with layouts: [(name: String, layout: VariableLayout)]) -> Bool {
    var names = Set(layouts.map(\.name))
    for derivation in derivations {
      guard derivation.relation.sources.allSatisfy(names.contains) else { return false }
      if case .lookup(let source) = derivation.relation {
        guard let layout = layouts.first(where: { $0.name == source })?.layout,
          derivation.entries?.missing.count == layout.lookupCount
        else { return false }
      }
      names.insert(derivation.name)
    }
    return true
  }
}
