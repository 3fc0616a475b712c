// SPDX-License-Identifier: Apache-2.0
public import Synthesis
public import Tables

extension JointModel {
  private static let lawSection = "law"

  /// The model as a generator file.
  public func file() throws -> GeneratorFile {
    var sections = [try frame.manifest()]
    for variable in variables {
      var writer = ByteWriter()
      writer.write(variable)
      sections.append(.init(name: "joint:\(variable.name)", bytes: writer.bytes))
    }
    var writer = ByteWriter()
    switch law {
    case .copula(let copula): writer.write(copula)
    case .network(let network): writer.write(network)
    case .classes(let law): writer.write(law)
    case .components(let law): writer.write(law)
    case .rows(let stored): writer.write(stored)
    case .leaves(let law): writer.write(law)
    case .neural(let law): writer.write(law)
    }
    sections.append(.init(name: Self.lawSection, bytes: writer.bytes))
    return GeneratorFile(sections: sections + frame.derivedSections, leastReader: 3)
  }

  /// Whether a file holds a joint model, sound or not.
  public static func isIn(_ file: GeneratorFile) -> Bool { file.section(named: lawSection) != nil }

  /// Reads a model from a generator file.
  ///
  /// - Throws: `DataError` if the file holds no joint model, or one that does not add up.
  public init(_ file: GeneratorFile, name: String) throws(DataError) {
    let frame = try ModelFrame(file, methods: JointSynthesizer.methods, name: name)
    do {
      var variables: [JointVariable] = []
      for step in frame.plan.drawnSteps {
        guard let section = file.section(named: "joint:\(step.variable)") else {
          throw ByteReader.Damage()
        }
        var reader = ByteReader(section.bytes[...])
        let variable = try reader.jointVariable(named: step.variable, place: variables.count)
        // Limits lead to the values of scales.
        guard
          (variable.lowerLimits + variable.upperLimits).allSatisfy({
            variables[$0].layout.isScale
          })
        else { throw ByteReader.Damage() }
        variables.append(variable)
      }
      guard let section = file.section(named: Self.lawSection) else { throw ByteReader.Damage() }
      var reader = ByteReader(section.bytes[...])
      let law: JointLaw =
        switch frame.plan.method {
        case JointSynthesizer.networkMethod: .network(try reader.network(of: variables))
        case JointSynthesizer.mixtureMethod:
          .classes(try reader.latentClasses(of: variables))
        case JointSynthesizer.componentMethod:
          .components(try reader.componentLaw(of: variables))
        case JointSynthesizer.adversarialForestMethod:
          .leaves(try reader.leafLaw(of: variables))
        case JointSynthesizer.bootstrapMethod, JointSynthesizer.smoteMethod,
          JointSynthesizer.adasynMethod:
          .rows(try reader.storedRows(of: variables))
        case JointSynthesizer.neuralMethod, JointSynthesizer.autoencoderMethod:
          .neural(
            try reader.neuralLaw(
              of: variables, hasNormals: frame.plan.method == JointSynthesizer.autoencoderMethod))
        default: .copula(try reader.copula(of: variables))
        }
      guard reader.isAtEnd else { throw ByteReader.Damage() }
      self.init(frame: frame, variables: variables, law: law)
    } catch {
      throw GeneratorFile.damaged(name)
    }
    guard frame.isSound(with: variables.map { ($0.name, $0.layout) }) else {
      throw GeneratorFile.damaged(name)
    }
  }
}
