// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
public import Formats
public import Synthesis
public import Tables
public import TreeSynthesis

/// A fitted model together with how its rows are written: what a `.semblance` file holds.
public struct Generator: Sendable {
  /// The model.
  public var model: any Model { trees }
  private let trees: TreeModel
  /// How rows are written.
  public var dialect: CSVDialect
  /// The extension of the file it was fitted on.
  public var pathExtension: String

  private struct Writing: Codable {
    var dialect: CSVDialect
    var pathExtension: String
    var version: String
  }

  /// Creates a generator.
  public init(model: TreeModel, dialect: CSVDialect, pathExtension: String) {
    trees = model
    self.dialect = dialect
    self.pathExtension = pathExtension
  }

  /// Fits a generator to a real table.
  ///
  /// - Throws: `DataError` if there is nothing to learn.
  public init(
    fitting input: RealInput, options: FitOptions, progress: ProgressHandler = .silent
  ) throws(DataError) {
    let fit = try Fit(input.table, schema: input.schema, options: options, progress: progress)
    self.init(model: fit.model, dialect: input.dialect, pathExtension: input.pathExtension)
  }

  /// The bytes of its file.
  public func encoded() throws -> [UInt8] {
    var file = try trees.file()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let writing = Writing(
      dialect: dialect, pathExtension: pathExtension, version: SemblanceVersion.current)
    file.sections.append(
      .init(name: "writing", isOptional: true, bytes: Array(try encoder.encode(writing))))
    return file.encoded()
  }

  /// Reads a generator from the bytes of its file.
  ///
  /// - Throws: `DataError` if they are none, or are damaged.
  public init(decoding bytes: [UInt8], name: String) throws(DataError) {
    let file = try GeneratorFile(decoding: bytes, name: name)
    trees = try TreeModel(file, name: name)
    let writing = file.section(named: "writing").flatMap {
      try? JSONDecoder().decode(Writing.self, from: Data($0.bytes))
    }
    dialect = writing?.dialect ?? CSVDialect()
    pathExtension = writing?.pathExtension ?? "csv"
  }
}
