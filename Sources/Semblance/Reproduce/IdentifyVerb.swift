// SPDX-License-Identifier: Apache-2.0
import Releases
import Schemas
public import Tables

/// Says whether a file, or a sample of its rows, came from the run of a manifest.
public struct IdentifyVerb: Sendable {
  /// What may be said.
  public enum Verdict: String, Hashable, Sendable, Codable {
    /// The rows are of the run: another draw would look so less than once in a million.
    case identified
    /// The rows could be of the run, or of another draw by coincidence.
    case consistent = "consistent with"
    /// Some rows are certainly not of the run.
    case different = "not all of the run"
  }

  /// What was found.
  public struct Result: Hashable, Sendable {
    /// The rows looked at.
    public var rows: Int
    /// Those that seem to be of the run.
    public var matches: Int
    /// The share of rows of another draw that would seem so.
    public var coincidence: Double
    /// The chance that so many match by coincidence.
    public var chance: Double
    /// What may be said.
    public var verdict: Verdict
  }

  private let file: String
  private let manifest: String
  private let threads: Int

  /// Creates a run.
  public init(file: String, manifest: String, threads: Int = 1) {
    self.file = file
    self.manifest = manifest
    self.threads = threads
  }

  /// Reads and compares.
  ///
  /// - Throws: `DataError` if a file cannot be used, or lacks a column of the run.
  public func run(progress: ProgressHandler = .silent) throws(DataError) -> Result {
    let known = try ManifestFile.read(manifest)
    let table = try RealInput.table(
      at: file, meaning: known.schema, threads: threads, progress: progress
    ).table
    let key = ReleaseManifest.fingerprintKey(
      seed: known.randomness.seed, generator: known.generator)
    guard table.rowCount > 0, let matches = known.fingerprints.matches(in: table, key: key) else {
      throw DataError(
        "the file has no rows, or lacks a column of the run", file: file,
        remedy: "Give a file with the columns of the synthetic table and at least one row.")
    }
    let chance = known.fingerprints.chance(ofAtLeast: matches, in: table.rowCount)
    let isSure = chance <= RowFingerprints.falseClaimRate
    let verdict: Verdict =
      isSure ? .identified : (matches == table.rowCount ? .consistent : .different)
    return Result(
      rows: table.rowCount, matches: matches, coincidence: known.fingerprints.coincidence,
      chance: chance, verdict: verdict)
  }
}
