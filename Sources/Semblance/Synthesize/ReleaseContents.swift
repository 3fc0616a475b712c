// SPDX-License-Identifier: Apache-2.0
import Formats
import Releases
import Reporting
import Schemas
import Studies
import Synthesis
import Tables

/// Everything that a release and its owner's folder hold, and the writing of it.
struct ReleaseContents {
  let paths: ReleasePaths
  let request: SynthesizeRequest
  let input: RealInput
  let fittedRowCount: Int
  let plan: Plan
  let synthetic: Table
  let holdings: [ModelHolding]
  let generatorHash: String
  let measures: Measures?

  private static let software = ReleaseManifest.Software(
    name: "Semblance", version: SemblanceVersion.current)

  /// Fills both folders, and returns what the data file's format could not hold.
  func write(owner: String, release: String) throws -> [Diagnostic] {
    let data = "\(release)/\(paths.dataFile)"
    let losses = try FormatCatalogue.standard.write(
      input.document(ofSynthetic: synthetic), to: data, format: request.format)
    let dataFile = try ReleaseFile(path: paths.dataFile, at: data)
    let publicFiles = try writePublic(release, dataFile: dataFile)
    let ownerFiles = try writeOwner(owner)
    // The owner's manifest names both folders' files, each by its own folder.
    let folder = paths.release.split(separator: "/").last.map(String.init) ?? paths.release
    let listed = publicFiles.map { file in
      ReleaseFile(path: "../\(folder)/\(file.path)", bytes: file.bytes, sha256: file.sha256)
    }
    let full = try manifest(files: ownerFiles + listed)
    try FileBytes.write(try StableJSON.bytes(of: full), to: "\(owner)/manifest.json")
    return losses
  }

  // MARK: Public

  private func writePublic(_ folder: String, dataFile: ReleaseFile) throws -> [ReleaseFile] {
    var files = [dataFile]
    func add(_ name: String, _ bytes: [UInt8]) throws {
      try FileBytes.write(bytes, to: "\(folder)/\(name)")
      files.append(ReleaseFile(path: name, content: bytes))
    }
    let page = ReportPage(
      forEveryone: subject, synthetic: synthetic, fidelity: measures?.fidelity,
      disclosure: measures?.disclosure)
    try add("report.html", Array(page.html.utf8))
    let statement = PublicStatement(
      subject, fidelity: measures?.fidelity, disclosure: measures?.disclosure)
    try add("statement.json", try StableJSON.bytes(of: statement))
    try add("datapackage.json", try codebook(dataFile).descriptor.bytes)
    let bare = try manifest(files: files)
    let readme = ReleaseReadme(
      name: input.baseName, dataFile: paths.dataFile, rowCount: synthetic.rowCount,
      columnCount: synthetic.columnCount, manifest: bare, findings: statement.sentences)
    try add("README.md", Array(readme.text.utf8))
    try add("manifest.json", try StableJSON.bytes(of: bare.forPublic(files: files)))
    return files
  }

  private func codebook(_ file: ReleaseFile) throws -> DataPackage {
    let writer = try FormatCatalogue.standard.writer(
      for: paths.dataFile, format: request.format, like: input.document(ofSynthetic: synthetic))
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
      software: Self.software)
  }

  // MARK: Owner

  private func writeOwner(_ folder: String) throws -> [ReleaseFile] {
    var files: [ReleaseFile] = []
    func add(_ name: String, _ bytes: [UInt8]) throws {
      try FileBytes.write(bytes, to: "\(folder)/\(name)")
      files.append(ReleaseFile(path: name, content: bytes))
    }
    let page = ReportPage(
      forOwner: subject, fidelity: measures?.fidelity, disclosure: measures?.disclosure,
      diagnostics: input.diagnostics)
    try add("report.html", Array(page.html.utf8))
    if let measures {
      try add("fidelity.json", try StableJSON.bytes(of: measures.fidelity))
      try add("disclosure.json", try StableJSON.bytes(of: measures.disclosure))
    }
    return files
  }

  // MARK: Both

  private var subject: ReportSubject {
    ReportSubject(
      name: input.baseName, dataFile: paths.dataFile, rowCount: synthetic.rowCount,
      schema: input.schema, software: "\(Self.software.name) \(Self.software.version)",
      making: .init(
        plan: plan, seed: request.seed, fittedRowCount: fittedRowCount,
        generatorHash: generatorHash, holdings: holdings))
  }

  private func manifest(files: [ReleaseFile]) throws -> ReleaseManifest {
    let control =
      switch request.holdout {
      case _ where !request.isEvaluated: "none"
      case nil: "halves"
      case .file: "holdout file"
      case .share: "holdout share"
      }
    let name = input.path.split(separator: "/").last.map(String.init) ?? input.path
    return ReleaseManifest(
      software: Self.software, randomness: .init(seed: request.seed),
      options: .init(
        method: plan.method, rows: synthetic.rowCount, minimumLeafCount: plan.minimumLeafCount,
        minimumLevelCount: plan.minimumLevelCount, isEvaluated: request.isEvaluated,
        control: control),
      plan: plan, schema: input.schema, generator: generatorHash, files: files,
      source: .init(
        file: try ReleaseFile(path: name, at: input.path), rows: input.table.rowCount,
        fittedRows: fittedRowCount, columns: input.table.columnCount))
  }
}
