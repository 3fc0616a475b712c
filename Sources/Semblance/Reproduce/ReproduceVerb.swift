// SPDX-License-Identifier: Apache-2.0
import Contracts
import FoundationEssentials
import Formats
import Hashing
import Releases
import Schemas
import Studies
import Synthesis
public import Tables

/// Makes the files of a manifest again, or checks files against it.
public struct ReproduceVerb: Sendable {
  /// A file that is not as the manifest says.
  public struct Difference: Hashable, Sendable {
    /// The file, by its path from the manifest.
    public var path: String
    /// What is different and where, as a clause.
    public var words: String
  }

  /// What was found.
  public struct Result: Sendable {
    /// The files compared.
    public var files: [String]
    /// Those that differ.
    public var differences: [Difference]
    /// Whether the files were made again, and not only hashed.
    public var isRemade: Bool
    /// The folder that was written, if any.
    public var folder: String?
  }

  /// The manifest's file.
  public var manifest: String
  /// The real table; `nil` compares hashes only.
  public var source: String?
  /// The holdout file of the run, where it had one.
  public var holdout: String?
  /// The partial table of the run, where it had one.
  public var given: String?
  /// The dictionary of the run, where it had one; an owner's manifest needs none.
  public var schema: String?
  /// The release folder to write; `nil` writes none that stays.
  public var output: String?
  /// Whether the files beside the manifest are checked, and not only the bytes made.
  public var verifies: Bool
  /// How many threads may work; they change no byte.
  public var threads: Int
  /// Whether an existing folder may be replaced.
  public var replacesExisting: Bool

  /// Creates a run.
  public init(
    manifest: String, source: String? = nil, holdout: String? = nil,
    schema: String? = nil, output: String? = nil,
    verifies: Bool = false, threads: Int = 1, replacesExisting: Bool = false
  ) {
    self.manifest = manifest
    self.source = source
    self.holdout = holdout
    self.schema = schema
    self.output = output
    self.verifies = verifies
    self.threads = threads
    self.replacesExisting = replacesExisting
  }

  /// Makes again and compares.
  ///
  /// - Throws: `DataError` if the manifest or the source cannot be used.
  public func run(progress: ProgressHandler = .silent) throws -> Result {
    if let simulation = try SimulationManifest.read(manifest) { return try run(simulation) }
    let known = try ManifestFile.read(manifest)
    let base = manifest.lastIndex(of: "/").map { String(manifest[...$0]) } ?? ""
    guard let source else {
      return Result(
        files: known.files.map(\.path), differences: Self.differences(known.files, base: base),
        isRemade: false, folder: nil)
    }
    try check(source, against: known)
    let request = try request(known, source: source)
    let (made, paths) = try remake(request, progress: progress)
    var differences = known.files.compactMap { file in
      // An owner's manifest names the files of both folders.
      difference(
        made[file.path.split(separator: "/").last.map(String.init) ?? "", isOwners(file, known)],
        file, base: base)
    }
    if known.audience == "owner", let bytes = made["manifest.json", true],
      try ManifestFile.parse(bytes, name: manifest).amendments != known.amendments
    {
      differences.append(
        .init(path: "manifest.json", words: "made again, the list of amended rows is another"))
    }
    return Result(
      files: known.files.map(\.path), differences: differences, isRemade: true,
      folder: output == nil ? nil : paths.release)
  }

  /// How a file that was made again differs from what the manifest says of it, or from the file there is.
  func difference(_ made: [UInt8]?, _ file: ReleaseFile, base: String) -> Difference? {
    func differs(_ words: String) -> Difference { Difference(path: file.path, words: words) }
    guard let made else { return differs("it is not made again") }
    guard SHA256.hex(SHA256.digest(made)) == file.sha256 else {
      return differs("made again, it has other bytes than the manifest says")
    }
    guard verifies else { return nil }
    guard let there = try? FileBytes.read(base + file.path) else {
      return differs("it is missing")
    }
    return ByteDifference(made, there).map { differs($0.words) }
  }

  private func isOwners(_ file: ReleaseFile, _ manifest: ReleaseManifest) -> Bool {
    manifest.audience == "owner" && !file.path.hasPrefix("../")
  }

  static func differences(_ files: [ReleaseFile], base: String) -> [Difference] {
    files.compactMap { file in
      guard let there = try? ReleaseFile(path: file.path, at: base + file.path) else {
        return Difference(path: file.path, words: "it is missing, or cannot be read")
      }
      guard there.sha256 != file.sha256 else { return nil }
      let size =
        there.bytes == file.bytes
        ? "of the same size" : "\(there.bytes) bytes in place of \(file.bytes)"
      return Difference(
        path: file.path, words: "other bytes, \(size); give --source to be told where")
    }
  }

