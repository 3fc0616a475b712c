// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Contracts
import Evaluation
import Formats
import Hashing
import Releases
import Reporting
import Schemas
import Studies
import Synthesis
import Tables

/// Everything that a release and its owner's folder hold, and the writing of it.
struct ReleaseContents {
  /// A file that is written as it is.
  struct NamedBytes {
    var name: String
    var bytes: [UInt8]
  }

  let paths: ReleasePaths
  let request: SynthesizeRequest
  let made: MadeTable

  private var input: RealInput { made.input }
  private var plan: Plan { made.plan }
  private var synthetic: Table { made.table }
  private var measures: Measures? { made.measures }
  private var mark: SyntheticMark { SyntheticMark(plan) }

  private static let software = ReleaseManifest.Software(
    name: "Semblance", version: SemblanceVersion.current)

  /// Fills both folders, and returns what the data file's format could not hold.
  func write(owner: String, release: String) throws -> [Diagnostic] {
    let data = "\(release)/\(paths.dataFile)"
    let losses = try FormatCatalogue.standard.write(
      input.document(ofSynthetic: synthetic, mark: mark), to: data, format: request.format)
    let dataFile = try ReleaseFile(path: paths.dataFile, at: data)
    let generatorHash = SHA256.hex(SHA256.digest(try made.generator.encoded()))
    let fingerprints = fingerprints(generatorHash)
    let publicFiles = try writePublic(
      release, dataFile: dataFile, generatorHash: generatorHash, fingerprints: fingerprints)
    var ownerFiles = try writeOwner(owner, generatorHash: generatorHash)
    // The owner's manifest names both folders' files, each by its own folder.
    let folder = paths.release.split(separator: "/").last.map(String.init) ?? paths.release
    let listed = publicFiles.map { file in
      ReleaseFile(path: "../\(folder)/\(file.path)", bytes: file.bytes, sha256: file.sha256)
    }
    var full = try manifest(
      files: ownerFiles + listed, generatorHash: generatorHash, fingerprints: fingerprints)
    let format = try codebook(dataFile).format
    let documents = documents(
      PublicStatement(
        subject(generatorHash), fidelity: measures?.fidelity, disclosure: measures?.disclosure),
      format)
    let ledger = documents.ledger(of: full, dataFile: dataFile)
    for document in try documents.ownerDocuments(
      documents.ownerFacts(full, dataFile: dataFile), ledger: ledger)
    {
      try FileBytes.write(document.bytes, to: "\(owner)/\(document.name)")
      // What depends on the folders beside it is no output of this run alone.
      if ledger.releaseCount == 1, document.name != "ledger.json" {
        ownerFiles.append(ReleaseFile(path: document.name, content: document.bytes))
      }
    }
    full.files = ownerFiles + listed
    try FileBytes.write(try StableJSON.bytes(of: full), to: "\(owner)/manifest.json")
    return losses
  }

  private func documents(_ statement: PublicStatement, _ format: String) -> ReleaseDocuments {
    ReleaseDocuments(paths: paths, made: made, formatName: format, statement: statement)
  }

  // MARK: Public

