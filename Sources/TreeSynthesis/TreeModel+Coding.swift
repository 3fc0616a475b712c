// SPDX-License-Identifier: Apache-2.0
import Learners
public import Synthesis
public import Tables

extension TreeModel {
  /// The model as a generator file.
  public func file() throws -> GeneratorFile {
    var sections = [try frame.manifest()]
    for variable in variables {
      var writer = ByteWriter()
      writer.write(variable)
      sections.append(.init(name: Self.section(of: variable), bytes: writer.bytes))
    }
    return GeneratorFile(
      sections: sections + frame.derivedSections,
      leastReader: plan.method == TreeSynthesizer.method ? 1 : 2)
  }

  private static func section(of variable: FittedVariable) -> String {
    switch variable.conditional {
    case .tree: "variable:\(variable.name)"
    case .hierarchy: "boosted:\(variable.name)"
    }
  }

  /// Reads a model from a generator file.
  ///
  /// - Throws: `DataError` if the file holds no model of trees, or one that does not add up.
  public init(_ file: GeneratorFile, name: String) throws(DataError) {
    let frame = try ModelFrame(file, methods: TreeSynthesizer.methods, name: name)
    do {
      var variables: [FittedVariable] = []
      for step in frame.plan.drawnSteps {
        let boosted = file.section(named: "boosted:\(step.variable)")
        guard let section = boosted ?? file.section(named: "variable:\(step.variable)") else {
          throw ByteReader.Damage()
        }
        var reader = ByteReader(section.bytes[...])
        variables.append(
          try reader.variable(
            named: step.variable, place: variables.count, isBoosted: boosted != nil))
      }
      self.init(frame: frame, variables: variables)
    } catch {
      throw GeneratorFile.damaged(name)
    }
    guard frame.isSound(with: variables.map { ($0.name, $0.layout) }) else {
      throw GeneratorFile.damaged(name)
    }
  }
}
