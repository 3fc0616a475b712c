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
      sections.append(
        .init(
          name: variable.conditional.kind.section(of: variable.name), bytes: writer.bytes))
    }
    return GeneratorFile(
      sections: sections + frame.derivedSections, leastReader: leastReader)
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
    let frame = try ModelFrame(file, methods: TreeSynthesizer.methods, name: name)
    do {
      var variables: [FittedVariable] = []
      for step in frame.plan.drawnSteps {
        guard
          let (kind, section) = ConditionalKind.allCases.reversed().lazy.compactMap({ kind in
            file.section(named: kind.section(of: step.variable)).map { (kind, $0) }
          }).first
        else { throw ByteReader.Damage() }
        var reader = ByteReader(section.bytes[...])
        variables.append(
          try reader.variable(named: step.variable, place: variables.count, kind: kind))
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
