// SPDX-License-Identifier: Apache-2.0
import Contracts
import Evaluation
import FoundationEssentials
import Formats
import Releases
import Reporting
import Schemas
import Synthesis
import Tables

/// The documents of a release that are filled from its run: records, citation, checklist, annexes, ledger.
struct ReleaseDocuments {
  let paths: ReleasePaths
  let made: MadeTable
  let formatName: String
  let statement: PublicStatement

  /// Formats whose files say inside that they are synthetic.
  private static let marking: Set<String> = [
    "sav", "zsav", "por", "dta", "xpt", "xlsx", "parquet", "arrow", "sqlite",
  ]

  private static let mediaTypes = [
    "csv": "text/csv", "tsv": "text/tab-separated-values", "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet", "arrow": "application/vnd.apache.arrow.file",
    "sqlite": "application/vnd.sqlite3",
    "sav": "application/x-spss-sav", "dta": "application/x-stata-dta",
  ]

  /// What an owner said of the data set.
  var description: ReleaseDescription {
    ReleaseDescription(made.contract.documentation, orTitle: made.input.baseName)
  }

  /// What may be told to everyone: rounded figures only.
  func publicFacts(_ manifest: ReleaseManifest, dataFile: ReleaseFile) -> ReleaseFacts {
    facts(
      manifest, dataFile: dataFile, contract: made.report.rounded,
      realRows: statement.realRowsAbout.map { "about \($0)" } ?? "not told",
      disclosure: statement.disclosure.map { figures in
        Self.evidence(
          exact: figures.exactMatches, unique: figures.uniqueMatches, near: figures.nearMatches,
          closer: figures.closerToTraining, values: figures.valueIndications)
      } ?? [])
  }

  /// What is told to the owner: the figures in full.
  func ownerFacts(_ manifest: ReleaseManifest, dataFile: ReleaseFile) -> ReleaseFacts {
    facts(
      manifest, dataFile: dataFile, contract: made.report, realRows: "\(made.fittedRowCount)",
      disclosure: made.measures.map { measures in
        let report = measures.disclosure
        return Self.evidence(
          exact: report.exactMatches, unique: report.uniqueMatches, near: report.nearMatches,
          closer: report.closerToTraining, values: report.valueIndications)
      } ?? [])
  }

  private func facts(
    _ manifest: ReleaseManifest, dataFile: ReleaseFile, contract: ContractReport,
    realRows: String, disclosure: [ReleaseFacts.Evidence]
  ) -> ReleaseFacts {
    ReleaseFacts(
      description: description, dataFile: dataFile,
      mediaType: Self.mediaTypes[formatName] ?? formatName,
      isMarkedInside: Self.marking.contains(formatName),
      markingColumn: made.contract.marking?.column, rowCount: made.table.rowCount,
      realRows: realRows, schema: made.input.schema, manifest: manifest, contract: contract,
      fidelity: statement.sentences, disclosure: disclosure,
      holdings: made.generator.model.inventory())
  }

  private static func evidence(
    exact: Score, unique: Score, near: Score, closer: Score, values: Score
  ) -> [ReleaseFacts.Evidence] {
    func share(_ value: Double) -> String { "\((value * 1000).rounded() / 10) %" }
    func entry(_ name: String, _ score: Score, _ meaning: String) -> ReleaseFacts.Evidence {
      ReleaseFacts.Evidence(
        name: name, figure: score.value.map(share) ?? "not computable",
        reference: score.reference.map(share),
        meaning: score.value == nil ? (score.reason ?? meaning) : meaning)
    }
    return [
      entry(
        "synthetic rows that equal a real row", exact,
        "In tables of few columns this happens by chance; it is a question only where it exceeds what "
          + "fresh real rows show."),
      entry(
        "synthetic rows that equal a real row which occurs once", unique,
        "Such a row can be taken for a person; nothing was copied."),
      entry(
        "real outliers with a strangely near synthetic row", near,
        "Near an outlier a row indicates that somebody like this exists."),
      entry(
        "synthetic rows nearer to rows that were learned from than to others (50 % is best)",
        closer,
        "Well above a half would mean memory of rows; a half does not prove that there is none."),
      entry(
        "cells that equal a rare real value", values,
        "Rare values that come back may point to somebody."),
    ]
  }

  // MARK: Files

  /// The documents for everyone, by name.
  func publicDocuments(_ facts: ReleaseFacts) -> [(name: String, bytes: [UInt8])] {
    let licence = LicenceSuggestion(facts)
    let terms = """
      # Terms of use\(description.licence == nil ? ": a suggestion" : "")

      **\(licence.terms)**

      \(licence.reason) \(LicenceSuggestion.caution)\(description.licence == nil
        ? " The decision is the owner's; until it is made, nobody but the owner may pass this data set on."
        : "")

      """
    return [
      ("datacite.json", DataCiteRecord(facts).value.bytes),
      ("dcat.ttl", Array(CatalogueRecord(facts).text.utf8)),
      ("prov.ttl", Array(ProvenanceRecord(facts).text.utf8)),
      ("CITATION.cff", Array(CitationFile(facts).text.utf8)),
      ("LICENCE-SUGGESTION.md", Array(terms.utf8)),
      ("checklist.md", Array(FourChecks(facts).text.utf8)),
    ]
  }

  /// The documents for the owner, by name; the ledger is the last one.
  func ownerDocuments(
    _ facts: ReleaseFacts, ledger: ReleaseLedger
  ) throws -> [(name: String, bytes: [UInt8])] {
    [
      ("impact-assessment-annex.md", Array(ImpactAnnex(facts, ledger: ledger).text.utf8)),
      ("agreement-annex.md", Array(AgreementAnnex(facts, ledger: ledger).text.utf8)),
      ("ledger.json", try StableJSON.bytes(of: ledger)),
    ]
  }

  // MARK: Ledger

  /// The ledger with this release: what the owner's folders beside it know of the same source.
  func ledger(of manifest: ReleaseManifest, dataFile: ReleaseFile) -> ReleaseLedger {
    let entry = ReleaseLedger.Entry(
      folder: paths.release.split(separator: "/").last.map(String.init) ?? paths.release,
      seed: manifest.randomness.seed, data: dataFile.sha256, generator: manifest.generator,
      purpose: manifest.purpose, rows: made.table.rowCount,
      minimumLeafCount: manifest.plan.minimumLeafCount,
      exactMatches: made.measures?.disclosure.exactMatches.value,
      nearMatches: made.measures?.disclosure.nearMatches.value)
    let source = manifest.source?.file.sha256 ?? ""
    let known = neighbours().filter { $0.isOf(source: source) }
      // The longest one knows most; its key goes on.
      .sorted { ($0.entries.count, $1.key) > ($1.entries.count, $0.key) }
    guard var ledger = known.first else { return ReleaseLedger(source: source, first: entry) }
    for other in known.dropFirst() { ledger.add(other.entries) }
    ledger.add([entry])
    return ledger
  }

  private func neighbours() -> [ReleaseLedger] {
    let parent = paths.owner.lastIndex(of: "/").map { String(paths.owner[..<$0]) } ?? "."
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: parent.isEmpty ? "/" : parent)) ?? []
    return names.sorted().filter { $0.hasSuffix(".owner") }.compactMap { name in
      guard let bytes = try? FileBytes.read("\(parent)/\(name)/ledger.json") else { return nil }
      return try? JSONDecoder().decode(ReleaseLedger.self, from: Data(bytes))
    }
  }
}
