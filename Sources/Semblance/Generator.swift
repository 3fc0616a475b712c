// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
public import Formats
import JointSynthesis
public import Studies
public import Synthesis
public import Tables
import TreeSynthesis

/// A fitted model together with how its rows are written: what a `.semblance` file holds.
public struct Generator: Sendable {
  /// The model; what its plan leaves to providers comes from them.
  public var model: any Model { ProvidedModel.wrapping(fitted) }
  private let fitted: any StorableModel
  /// What the file it was fitted on says of itself, and how it is written.
  public var file: FileFacts
  /// How delimited text is written; a plain dialect where the file was no such text.
  public var dialect: CSVDialect { file.dialect ?? CSVDialect() }
  /// The extension of the file it was fitted on.
  public var pathExtension: String { file.pathExtension }

  private struct Writing: Codable {
    /// Kept for readers of version 0.1.0, which know delimited text only.
    var dialect: CSVDialect
    var file: FileFacts?
    var pathExtension: String
    var version: String
  }

  /// Creates a generator.
  public init(model: any StorableModel, dialect: CSVDialect, pathExtension: String) {
    self.init(
      model: model,
      file: FileFacts(format: "csv", pathExtension: pathExtension, dialect: dialect))
  }

  /// Creates a generator whose rows are written in the likeness of a file.
  public init(model: any StorableModel, file: FileFacts) {
    fitted = model
    self.file = file
  }

  /// A table of the model's rows with its dictionary, marked as synthetic.
  public func document(of table: Table, mark: SyntheticMark = .full) -> StudyDocument {
    StudyDocument(
      table: table, schema: model.schema,
      file: mark.isFull
        ? file.markedSynthetic() : file.marked(mark.title(file.label), note: mark.statement))
  }

  /// Fits a generator to a real table.
  ///
  /// - Throws: `DataError` if there is nothing to learn.
  public init(
    fitting input: RealInput, options: FitOptions, progress: ProgressHandler = .silent
  ) throws(DataError) {
    let fit = try Fit(input.table, schema: input.schema, options: options, progress: progress)
    self.init(model: fit.model, file: input.file)
  }

  /// Reads the model of whichever family wrote it.
  private static func model(
    _ file: GeneratorFile, name: String
  ) throws(DataError) -> any StorableModel {
    JointModel.isIn(file)
      ? try JointModel(file, name: name) : try TreeModel(file, name: name)
  }

  /// The bytes of its file.
  public func encoded() throws -> [UInt8] {
    var container = try fitted.file()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let writing = Writing(
      dialect: file.dialect ?? CSVDialect(), file: file, pathExtension: pathExtension,
      version: SemblanceVersion.current)
    container.sections.append(
      .init(name: "writing", isOptional: true, bytes: Array(try encoder.encode(writing))))
    return container.encoded()
  }

  /// Reads a generator from the bytes of its file.
  ///
  /// - Throws: `DataError` if they are none, or are damaged.
  public init(decoding bytes: [UInt8], name: String) throws(DataError) {
    let container = try GeneratorFile(decoding: bytes, name: name)
    fitted = try Self.model(container, name: name)
    let writing = container.section(named: "writing").flatMap {
      try? JSONDecoder().decode(Writing.self, from: Data($0.bytes))
    }
    self.file =
      writing?.file
      ?? FileFacts(
        format: "csv", pathExtension: writing?.pathExtension ?? "csv",
        dialect: writing?.dialect ?? CSVDialect())
  }
}