  private func writePublic(
    _ folder: String, dataFile: ReleaseFile, generatorHash: String, fingerprints: RowFingerprints
  ) throws -> [ReleaseFile] {
    var files = [dataFile]
    func add(_ name: String, _ bytes: [UInt8]) throws {
      try FileBytes.write(bytes, to: "\(folder)/\(name)")
      files.append(ReleaseFile(path: name, content: bytes))
    }
    let page = ReportPage(
      forEveryone: subject(generatorHash), synthetic: synthetic, fidelity: measures?.fidelity,
      disclosure: measures?.disclosure, contract: made.report)
    try add("report.html", Array(page.html.utf8))
    try add("statement.md", Array(page.markdown.utf8))
    let statement = PublicStatement(
      subject(generatorHash), fidelity: measures?.fidelity, disclosure: measures?.disclosure)
    try add("statement.json", try StableJSON.bytes(of: statement))
    let package = try codebook(dataFile)
    try add("datapackage.json", package.descriptor.bytes)
    let ddi = DDIDocument(
      title: mark.title(input.baseName), fileName: dataFile.path,
      sha256: dataFile.sha256, fileType: package.format,
      software: (Self.software.name, Self.software.version), table: synthetic,
      schema: input.schema, abstract: mark.statement, keywords: mark.keywords,
      isPartial: mark.isPartial)
    try add("ddi.xml", ddi.bytes)
    try add("codebook-ddi-lifecycle.xml", DDILifecycleDocument(ddi).bytes)
    if let csvw = CSVWDocument(package) { try add("codebook-csvw.json", csvw.value.bytes) }
    try add("codebook-croissant.json", CroissantDocument(package).value.bytes)
    try add("codebook-gmf.json", GenerativeMetadata(package).value.bytes)
    try add("codebook-sdv.json", SDVMetadata(package).value.bytes)
    if request.purpose == .preview {
      try add("preview.md", Array(try PreviewPage(made: made, sample: made.sample).text().utf8))
    }
    for file in try made.codeDevelopment?.files() ?? [] {
      try add("\(input.baseName).\(file.ending)", file.bytes)
    }
    for file in made.extrapolatedFiles { try add(file.name, file.bytes) }
    try add("contract.yaml", Array(ContractYAML.text(for: made.contract).utf8))
    try add("contract.json", try StableJSON.bytes(of: made.report.rounded))
    let bare = try manifest(
      files: files, generatorHash: generatorHash, fingerprints: fingerprints)
    let facts = documents(statement, package.format).publicFacts(bare, dataFile: dataFile)
    for document in documents(statement, package.format).publicDocuments(facts) {
      try add(document.name, document.bytes)
    }
    let readme = ReleaseReadme(facts)
    try add("README.md", Array(readme.text.utf8))
    try add("manifest.json", try StableJSON.bytes(of: bare.forPublic(files: files)))
    return files
  }

  private func codebook(_ file: ReleaseFile) throws -> DataPackage {
    let writer = try FormatCatalogue.standard.writer(
      for: paths.dataFile, format: request.format,
      like: input.document(ofSynthetic: synthetic, mark: mark))
    let isText = writer is DelimitedFile
    var delimiter = input.dialect.delimiter
    if writer.format.name == "tsv" { delimiter = "\t" }
    return DataPackage(
      name: input.baseName, file: file, format: writer.format.name, table: synthetic,
      schema: input.schema,
      dialect: isText
        ? .init(
          delimiter: delimiter, quote: input.dialect.quote,
          lineEnding: input.dialect.lineEnding.rawValue, hasHeader: input.dialect.hasHeader,
          encoding: input.dialect.encoding.rawValue) : nil,
      software: Self.software, mark: mark)
  }

  // MARK: Owner

  private func writeOwner(_ folder: String, generatorHash: String) throws -> [ReleaseFile] {
    var files: [ReleaseFile] = []
    func add(_ name: String, _ bytes: [UInt8]) throws {
      try FileBytes.write(bytes, to: "\(folder)/\(name)")
      files.append(ReleaseFile(path: name, content: bytes))
    }
    let page = ReportPage(
      forOwner: subject(generatorHash), fidelity: measures?.fidelity,
      disclosure: measures?.disclosure, contract: made.report, diagnostics: input.diagnostics,
      pairTables: made.pairTables)
    try add("report.html", Array(page.html.utf8))
    try add("report.md", Array(page.markdown.utf8))
    try add("contract.json", try StableJSON.bytes(of: made.report))
    if let measures {
      try add("fidelity.json", try StableJSON.bytes(of: measures.fidelity))
      try add("disclosure.json", try StableJSON.bytes(of: measures.disclosure))
    }
    return files
  }

  // MARK: Both

