// SPDX-License-Identifier: Apache-2.0
import Formats
import Randomness
import Releases
public import Simulation
public import Tables

/// Runs a model that is written in a file, and writes its tables with the truth beside them.
public struct SimulateVerb: Sendable {
  /// The model as it was read.
  public var model: SimulatedModel
  /// The seed of all draws.
  public var seed: String
  /// The model's text, copied into the output.
  private let text: String

  /// Reads a model file.
  ///
  /// - Parameters:
  ///   - path: The file, in YAML.
  ///   - seed: The seed to use in place of the file's.
  /// - Throws: `DataError` with file, line, column and what to write instead.
  public init(path: String, seed: String? = nil) throws(DataError) {
    let bytes = try FileBytes.read(path)
    guard bytes.count <= 10_000_000, let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(
        "the model is no UTF-8 text of at most 10 MB", file: path,
        remedy: "Save it as UTF-8, and keep data out of it.")
    }
    self.text = text
    model = try SimulatedModel(yaml: text, file: path)
    self.seed = seed ?? model.seed ?? "0"
  }

  /// Writes two new folders, all or nothing: the data to hand out, and beside it the truth.
  ///
  /// The second is named as the first with `.truth` after it. It holds `truth.csv` and `model.yaml`,
  /// and of a structural model the complete tables, the effects and the graph.
  ///
  /// - Returns: How many rows were recorded.
  /// - Throws: `DataError` if a folder exists or cannot be written, or the run fails.
  public func run(into folder: String, threads: Int) throws -> Int {
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
    let made = try files(threads: threads)
    try AtomicFolders.write(targets, force: false) { folders in
      let writer = CSVWriter()
      for (name, table) in made.data { try writer.write(table, to: "\(folders[0])/\(name).csv") }
      for (name, table) in made.truth { try writer.write(table, to: "\(folders[1])/\(name).csv") }
      for (name, text) in made.texts + [("model.yaml", text)] {
        try FileBytes.write(Array(text.utf8), to: "\(folders[1])/\(name)")
      }
    }
    return made.data.reduce(0) { $0 + $1.table.rowCount }
  }

  private struct Files {
    var data: [(name: String, table: Table)] = []
    var truth: [(name: String, table: Table)] = []
    var texts: [(name: String, text: String)] = []
  }

  private func files(threads: Int) throws(DataError) -> Files {
    var files = Files()
    switch model {
    case .populations(let model):
      files.data = [("populations", try model.run(seed: seed, threads: threads))]
      files.truth = [("truth", model.truth(seed: seed))]
    case .structure(let model):
      let outcome = try model.run(RandomKey(seed: seed))
      files.data = outcome.collected.map { ($0.name, $0) }
      files.truth = outcome.complete.map { ("complete-\($0.name)", $0) }
      files.truth.append(("truth", outcome.facts))
      if let effects = outcome.effects { files.truth.append(("effects", effects)) }
      for (index, table) in outcome.individual.enumerated() {
        files.truth.append(("effect-\(index + 1)-each-row", table))
      }
      files.texts = [("graph.dagitty.txt", outcome.dagitty), ("graph.dot", outcome.dot)]
    }
    return files
  }
}
