// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Schemas
public import Synthesis

/// What the documents of a release are filled with.
public struct ReleaseFacts: Sendable {
  /// A figure that speaks for or against a release.
  public struct Evidence: Hashable, Sendable {
    /// What was measured.
    public var name: String
    /// The figure, as it may be shown to the readers of the document.
    public var figure: String
    /// The same figure for fresh real rows; `nil` where there is none.
    public var reference: String?
    /// What it means, and what it does not.
    public var meaning: String

    /// Creates an entry.
    public init(name: String, figure: String, reference: String? = nil, meaning: String) {
      self.name = name
      self.figure = figure
      self.reference = reference
      self.meaning = meaning
    }
  }

  /// What the owner says of the data set.
  public var description: ReleaseDescription
  /// The data file.
  public var dataFile: ReleaseFile
  /// Its media type.
  public var mediaType: String
  /// Whether the format can say inside the file that it is synthetic.
  public var isMarkedInside: Bool
  /// The column that marks each row, if there is one.
  public var markingColumn: String?
  /// The synthetic rows.
  public var rowCount: Int
  /// The real rows as they may be told to the readers of the document.
  public var realRows: String
  /// The variables.
  public var schema: Schema
  /// The manifest, for versions, options and plan.
  public var manifest: ReleaseManifest
  /// The contract, checked.
  public var contract: ContractReport
  /// How faithful the table is, one sentence each.
  public var fidelity: [String]
  /// What was measured of disclosure; empty if nothing was.
  public var disclosure: [Evidence]
  /// What the generator holds.
  public var holdings: [ModelHolding]

  /// Creates facts.
  public init(
    description: ReleaseDescription, dataFile: ReleaseFile, mediaType: String,
    isMarkedInside: Bool, markingColumn: String?, rowCount: Int, realRows: String, schema: Schema,
    manifest: ReleaseManifest, contract: ContractReport, fidelity: [String],
    disclosure: [Evidence], holdings: [ModelHolding]
  ) {
    self.description = description
    self.dataFile = dataFile
    self.mediaType = mediaType
    self.isMarkedInside = isMarkedInside
    self.markingColumn = markingColumn
    self.rowCount = rowCount
    self.realRows = realRows
    self.schema = schema
    self.manifest = manifest
    self.contract = contract
    self.fidelity = fidelity
    self.disclosure = disclosure
    self.holdings = holdings
  }

  var title: String {
    mark.title(description.title)
  }
  /// What the rows are.
  var mark: SyntheticMark { SyntheticMark(manifest.plan) }
  var software: String { "\(manifest.software.name) \(manifest.software.version)" }

  /// A name of the data set that follows from its bytes: a UUID of version 8 (RFC 9562).
  var urn: String { Self.urn(dataFile.sha256) }

  static func urn(_ hash: String) -> String {
    var signs = Array(hash.prefix(32))
    guard signs.count == 32 else { return "urn:uuid:00000000-0000-8000-8000-000000000000" }
    signs[12] = "8"
    signs[16] = "8"
    let parts = [signs[0..<8], signs[8..<12], signs[12..<16], signs[16..<20], signs[20..<32]]
    return "urn:uuid:" + parts.map { String($0) }.joined(separator: "-")
  }

  /// The citation, as one line.
  var citation: String { dataset.citation }

  /// What catalogues are told.
  var dataset: DatasetFacts {
    DatasetFacts(
      description: description, files: [dataFile], mediaType: mediaType, rowCount: rowCount,
      software: software, seed: manifest.randomness.seed,
      technique: "Method: \(manifest.options.method). "
        + "Level on the ONS spectrum: \(contract.level.name).", mark: mark)
  }
}
