// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Synthesis

/// What made a release, from which settings, and the hash of all that was written.
///
/// The public manifest holds nothing of the source but its schema, without the reasons for it, which
/// count values. The owner's manifest holds the source's hash and size as well. Neither holds a time or
/// a place, so the same run writes the same bytes.
public struct ReleaseManifest: Hashable, Sendable, Codable {
  /// The program that made the release.
  public struct Software: Hashable, Sendable, Codable {
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String
    /// Creates an entry.
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// How rows are drawn, so that they can be drawn again.
  public struct Randomness: Hashable, Sendable, Codable {
    /// The seed, as text.
    public var seed: String
    /// The generator of random numbers.
    public var generator = "Philox4x32-10"
    /// How streams are told apart.
    public var streams =
      "key: first 64 bits of SHA-256 over length-prefixed seed, replication, table, column; "
      + "counter: row, period, draw"
    /// The replication of the draw that was kept; `nil` for the first.
    public var replication: Int?
    /// Creates an entry.
    public init(seed: String, replication: Int = 0) {
      self.seed = seed
      self.replication = replication == 0 ? nil : replication
    }
  }

  /// The options in force, defaults written out.
  public struct Options: Hashable, Sendable, Codable {
    /// The method that learned.
    public var method: String
    /// The rows made.
    public var rows: Int
    /// The fewest rows a leaf rests on.
    public var minimumLeafCount: Int
    /// The fewest rows behind a level or value that may be shown.
    public var minimumLevelCount: Int
    /// Whether fidelity and risk were measured.
    public var isEvaluated: Bool
    /// The control of the risk measures: `halves`, `holdout file`, `holdout share`, `none`.
    public var control: String
    /// What every row satisfies, as `--where` said it; `nil` for all rows.
    public var condition: String?
    /// Creates options.
    public init(
      method: String, rows: Int, minimumLeafCount: Int, minimumLevelCount: Int,
      isEvaluated: Bool, control: String, condition: String? = nil
    ) {
      self.condition = condition
      self.method = method
      self.rows = rows
      self.minimumLeafCount = minimumLeafCount
      self.minimumLevelCount = minimumLevelCount
      self.isEvaluated = isEvaluated
      self.control = control
    }
  }

  /// The real file; in the owner's manifest only.
  public struct Source: Hashable, Sendable, Codable {
    /// The file.
    public var file: ReleaseFile
    /// Its rows.
    public var rows: Int
    /// The rows the generator was fitted on.
    public var fittedRows: Int
    /// Its columns.
    public var columns: Int
    /// The bytes looked at, where the file was not read whole; its hash is of them and its size.
    public var sampledBytes: Int?
    /// Creates an entry.
    public init(
      file: ReleaseFile, rows: Int, fittedRows: Int, columns: Int, sampledBytes: Int? = nil
    ) {
      self.sampledBytes = sampledBytes
      self.file = file
      self.rows = rows
      self.fittedRows = fittedRows
      self.columns = columns
    }
  }

  /// What was asked for, where the options in force do not tell.
  public struct Asked: Hashable, Sendable, Codable {
    /// The fewest rows a leaf rests on, before any repair.
    public var minimumLeafCount: Int
    /// The fewest rows behind a level; `nil` left that to the size of the table.
    public var minimumLevelCount: Int?
    /// The share held out; `nil` without one.
    public var holdoutShare: Double?
    /// Whether the plan was given, and not made for the table.
    public var isPlanGiven: Bool
    /// Whether a dictionary was given.
    public var isSchemaGiven: Bool
    /// The most predictors of a variable; `nil` for the default.
    public var maximumPredictorCount: Int?
    /// The rows measured, where not all were.
    public var measuredRows: Int?
    /// The real rows fitted, where not all were.
    public var fittedRows: Int?
    /// The most further attempts at a broken contract, where fewer than usual.
    public var repairLimit: Int?
    /// The methods of variables, where they were found within a time.
    public var chosen: ChosenMethods?
    /// What was given up to keep a time.
    public var givenUp: [String]?
    /// The remedy for near matches that was asked for beside the contract; `nil` without one.
    public var nearMatches: String?
    /// Creates an entry.
    public init(
      minimumLeafCount: Int, minimumLevelCount: Int?, holdoutShare: Double?, isPlanGiven: Bool,
      isSchemaGiven: Bool, nearMatches: String? = nil
    ) {
      self.minimumLeafCount = minimumLeafCount
      self.minimumLevelCount = minimumLevelCount
      self.holdoutShare = holdoutShare
      self.isPlanGiven = isPlanGiven
      self.isSchemaGiven = isSchemaGiven
      self.nearMatches = nearMatches
    }
  }

