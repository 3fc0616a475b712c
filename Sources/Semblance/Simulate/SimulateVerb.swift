// SPDX-License-Identifier: Apache-2.0
import Formats
import Releases
import Reporting
import Schemas
public import Simulation
import Studies
public import Tables

/// Runs a model that is written in a file, and writes its tables with the truth beside them.
public struct SimulateVerb: Sendable {
  /// The model as it was read.
  public var model: SimulatedModel
  /// The seed of all draws.
  public var seed: String
  /// The model's text, copied into the output.
  private let source: [UInt8]

  /// Reads a model file.
  ///
  /// - Parameters:
  ///   - path: The file, in YAML.
  ///   - seed: The seed to use in place of the file's.
  /// - Throws: `DataError` with file, line, column and what to write instead.
  public init(path: String, seed: String? = nil) throws(DataError) {
    source = try FileBytes.read(path)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    model = try SimulatedModel(
      source, file: path, files: Self.files(in: folder), vensim: Self.vensim(of: path))
    self.seed = seed ?? model.seed ?? "0"
  }

  /// The Vensim model of the same name beside an XMILE file, if there is one.
  private static func vensim(of path: String) -> [UInt8]? {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/"),
      path[dot...].lowercased() == ".xmile" || path[dot...].lowercased() == ".stmx"
    else { return nil }
    return try? FileBytes.read(path[..<dot] + ".mdl")
  }

  /// The data files beside a model, in any format.
  private static func files(in folder: String) -> ModelFiles {
    ModelFiles { (name) throws(DataError) in
      let location = TableLocation(argument: folder + name)
      let document = try FormatCatalogue.standard.reader(for: location).read(
        location, options: ReadingOptions(threads: 1), progress: .silent)
      return (document.table, document.schema)
    }
  }

  /// Writes two new folders, all or nothing: the data to hand out, and beside it the truth.
  ///
  /// The second is named as the first with `.truth` after it. It holds `truth.csv` and the model,
  /// and of a structural model the complete tables, the effects and the graph.
  ///
  /// - Returns: How many rows were recorded, and what whoever reads them should know.
  /// - Throws: `DataError` if a folder exists or cannot be written, or the run fails.
  public func run(into folder: String, threads: Int) throws -> (rows: Int, notes: String) {
    try run(into: folder, threads: threads, name: nil)
  }

  /// The run under the name that the data had, wherever they are written.
  func run(
    into folder: String, threads: Int, name: String?
  ) throws -> (rows: Int, notes: String) {
    var path = folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let targets = [FolderTarget(path), FolderTarget(path + ".truth")]
    do {
      try AtomicFolders.check(targets, force: false)
    } catch {
      var refusal = error
      if refusal.remedy.contains("--force") {
        refusal.remedy = "Choose another name with -o, or move it away."
      }
      throw refusal
    }
    let made = try model.run(seed: seed, threads: threads)
    try AtomicFolders.write(targets, force: false) { folders in
      let writer = CSVWriter()
      for table in made.data { try writer.write(table, to: "\(folders[0])/\(table.name).csv") }
      try describe(
        made, name: name ?? path.split(separator: "/").last.map(String.init) ?? path,
        in: folders[0])
      for table in made.truth { try writer.write(table, to: "\(folders[1])/\(table.name).csv") }
      for (name, text) in made.texts {
        try FileBytes.write(Array(text.utf8), to: "\(folders[1])/\(name)")
      }
      let name = if case .stocks = model { "model.xmile" } else { "model.yaml" }
      try FileBytes.write(source, to: "\(folders[1])/\(name)")
    }
    return (made.data.reduce(0) { $0 + $1.rowCount }, made.notes)
  }

  /// Writes what goes with the data: a page, a line for readers, and a manifest by which to repeat the run.
  private func describe(
    _ made: SimulatedOutcome, name: String, in folder: String
  ) throws(DataError) {
    let software = ReleaseManifest.Software(name: "Semblance", version: SemblanceVersion.current)
    let title = "\(software.name) \(software.version)"
    let page = SimulationPage(
      name: name, tables: made.data, notes: made.notes, software: title, seed: seed)
    let readme = """
      # \(SyntheticMark.title(name))

      \(SyntheticMark.statement)
      The rows were drawn by \(title) from a model, with the seed \(seed). `report.html` shows them;
      `manifest.json` names every file with its hash, and the model by its own.

      \(made.notes)
      """
    let texts = [("README.md", readme), ("report.html", page.html)]
    for (file, text) in texts { try FileBytes.write(Array(text.utf8), to: "\(folder)/\(file)") }
    var files: [JSONValue] = []
    for file in made.data.map({ "\($0.name).csv" }) + texts.map(\.0) {
      let entry = try ReleaseFile(path: file, at: "\(folder)/\(file)")
      files.append(
        .object([
          "path": .text(entry.path), "bytes": .integer(entry.bytes),
          "sha256": .text(entry.sha256),
        ]))
    }
    let manifest = JSONValue.object([
      "manifest": .text(SimulationManifest.kind), "statement": .text(SyntheticMark.statement),
      "software": .object([
        "name": .text(software.name), "version": .text(software.version),
      ]),
      "seed": .text(seed),
      "model": .object([
        "sha256": .text(ReleaseFile(path: "model", content: source).sha256),
        "bytes": .integer(source.count),
      ]),
      "files": .list(files),
    ])
    try FileBytes.write(manifest.bytes, to: "\(folder)/manifest.json")
  }
}