  private func check(_ source: String, against manifest: ReleaseManifest) throws(DataError) {
    let name = FileName(source)
    let ending = FormatCatalogue.standard.writtenExtension(like: name.pathExtension)
    let data = "\(name.base).synthetic.\(ending)"
    guard manifest.files.contains(where: { $0.path == data || $0.path.hasSuffix("/" + data) })
    else {
      throw DataError(
        "the source has another name than the table of the release", file: source,
        remedy: "Give the file under the name it had: reports and the data file are named after it."
      )
    }
    if let known = manifest.source,
      try known.sampledBytes == nil
        ? sourceFile(source, meaning: manifest.schema).sha256 != known.file.sha256
        : SampledFile(path: source)?.hash != known.file.sha256
    {
      throw DataError(
        "the source is not the table that the release was made from", file: source,
        remedy: "Give that table as it was then; the owner’s manifest holds its hash.")
    }
    guard manifest.software.version == SemblanceVersion.current else {
      throw DataError(
        "the release was made by version \(manifest.software.version)", file: self.manifest,
        remedy: "Use that version; this is \(SemblanceVersion.current).")
    }
  }

  /// What stands for the source in a manifest; a table of a server has to be read for it.
  private func sourceFile(
    _ source: String, meaning schema: Schema
  ) throws(DataError) -> ReleaseFile {
    let location = TableLocation(argument: source)
    guard location.scheme != nil else {
      return try ReleaseFile(path: location.path, at: location.path)
    }
    return try RealInput(
      path: source, meaning: schema, threads: threads, progress: .silent
    ).sourceFile()
  }

  private func request(
    _ manifest: ReleaseManifest, source: String
  ) throws(DataError) -> SynthesizeRequest {
    var fit = FitOptions(threads: threads)
    fit.method = manifest.options.method
    fit.chosen = manifest.asked.chosen
    fit.plan.minimumLeafCount = manifest.asked.minimumLeafCount
    fit.plan.minimumLevelCount = manifest.asked.minimumLevelCount
    var held: HoldoutRequest?
    if let share = manifest.asked.holdoutShare { held = .share(share) }
    if manifest.options.control == "holdout file" {
      guard let holdout else {
        throw DataError(
          "the run had a holdout file", file: self.manifest, remedy: "Give it with --holdout.")
      }
      held = .file(holdout)
    }
    let given = try manifest.plan.given.map(known)
    // A public manifest holds no reasons for what columns mean, which the generator holds.
    let isOwners = manifest.audience == "owner"
    if !isOwners, manifest.asked.isSchemaGiven, schema == nil {
      throw DataError(
        "the run had a dictionary", file: self.manifest,
        remedy: "Give it with --schema, or use the owner’s manifest.")
    }
    var contract: Contract?
    if let text = manifest.contract { contract = try Contract(yaml: text, file: self.manifest) }
    var request = SynthesizeRequest(
      input: source, schema: isOwners ? nil : schema,
      meaning: isOwners ? manifest.schema : nil,
      purpose: Purpose(rawValue: manifest.purpose) ?? .remoteWork, contract: contract,
      contractText: manifest.contract, plan: manifest.asked.isPlanGiven ? manifest.plan : nil,
      rows: .count(manifest.options.rows), seed: manifest.randomness.seed, fit: fit, holdout: held,
      isEvaluated: manifest.options.isEvaluated, replacesExisting: replacesExisting)
    let asked = manifest.asked
    if let count = asked.maximumPredictorCount {
      request.fit.plan.maximumPredictorCount = count
      request.keptPredictorCount = count
    }
    request.measuredRowCount = asked.measuredRows
    request.fittedRowCount = asked.fittedRows
    request.repairLimit = asked.repairLimit
    request.keptGivenUp = asked.givenUp ?? []
    request.condition = manifest.options.condition
    request.replacement = manifest.plan.partial.map(ReplacementRequest.init)
    request.given = given
    request.isSchemaStated = manifest.asked.isSchemaGiven
    request.nearMatches = manifest.asked.nearMatches.flatMap(NearMatchPolicy.init)
    return request
  }

  /// The partial table, if it is the one that the run had.
  private func known(_ extent: GivenExtent) throws(DataError) -> GivenRequest {
    guard let given else {
      throw DataError(
        "the run had a partial table, \(extent.file)", file: manifest,
        remedy: "Give it with --given.")
    }
    let request = GivenRequest(path: given, copies: extent.copies)
    guard request.fileName == extent.file, try request.hash() == extent.sha256 else {
      throw DataError(
        "this is not the partial table that the run had, \(extent.file)", file: given,
        remedy: "Give that table as it was then, under its name; the manifest holds its hash.")
    }
    return request
  }

  /// The bytes of all files of both folders, by name.
  private struct Remade {
    var release: [String: [UInt8]] = [:]
    var owner: [String: [UInt8]] = [:]
    subscript(name: String, isOwners: Bool) -> [UInt8]? {
      isOwners ? owner[name] : release[name]
    }
  }

  private func remake(
    _ request: SynthesizeRequest, progress: ProgressHandler
  ) throws -> (Remade, ReleasePaths) {
    var request = request
    let scratch =
      FileManager.default.temporaryDirectory.path
      + "/semblance-reproduce-\(UInt64.random(in: .min ... .max))"
    let folder = output ?? scratch + "/made.release"
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    if output == nil {
      try FileManager.default.createDirectory(
        atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    request.output = folder
    let result = try SynthesizeVerb(request).run(progress: progress)
    var made = Remade()
    for name in try FileManager.default.contentsOfDirectory(atPath: result.paths.release) {
      made.release[name] = try FileBytes.read("\(result.paths.release)/\(name)")
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: result.paths.owner) {
      made.owner[name] = try FileBytes.read("\(result.paths.owner)/\(name)")
    }
    return (made, result.paths)
  }
}