  /// What was done to a row after it was sampled.
  public struct Amendment: Hashable, Sendable, Codable {
    /// What was done, where the row was not drawn again.
    public enum Action: String, Hashable, Sendable, Codable {
      /// Cells were made coarser; the attempt tells the step.
      case coarsen
      /// Cells were moved by noise; the attempt tells the width.
      case blur
      /// The row was left out.
      case suppress
    }
    /// The row, counted from 0 before any row is left out.
    public var row: Int
    /// The draw that was taken, or the try of the action, counted from 1; 0 for a row left out.
    public var attempt: Int
    /// What was done; `nil` for a row that was drawn again.
    public var action: Action?
    /// The columns of the cells changed; `nil` for whole rows.
    public var columns: [String]?
    /// Creates an entry.
    public init(row: Int, attempt: Int, action: Action? = nil, columns: [String]? = nil) {
      self.row = row
      self.attempt = attempt
      self.action = action
      self.columns = columns
    }
  }

  /// Rows at the end of the data that no real row is like.
  public struct Extrapolation: Hashable, Sendable, Codable {
    /// The first of them, counted from 0.
    public var firstRow: Int
    /// How many there are.
    public var rowCount: Int
    /// Why the real table lacks such cases.
    public var reason: String
    /// The file they come from; `nil` where a rule of the contract made them.
    public var file: ReleaseFile?
    /// Creates an entry.
    public init(firstRow: Int, rowCount: Int, reason: String, file: ReleaseFile? = nil) {
      self.firstRow = firstRow
      self.rowCount = rowCount
      self.reason = reason
      self.file = file
    }
  }

  /// The version of this format.
  public var manifest = 1
  /// Always true.
  public var isSynthetic = true
  /// What the data is, in a sentence.
  public var statement: String
  /// The data set type of the European Union's authority table.
  public var datasetType = SyntheticMark.datasetType
  /// The source type.
  public var digitalSourceType: String
  /// Who the manifest is for: `public` or `owner`.
  public var audience: String
  /// The program.
  public var software: Software
  /// The draw.
  public var randomness: Randomness
  /// The options.
  public var options: Options
  /// The plan that was followed.
  public var plan: Plan
  /// The variables.
  public var schema: Schema
  /// The purpose.
  public var purpose: String
  /// The contract as it was given; `nil` where the purpose's default was in force.
  public var contract: String?
  /// The SHA-256 of the generator's file.
  public var generator: String
  /// The files written.
  public var files: [ReleaseFile]
  /// What was asked for.
  public var asked: Asked
  /// Keyed fingerprints of the rows.
  public var fingerprints: RowFingerprints
  /// What was done to rows after sampling, in the owner's manifest only; `nil` where nothing was.
  ///
  /// The released rows are those that `sample` makes, with this list applied entry by entry.
  public var amendments: [Amendment]?
  /// Rows that no real row is like; `nil` where there are none.
  public var extrapolated: [Extrapolation]?
  /// The real file; `nil` in a public manifest.
  public var source: Source?

  /// Creates the owner's manifest.
  public init(
    software: Software, randomness: Randomness, options: Options, plan: Plan, schema: Schema,
    purpose: String, contract: String?, generator: String, files: [ReleaseFile], asked: Asked,
    fingerprints: RowFingerprints, amendments: [Amendment] = [],
    source: Source
  ) {
    let mark = SyntheticMark(plan)
    (statement, digitalSourceType) = (mark.statement, mark.sourceType)
    audience = "owner"
    self.software = software
    self.randomness = randomness
    self.options = options
    self.plan = plan
    self.schema = schema
    self.purpose = purpose
    self.contract = contract
    self.generator = generator
    self.files = files
    self.asked = asked
    self.fingerprints = fingerprints
    self.amendments = amendments.isEmpty ? nil : amendments
    self.source = source
  }

  /// What keys the fingerprints of rows.
  public static func fingerprintKey(seed: String, generator: String) -> String {
    "\(seed)\u{0}\(generator)"
  }

  /// The same for the public: without the source, and without the reasons that count its values.
  public func forPublic(files: [ReleaseFile]) -> ReleaseManifest {
    var manifest = self
    manifest.audience = "public"
    manifest.source = nil
    manifest.amendments = nil
    manifest.files = files
    for place in manifest.schema.variables.indices {
      manifest.schema.variables[place].reasons = []
    }
    return manifest
  }
}
