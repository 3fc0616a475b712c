// SPDX-License-Identifier: Apache-2.0
import Formats
import Releases
public import Simulation
public import Tables

/// Runs a model that is written in a file, and writes its table with the truth beside it.
public struct SimulateVerb: Sendable {
  /// The model as it was read.
  public var model: PopulationModel
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
    model = try PopulationModel(yaml: text, file: path)
    self.seed = seed ?? model.seed ?? "0"
  }

  /// Runs all replications.
  ///
  /// - Throws: `DataError` if a rate is negative or no number, or there are too many events.
  public func table(threads: Int) throws(DataError) -> Table {
    try model.run(seed: seed, threads: threads)
  }

  /// Writes `populations.csv`, `truth.csv` and `model.yaml` into a new folder, all or nothing.
  ///
  /// - Returns: How many rows were recorded.
  /// - Throws: `DataError` if the folder exists or cannot be written, or the run fails.
  public func run(into folder: String, threads: Int) throws -> Int {
    do {
      try AtomicFolders.check([FolderTarget(folder)], force: false)
    } catch {
      var refusal = error
      if refusal.remedy.contains("--force") {
        refusal.remedy = "Choose another name with -o, or move it away."
      }
      throw refusal
    }
    let table = try table(threads: threads)
    try AtomicFolders.write([FolderTarget(folder)], force: false) { folders in
      for folder in folders {
        let writer = CSVWriter()
        try writer.write(table, to: folder + "/populations.csv")
        try writer.write(model.truth(seed: seed), to: folder + "/truth.csv")
        try FileBytes.write(Array(text.utf8), to: folder + "/model.yaml")
      }
    }
    return table.rowCount
  }
}
