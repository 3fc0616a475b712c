// SPDX-License-Identifier: Apache-2.0
import Contracts
import Disclosure
import Formats
import Hashing
import Releases
import Schemas
public import Tables

/// Runs the request of a bundle: on its synthetic table, to try it, or on the real one, to return what may
/// leave.
public struct RemoteRunVerb: Sendable {
  /// What a run made.
  public struct Result: Sendable {
    /// The folder to hand over.
    public var folder: String
    /// The folder that stays with the owner; `nil` where the request was only tried.
    public var withheldFolder: String?
    /// The mean overlap of each model's coefficients, in the order of the request; `nil` where withheld.
    public var overlaps: [(analysis: String, overlap: Double?)]
    /// The names of the tables that came out, and how many reasons there were to withhold something.
    public var tables: [(name: String, isReleased: Bool, withheldCount: Int)]
    /// How the script ended; `nil` without one.
    public var outcome: ScriptRun.Outcome?

    /// Whether the script, if any, ended well.
    public var isFine: Bool { outcome?.isFine ?? true }
  }

  private let bundle: String
  private let real: String?
  private let output: String?
  private let minimumCount: Int
  private let timeLimit: Double
  private let threads: Int
  private let replacesExisting: Bool

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - bundle: The bundle's folder.
  ///   - real: The real table; `nil` tries the request on the synthetic one.
  ///   - output: The folder to write; `nil` is `NAME.tried` or `NAME.returned` beside the bundle.
  ///   - minimumCount: The fewest records behind anything that leaves.
  ///   - timeLimit: The seconds after which a script is stopped.
  public init(
    bundle: String, real: String? = nil, output: String? = nil, minimumCount: Int = 10,
    timeLimit: Double = 3600, threads: Int = 1, replacesExisting: Bool = false
  ) {
    self.bundle = bundle
    self.real = real
    self.output = output
    self.minimumCount = minimumCount
    self.timeLimit = timeLimit
    self.threads = threads
    self.replacesExisting = replacesExisting
  }

  /// Runs, checks and writes.
  ///
  /// - Throws: `DataError` if the bundle or the table cannot be used, or a folder cannot be written.
  public func run(progress: ProgressHandler = .silent) throws -> Result {
    let bundle = try RemoteBundle(bundle)
    let stem =
      bundle.folder.hasSuffix(".bundle") ? String(bundle.folder.dropLast(7)) : bundle.folder
    let folder = ReleasePaths.trimmed(output ?? stem + (real == nil ? ".tried" : ".returned"))
    guard ReleasePaths.isNameable(folder) else {
      throw DataError(
        "the output must be a folder of its own", file: folder,
        remedy: "Give -o the name of a folder that Semblance can make.")
    }
    let plain = folder.hasSuffix(".returned") ? String(folder.dropLast(9)) : folder
    let withheld = real == nil ? nil : plain + ".withheld"
    let targets =
      [FolderTarget(folder)] + (withheld.map { [FolderTarget($0, isPrivate: true)] } ?? [])
    // Asked before the work, so that nobody waits for a refusal.
    try AtomicFolders.check(targets, force: replacesExisting)
    let synthetic = try syntheticTable(bundle, progress)
    let subject =
      try real.map { path in try realTable(path, bundle, like: synthetic.input, progress) }
      ?? (synthetic.input.table, synthetic.bytes)
    let trial = try RemoteTrial(
      bundle, subject: subject, synthetic: (synthetic.input.table, synthetic.bytes),
      minimumCount: minimumCount, timeLimit: timeLimit)
    let report = RemoteReport(
      trial: trial, isReal: real != nil, minimumCount: minimumCount,
      scriptHash: try bundle.request.script.map { name in
        try ReleaseFile(path: name, at: "\(bundle.folder)/\(name)").sha256
      })
    try AtomicFolders.write(targets, force: replacesExisting) { folders in
      try write(report, to: folders[0])
      if folders.count > 1 { try keep(trial, report, in: folders[1]) }
    }
    return Result(
      folder: folder, withheldFolder: withheld,
      overlaps: trial.models.map { ($0.text, $0.overlap) },
      tables: trial.outputs.map {
        ($0.name, $0.result.isReleased, $0.result.withheld.count)
      }, outcome: trial.outcome)
  }

  // MARK: Tables

  private func syntheticTable(
    _ bundle: RemoteBundle, _ progress: ProgressHandler
  ) throws -> (input: RealInput, bytes: [UInt8]) {
    let path = "\(bundle.folder)/\(bundle.dataFile)"
    let (table, _) = try RealInput.table(
      at: path, meaning: bundle.schema, threads: threads, progress: progress)
    let input = RealInput(
      path: path, table: table, schema: bundle.schema, dialect: CSVDialect(), diagnostics: [])
    return (input, try FileBytes.read(path))
  }

  /// The real table, and its bytes as a script gets them: in the format of the synthetic one.
  private func realTable(
    _ path: String, _ bundle: RemoteBundle, like synthetic: RealInput, _ progress: ProgressHandler
  ) throws -> (Table, [UInt8]) {
    let input = try RealInput(
      path: path, meaning: bundle.schema, threads: threads, progress: progress)
    if FileName(path).pathExtension == FileName(bundle.dataFile).pathExtension,
      !path.contains("::"), let bytes = try? FileBytes.read(path)
    {
      return (input.table, bytes)
    }
    // Another format: written as the synthetic table is.
    let scratch = try ScratchFile(named: bundle.scriptDataName)
    _ = try FormatCatalogue.standard.write(input.document, to: scratch.path, format: nil)
    return (input.table, try FileBytes.read(scratch.path))
  }

  // MARK: Files

  private func write(_ report: RemoteReport, to folder: String) throws {
    try FileBytes.write(Array(report.page.utf8), to: "\(folder)/checks.md")
    if !report.trial.models.isEmpty {
      try FileBytes.write(try report.models(), to: "\(folder)/\(report.modelsName)")
    }
    for file in try report.outputs() {
      try FileBytes.write(file.bytes, to: "\(folder)/\(file.name)")
    }
  }

  /// What stays with the owner: all that the script wrote, as it wrote it.
  private func keep(_ trial: RemoteTrial, _ report: RemoteReport, in folder: String) throws {
    try FileBytes.write(Array(report.page.utf8), to: "\(folder)/checks.md")
    guard let outcome = trial.outcome else { return }
    for (name, bytes) in outcome.files {
      try FileBytes.write(bytes, to: "\(folder)/output-\(name)")
    }
    try FileBytes.write(outcome.output, to: "\(folder)/standard-output.txt")
    try FileBytes.write(Array(outcome.complaint.utf8), to: "\(folder)/complaint.txt")
  }
}
