// SPDX-License-Identifier: Apache-2.0
public import Evaluation

/// What the documents of a simulated release are filled with.
public struct SimulationFacts: Sendable {
  /// What catalogues are told.
  public var dataset: DatasetFacts
  /// The tables, each with its file, its rows and its columns.
  public var tables: [(file: String, rows: Int, columns: Int)]
  /// The SHA-256 of the model's file.
  public var model: String
  /// The files from which the model takes its first rows, which may be real.
  public var populationFiles: [String]
  /// The column that marks each row, if there is one.
  public var markingColumn: String?
  /// What whoever reads the data should know, as the model says it.
  public var notes: String
  /// The contract, checked.
  public var contract: ContractReport

  /// Creates facts.
  public init(
    dataset: DatasetFacts, tables: [(file: String, rows: Int, columns: Int)], model: String,
    populationFiles: [String], markingColumn: String?, notes: String, contract: ContractReport
  ) {
    self.dataset = dataset
    self.tables = tables
    self.model = model
    self.populationFiles = populationFiles
    self.markingColumn = markingColumn
    self.notes = notes
    self.contract = contract
  }
}
