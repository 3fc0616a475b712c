// SPDX-License-Identifier: Apache-2.0
import Contracts
import Dictionaries
import Evaluation
import Formats
import Randomness
import Releases
import Schemas
import Simulation
import Synthesis
import Tables

/// Simulated tables under a contract: marked, checked, and with the documents of a release.
struct SimulatedRelease {
  /// The name of the data set.
  let name: String
  let contract: Contract
  /// The tables that are handed out.
  let tables: SimulatedTables
  let report: ContractReport
  let seed: String
  private let populationFiles: [String]

  /// - Throws: `DataError` with the line of the contract or the dictionary that cannot be followed.
  init(
    _ made: SimulatedOutcome, of model: SimulatedModel, name: String, contract: Contract,
    dictionary: SchemaOverrides?, seed: String
  ) throws(DataError) {
    self.name = name
    var contract = contract
    contract.seed = seed
    contract.marking = contract.marking ?? MarkingClause(column: contract.purpose.markingColumn)
    self.contract = contract
    self.seed = seed
    populationFiles = model.populationFiles
    tables = try SimulatedTables(
      SimulationCheck.marked(made.data, by: contract), dictionary: dictionary)
    var truth = SimulationTruth(populationFiles: model.populationFiles)
    for table in made.data {
      // The complete rows, before anything was lost or measured.
      let behind = ["complete-\(table.name)", "unmeasured-\(table.name)"]
      truth.complete[table.name] =
        behind.lazy.compactMap { name in
          made.truth.first { $0.name == name }
        }.first
    }
    truth.effects = made.meanEffects.map {
      KnownEffect(
        treatment: $0.treatment, from: $0.from, to: $0.to, outcome: $0.outcome, value: $0.value)
    }
    report = try SimulationCheck(
      contract: contract, tables: tables, truth: truth, key: RandomKey(seed: seed)
    ).report()
  }

  /// Where a table lies in the folder.
  static func file(of table: Table) -> String { "\(table.name).synthetic.csv" }

  /// What the owner says of the data set.
  private var description: ReleaseDescription {
    ReleaseDescription(contract.documentation, orTitle: name)
  }

  /// The documents that go with the data, by name.
  ///
  /// - Parameters:
  ///   - files: The data files as they were written, in the order of the tables.
  ///   - model: The SHA-256 of the model.
  func documents(
    files: [ReleaseFile], model: String, notes: String
  ) throws -> [(name: String, bytes: [UInt8])] {
    let software = ReleaseManifest.Software(name: "Semblance", version: SemblanceVersion.current)
    let mark = SyntheticMark(startingFrom: populationFiles)
    let dataset = DatasetFacts(
      description: description, files: files, mediaType: "text/csv",
      rowCount: tables.tables.reduce(0) { $0 + $1.rowCount },
      software: "\(software.name) \(software.version)", seed: seed,
      technique: "Drawn from a model that is written in a file; its SHA-256 is \(model).",
      mark: mark)
    let facts = SimulationFacts(
      dataset: dataset,
      tables: zip(files, tables.tables).map { ($0.path, $1.rowCount, $1.columnCount) },
      model: model, populationFiles: populationFiles, markingColumn: contract.marking?.column,
      notes: notes, contract: report)
    let readme = SimulationReadme(facts)
    var documents: [(name: String, bytes: [UInt8])] = [
      ("README.md", Array(readme.text.utf8)),
      ("contract.yaml", Array(ContractYAML.text(for: contract).utf8)),
      ("contract.json", try StableJSON.bytes(of: report)),
      ("LICENCE-SUGGESTION.md", Array(readme.licenceText.utf8)),
      ("datacite.json", DataCiteRecord(dataset).value.bytes),
      ("dcat.ttl", Array(CatalogueRecord(dataset).text.utf8)),
      ("prov.ttl", Array(SimulationProvenance(facts).text.utf8)),
      ("CITATION.cff", Array(CitationFile(dataset).text.utf8)),
    ]
    var packages: [DataPackage] = []
    for (place, table) in tables.tables.enumerated() {
      let schema = tables.schemas[place]
      packages.append(
        DataPackage(
          name: table.name, file: files[place], table: table, schema: schema,
          dialect: .init(
            delimiter: ",", quote: "\"", lineEnding: "\n", hasHeader: true, encoding: "UTF-8"),
          software: software))
      let ddi = DDIDocument(
        title: mark.title("\(description.title): \(table.name)"),
        fileName: files[place].path, sha256: files[place].sha256, fileType: "csv",
        software: (software.name, software.version), table: table, schema: schema,
        abstract: mark.statement)
      documents.append(("\(table.name).ddi.xml", ddi.bytes))
    }
    let package = DataPackage.descriptor(
      name: name, tables: packages, software: software, mark: mark)
    documents.append(("datapackage.json", package.bytes))
    return documents
  }
}
