// SPDX-License-Identifier: Apache-2.0
import Contracts
public import Evaluation
import Formats
import Randomness
import Releases
import Reporting
import Schemas
import Synthesis
public import Tables

/// Tries several strengths of protection on one table, so that its owner can pick one.
///
/// Writes a folder that stays with the owner: a page with one picture, the figures, and a contract for
/// each strength, which `synthesize --contract` follows.
public struct FrontierVerb: Sendable {
  /// What a run made.
  public struct Result: Sendable {
    /// The folder.
    public var folder: String
    /// The figures.
    public var frontier: Frontier
  }

  /// The fewest rows a leaf may rest on, weakest protection first.
  static let leaves = [10, 20, 40, 80, 160, 320, 640]
  /// The share of rows kept from the generator where none was asked for.
  static let heldOutShare = 0.2

  private let request: SynthesizeRequest

  /// Creates a run; the request's rows, format and plan are of no concern to it.
  public init(_ request: SynthesizeRequest) { self.request = request }

  /// Reads, fits and measures for each strength, and writes the folder.
  ///
  /// - Throws: `DataError` if the input cannot be used or the folder cannot be written; nothing is
  ///   left behind then.
  public func run(progress: ProgressHandler = .silent) throws -> Result {
    let name = FileName(request.input).base
    let folder = ReleasePaths.trimmed(request.output ?? "\(name).frontier")
    guard ReleasePaths.isNameable(folder) else {
      throw DataError(
        "the output must be a folder of its own", file: folder,
        remedy: "Give -o the name of a folder that Semblance can make.")
    }
    let target = FolderTarget(folder, isPrivate: true)
    try AtomicFolders.check([target], force: request.replacesExisting)
    var input = try RealInput(
      path: request.input, schemaPath: request.schema, threads: request.fit.threads,
      progress: progress)
    var contract = request.contract ?? Contract(purpose: request.purpose)
    input.schema = contract.applied(to: input.schema)
    contract = try contract.checked(for: input.schema)
    let (learned, control) = try split(input, progress: progress)
    let strengths = Self.leaves.filter { 8 * $0 <= learned.rowCount }
    guard strengths.count >= 2, control.rowCount > 0 else {
      throw DataError(
        "the table has too few rows to compare strengths of protection", file: request.input,
        remedy: "Give a table of some hundred rows, or use --minimum-leaf alone.")
    }
    var points: [Frontier.Point] = []
    var contracts: [(name: String, text: String)] = []
    for (number, leaf) in strengths.enumerated() {
      var chosen = contract
      chosen.disclosure.minimumLeaf = leaf
      let file = "leaf-\(leaf).contract.yaml"
      contracts.append((file, ContractYAML.text(for: chosen)))
      points.append(
        try point(
          leaf, chosen, file, learned, control, input.schema,
          progress: progress.prefixed("strength \(number + 1) of \(strengths.count): ")))
    }
    let frontier = Frontier(
      learnedRowCount: learned.rowCount, controlRowCount: control.rowCount, points: points)
    let page = FrontierPage(
      name: name, frontier: frontier, software: "Semblance \(SemblanceVersion.current)")
    try AtomicFolders.write([target], force: request.replacesExisting) { folders in
      try FileBytes.write(Array(page.html.utf8), to: folders[0] + "/report.html")
      try FileBytes.write(try StableJSON.bytes(of: frontier), to: folders[0] + "/frontier.json")
      for contract in contracts {
        try FileBytes.write(Array(contract.text.utf8), to: folders[0] + "/" + contract.name)
      }
    }
    return Result(folder: folder, frontier: frontier)
  }

  private func split(
    _ input: RealInput, progress: ProgressHandler
  ) throws(DataError) -> (learned: Table, control: Table) {
    var share = Self.heldOutShare
    switch request.holdout {
    case .file(let path):
      let held = try RealInput.table(
        at: path, meaning: input.schema, threads: request.fit.threads, progress: progress)
      return (input.table, held.table)
    case .share(let given): share = given
    case nil: break
    }
    let count = input.table.rowCount
    let split = RowSplit(
      rowCount: count, firstCount: Int((share * Double(count)).rounded()),
      key: EvaluationKeys(seed: request.seed).holdout)
    return (
      input.table.selecting(rows: split.second), input.table.selecting(rows: split.first)
    )
  }

  private func point(
    _ leaf: Int, _ contract: Contract, _ file: String, _ learned: Table, _ control: Table,
    _ schema: Schema, progress: ProgressHandler
  ) throws(DataError) -> Frontier.Point {
    var options = request.fit
    options.contract = contract
    let started = ContinuousClock.now
    let fit = try Fit(learned, schema: schema, options: options, progress: progress)
    let model: any Model = fit.model
    let synthetic = model.sample(
      rows: 0..<learned.rowCount, key: RandomKey(seed: request.seed),
      threads: request.fit.threads)
    let taken = started.duration(to: .now).components
    let measures = try Measuring(
      real: learned, synthetic: synthetic, holdout: control, schema: schema,
      minimumCount: fit.plan.minimumLevelCount,
      key: EvaluationKeys(seed: request.seed).measures, depth: .first,
      threads: request.fit.threads, progress: progress
    ).measures(twins: [])
    let seconds = Double(taken.seconds) + Double(taken.attoseconds) * 1e-18
    return Frontier.Point(
      minimumLeaf: leaf, contractFile: file, seconds: (seconds * 100).rounded() / 100,
      shapeError: measures.fidelity.shapeError, trendError: measures.fidelity.trendError,
      closerToTraining: measures.disclosure.closerToTraining,
      nearMatches: measures.disclosure.nearMatches,
      exactMatches: measures.disclosure.exactMatches)
  }
}