  private func subject(_ generatorHash: String) -> ReportSubject {
    ReportSubject(
      name: input.baseName, dataFile: paths.dataFile, rowCount: synthetic.rowCount,
      schema: input.schema, software: "\(Self.software.name) \(Self.software.version)",
      making: .init(
        plan: plan, seed: request.seed, fittedRowCount: made.fittedRowCount,
        generatorHash: generatorHash, holdings: made.generator.model.inventory(),
        structure: made.structure))
  }

  private func manifest(
    files: [ReleaseFile], generatorHash: String, fingerprints: RowFingerprints
  ) throws -> ReleaseManifest {
    let control =
      switch request.holdout {
      case _ where !request.isEvaluated: "none"
      case nil: "halves"
      case .file: "holdout file"
      case .share: "holdout share"
      }
    var manifest = ReleaseManifest(
      software: Self.software, randomness: .init(seed: request.seed, replication: made.replication),
      options: .init(
        method: plan.method, rows: made.drawnRowCount, minimumLeafCount: plan.minimumLeafCount,
        minimumLevelCount: plan.minimumLevelCount, isEvaluated: request.isEvaluated,
        control: control, condition: request.condition),
      plan: plan, schema: input.schema, purpose: request.purpose.rawValue,
      contract: request.contractText, generator: generatorHash, files: files,
      asked: asked, fingerprints: fingerprints,
      amendments: made.amendments,
      source: .init(
        file: try sourceFile(), rows: input.table.rowCount,
        fittedRows: made.fittedRowCount, columns: input.table.columnCount,
        sampledBytes: made.sample?.seenSize))
    manifest.extrapolated = made.extrapolated.isEmpty ? nil : made.extrapolated
    return manifest
  }

  /// The file that was read.
  private func sourceFile() throws(DataError) -> ReleaseFile {
    if let sample = made.sample {
      let name = input.path.split(separator: "/").last.map(String.init) ?? input.path
      return ReleaseFile(path: name, bytes: sample.size, sha256: sample.hash)
    }
    return try input.sourceFile()
  }

  /// Whether this run follows a manifest of a run that had a dictionary.
  private var isSchemaStated: Bool { request.isSchemaStated }

  private var asked: ReleaseManifest.Asked {
    var share: Double?
    if case .share(let value) = request.holdout { share = value }
    var asked = ReleaseManifest.Asked(
      minimumLeafCount: request.fit.plan.minimumLeafCount,
      minimumLevelCount: request.fit.plan.minimumLevelCount, holdoutShare: share,
      isPlanGiven: request.plan != nil,
      isSchemaGiven: request.schema != nil || isSchemaStated,
      nearMatches: request.nearMatches?.rawValue)
    let economy = made.economy
    asked.maximumPredictorCount = economy.maximumPredictorCount
    asked.measuredRows = economy.measuredRows
    asked.fittedRows = economy.fittedRows
    asked.repairLimit = economy.repairCount
    asked.chosen = made.chosen
    asked.givenUp = economy.givenUp.isEmpty ? nil : economy.givenUp
    return asked
  }

  /// The most rows of another draw that the rate of coincidences is measured on.
  private static let comparisonCount = 5000

  private func fingerprints(_ generatorHash: String) -> RowFingerprints {
    let others = made.model.sample(
      // A table that is real in part has no rows beyond its own.
      rows:
        0..<min(
          mark.isFull ? max(synthetic.rowCount, 1000) : made.drawnRowCount, Self.comparisonCount),
      key: EvaluationKeys(seed: request.seed).others, threads: request.fit.threads)
    // What is a number of the row, such as an identifier in sequence, is the same in every draw; the
    // rest tells draws apart.
    return RowFingerprints(
      of: synthetic, variables: input.schema.variables.map(\.name), others: others,
      key: ReleaseManifest.fingerprintKey(seed: request.seed, generator: generatorHash),
      threads: request.fit.threads)
  }
}
