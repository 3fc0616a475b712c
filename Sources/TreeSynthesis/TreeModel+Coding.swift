// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Learners
public import Synthesis
public import Tables
import Schemas

extension TreeModel {
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

  /// The model as a generator file.
  public func file() throws -> GeneratorFile {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let description = Description(
      method: plan.method, fittedRowCount: fittedRowCount, schema: schema, plan: plan,
      regenerations: regenerations,
      relations: derivations.map { DerivedDescription(name: $0.name, relation: $0.relation) })
    var sections = [
      GeneratorFile.Section(name: "manifest", bytes: Array(try encoder.encode(description)))
    ]
    for variable in variables {
      var writer = ByteWriter()
      writer.write(variable)
      sections.append(
        .init(
          name: variable.conditional.kind.section(of: variable.name), bytes: writer.bytes))
    }
    for derivation in derivations {
      var writer = ByteWriter()
      writer.write(derivation)
      sections.append(.init(name: "derived:\(derivation.name)", bytes: writer.bytes))
    }
    return GeneratorFile(sections: sections, leastReader: leastReader)
  }

  /// The version of the oldest reader that knows the kinds of conditionals there are.
  private var leastReader: Int {
    if variables.contains(where: { $0.conditional.kind == .distribution }) { return 3 }
    return plan.method == TreeSynthesizer.method ? 1 : 2
  }

  /// Reads a model from a generator file.
  ///
  /// - Throws: `DataError` if the file holds no model of trees, or one that does not add up.
  public init(_ file: GeneratorFile, name: String) throws(DataError) {
    guard let manifest = file.section(named: "manifest"),
      let description = try? JSONDecoder().decode(Description.self, from: Data(manifest.bytes)),
      TreeSynthesizer.methods.contains(description.method)
    else { throw GeneratorFile.damaged(name) }
    do {
      var variables: [FittedVariable] = []
      for step in description.plan.steps where step.action == .learned || step.action == .constant {
        guard
          let (kind, section) = ConditionalKind.allCases.reversed().lazy.compactMap({ kind in
            file.section(named: kind.section(of: step.variable)).map { (kind, $0) }
          }).first
        else { throw ByteReader.Damage() }
        var reader = ByteReader(section.bytes[...])
        variables.append(
          try reader.variable(named: step.variable, place: variables.count, kind: kind))
      }
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
        fittedRowCount: description.fittedRowCount, variables: variables,
        derivations: derivations, regenerations: description.regenerations)
    } catch {
      throw GeneratorFile.damaged(name)
    }
    guard isSound else { throw GeneratorFile.damaged(name) }
  }

  /// Whether every reference inside the model points to something.
  private var isSound: Bool {
    var names = Set(variables.map(\.name))
    for derivation in derivations {
      guard derivation.relation.sources.allSatisfy(names.contains) else { return false }
      if case .lookup(let source) = derivation.relation {
        guard let layout = variables.first(where: { $0.name == source })?.layout,
          derivation.entries?.missing.count == layout.lookupCount
        else { return false }
      }
      names.insert(derivation.name)
    }
    return true
  }
}
