// SPDX-License-Identifier: Apache-2.0
import Disclosure
import Hashing
import Randomness
import Releases
import Reporting
import Schemas
import Synthesis
public import Tables

/// A real table in, a finished release folder and the owner's folder out.
public struct SynthesizeVerb: Sendable {
  private let request: SynthesizeRequest

  /// Creates a run.
  public init(_ request: SynthesizeRequest) { self.request = request }

  /// Reads, fits, draws, measures and writes.
  ///
  /// - Throws: `DataError` if the input cannot be used or an output cannot be written; nothing
  ///   is left behind then.
  public func run(progress: ProgressHandler = .silent) throws -> SynthesizeResult {
    let paths = try outputPaths()
    let targets = [FolderTarget(paths.owner, isPrivate: true), FolderTarget(paths.release)]
    // Asked before the work, so that nobody waits for a refusal.
    try AtomicFolders.check(targets, force: request.replacesExisting)
    let threads = request.fit.threads
    let input = try RealInput(
      path: request.input, schemaPath: request.schema, threads: threads, progress: progress)
    let keys = EvaluationKeys(seed: request.seed)
    let (training, holdout) = try split(input, keys: keys, progress: progress)
    let fit = try Fit(training, schema: input.schema, options: request.fit, progress: progress)
    let generator = Generator(model: fit.model, file: input.file)
    let count = request.rows.rowCount(realRowCount: input.table.rowCount)
    let synthetic = generator.model.sample(
      rows: 0..<count, key: RandomKey(seed: request.seed), threads: threads)
    let measures = try measure(
      input, training: training, holdout: holdout, synthetic: synthetic, fit: fit, keys: keys,
      progress: progress)
    let contents = ReleaseContents(
      paths: paths, request: request, input: input, fittedRowCount: training.rowCount,
      plan: fit.plan, synthetic: synthetic, holdings: generator.model.inventory(),
      generatorHash: SHA256.hex(SHA256.digest(try generator.encoded())), measures: measures)
    var losses: [Diagnostic] = []
    try AtomicFolders.write(targets, force: request.replacesExisting) { folders in
      losses = try contents.write(owner: folders[0], release: folders[1])
    }
    return SynthesizeResult(
      paths: paths, seed: request.seed, rowCount: count, columnCount: synthetic.columnCount,
      measures: measures, diagnostics: input.diagnostics + losses)
  }

  private func outputPaths() throws(DataError) -> ReleasePaths {
    if let output = request.output, !ReleasePaths.isNameable(output) {
      throw DataError(
        "the output must be a folder of its own", file: output,
        remedy: "Give -o the name of a folder that Semblance can make, such as people.release.")
    }
    let name = FileName(request.input)
    let ending =
      try request.format.map { format throws(DataError) in
        try FormatCatalogue.standard.pathExtension(of: format)
      } ?? name.pathExtension
    return ReleasePaths(name: name.base, pathExtension: ending, output: request.output)
  }

  private func split(
    _ input: RealInput, keys: EvaluationKeys, progress: ProgressHandler
  ) throws(DataError) -> (training: Table, holdout: Table?) {
    switch request.holdout {
    case nil: return (input.table, nil)
    case .file(let path):
      let holdout = try RealInput.table(
        at: path, meaning: input.schema, threads: request.fit.threads, progress: progress)
      return (input.table, holdout.table)
    case .share(let share):
      let count = Int((share * Double(input.table.rowCount)).rounded())
      guard count >= 1, count < input.table.rowCount else {
        throw DataError(
          "the share to hold out leaves no rows on one side", file: input.path,
          remedy: "Give --holdout a share that suits a table of \(input.table.rowCount) rows.")
      }
      let split = RowSplit(rowCount: input.table.rowCount, firstCount: count, key: keys.holdout)
      return (
        input.table.selecting(rows: split.second), input.table.selecting(rows: split.first)
      )
    }
  }

  private func measure(
    _ input: RealInput, training: Table, holdout: Table?, synthetic: Table, fit: Fit,
    keys: EvaluationKeys, progress: ProgressHandler
  ) throws(DataError) -> Measures? {
    guard request.isEvaluated else { return nil }
    let twins =
      holdout == nil
      ? try Twins(training, schema: input.schema, options: request.fit, keys: keys)
        .trials(progress: progress) : []
    return try Measuring(
      real: training, synthetic: synthetic, holdout: holdout, schema: input.schema,
      minimumCount: fit.plan.minimumLevelCount, key: keys.measures,
      threads: request.fit.threads, progress: progress
    ).measures(twins: twins)
  }
}
