// SPDX-License-Identifier: Apache-2.0
import Contracts
import Formats
import Releases
import Reporting
import Schemas
public import Simulation
import Studies
import Synthesis
public import Tables

/// Runs a model that is written in a file, and writes its tables with the truth beside them.
public struct SimulateVerb: Sendable {
  /// The model as it was read.
  public var model: SimulatedModel
  /// The seed of all draws.
  public var seed: String
  /// What is promised of the tables; with it the folder is a release.
  public var contract: ContractFile?
  /// What the columns mean, as far as somebody says so.
  public var dictionary: DictionaryFile?
  /// The model's text, copied into the output.
  private let source: [UInt8]

  /// Reads a model file.
  ///
  /// - Parameters:
  ///   - path: The file, in YAML.
  ///   - seed: The seed to use in place of the file's.
  ///   - contract: What is promised of the tables. Its seed comes before the model's.
  ///   - dictionary: What the columns mean, under their names or as `table.column`.
  /// - Throws: `DataError` with file, line, column and what to write instead.
  public init(
    path: String, seed: String? = nil, contract: ContractFile? = nil,
    dictionary: DictionaryFile? = nil
  ) throws(DataError) {
    if let contract { try SimulationCheck.refuse(contract.contract) }
    self.contract = contract
    self.dictionary = dictionary
    source = try FileBytes.read(path)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    model = try SimulatedModel(
      source, file: path, files: Self.files(in: folder), vensim: Self.vensim(of: path))
    self.seed = seed ?? contract?.contract.seed ?? model.seed ?? "0"
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
  /// and of a structural model the complete tables, the effects and the graph. Under a contract the first
  /// has its clauses checked, and the documents of a release.
  ///
  /// - Throws: `DataError` if a folder exists or cannot be written, the run fails, or the contract does not
  ///   suit the tables.
  public func run(into folder: String, threads: Int) throws -> SimulateResult {
    try run(into: folder, threads: threads, name: nil)
  }

  /// The run under the name that the data had, wherever they are written.
  func run(into folder: String, threads: Int, name: String?) throws -> SimulateResult {
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
    let name = name ?? path.split(separator: "/").last.map(String.init) ?? path
    let release = try contract.map { contract in
      try SimulatedRelease(
        made, of: model, name: name, contract: contract.contract,
        dictionary: dictionary?.overrides, seed: seed)
    }
    try AtomicFolders.write(targets, force: false) { folders in
      let writer = CSVWriter()
      let tables = release?.tables.tables ?? made.data
      let paths = tables.map {
        release == nil ? "\($0.name).csv" : SimulatedRelease.file(of: $0)
      }
      for (table, path) in zip(tables, paths) {
        try writer.write(table, to: "\(folders[0])/\(path)")
      }
      try describe(made, tables, at: paths, release, name: name, in: folders[0])
      for table in made.truth { try writer.write(table, to: "\(folders[1])/\(table.name).csv") }
      for (name, text) in made.texts {
        try FileBytes.write(Array(text.utf8), to: "\(folders[1])/\(name)")
      }
      let name = if case .stocks = model { "model.xmile" } else { "model.yaml" }
      try FileBytes.write(source, to: "\(folders[1])/\(name)")
    }
    return SimulateResult(
      rows: made.data.reduce(0) { $0 + $1.rowCount }, notes: made.notes, contract: release?.report)
  }

  /// Writes what goes with the data: pages for readers, the documents of a release, and a manifest by which
  /// to repeat the run.
  private func describe(
    _ made: SimulatedOutcome, _ tables: [Table], at paths: [String], _ release: SimulatedRelease?,
    name: String, in folder: String
  ) throws {
    let software = ReleaseManifest.Software(name: "Semblance", version: SemblanceVersion.current)
    let title = "\(software.name) \(software.version)"
    let starts = self.model.populationFiles
    let mark = SyntheticMark(startingFrom: starts)
    let page = SimulationPage(
      name: name, tables: tables, notes: made.notes, software: title, seed: seed,
      contract: release?.report, populationFiles: starts)
    let model = ReleaseFile(path: "model", content: source)
    var files: [ReleaseFile] = []
    for path in paths { files.append(try ReleaseFile(path: path, at: "\(folder)/\(path)")) }
    var documents: [(name: String, bytes: [UInt8])] = []
    if let release {
      documents = try release.documents(files: files, model: model.sha256, notes: made.notes)
    } else {
      let readme = """
        # \(mark.title(name))

        \(mark.statement)
        The rows were drawn by \(title) from a model, with the seed \(seed). `report.html` shows them;
        `manifest.json` names every file with its hash, and the model by its own.

        \(made.notes)
        """
      documents = [("README.md", Array(readme.utf8))]
    }
    documents.insert(("report.html", Array(page.html.utf8)), at: 1)
    for document in documents {
      try FileBytes.write(document.bytes, to: "\(folder)/\(document.name)")
      files.append(ReleaseFile(path: document.name, content: document.bytes))
    }
    var fields: [String: JSONValue] = [
      "manifest": .text(SimulationManifest.kind), "statement": .text(mark.statement),
      "software": .object([
        "name": .text(software.name), "version": .text(software.version),
      ]),
      "seed": .text(seed),
      "model": .object(["sha256": .text(model.sha256), "bytes": .integer(model.bytes)]),
      "files": .list(
        files.map { file in
          .object([
            "path": .text(file.path), "bytes": .integer(file.bytes), "sha256": .text(file.sha256),
          ])
        }),
    ]
    if let contract { fields["contract"] = .text(contract.text) }
    if let dictionary { fields["dictionary"] = .text(dictionary.text) }
    try FileBytes.write(JSONValue.object(fields).bytes, to: "\(folder)/manifest.json")
  }
}
