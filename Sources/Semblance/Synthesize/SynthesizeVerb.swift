// SPDX-License-Identifier: Apache-2.0
import Contracts
import Releases
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
    var request = self.request
    let paths = try outputPaths()
    let targets = [FolderTarget(paths.owner, isPrivate: true), FolderTarget(paths.release)]
    // Asked before the work, so that nobody waits for a refusal.
    try AtomicFolders.check(targets, force: request.replacesExisting)
    let threads = request.fit.threads
    let script = try request.script.map { path throws(DataError) in try ScriptRun(script: path) }
    let stopwatch = Stopwatch()
    let sample = try sampled()
    let input = try stopwatch.measure("reading") { () throws(DataError) in
      if let sample {
        return try RealInput(sample, path: request.input, threads: threads)
      } else if let meaning = request.meaning {
        return try RealInput(
          path: request.input, meaning: meaning, threads: threads, progress: progress)
      } else {
        return try RealInput(
          path: request.input, schemaPath: request.schema, threads: threads, progress: progress)
      }
    }
    if sample != nil { request.isEvaluated = false }
    let run = try ContractedRun(
      request, input: input, stopwatch: stopwatch, progress: progress)
    let forecast = try run.forecast()
    progress.report("forecast: \(forecast.words)", 1, of: 1)
    var made = try run.made()
    if made.economy.measuredRows == 0 { request.isEvaluated = false }
    made.sample = sample
    let rows = made.table
    let plan = made.plan
    made.structure = try stopwatch.measure("writing") {
      try DependenceStructure(of: rows, schema: input.schema, plan: plan)
    }
    if request.purpose == .codeDevelopment {
      made.codeDevelopment = try CodeDevelopment(made, seed: request.seed, threads: threads)
    }
    if request.shadowRunCount > 0 {
      try ShadowAttack(request: request, progress: progress).add(to: &made)
    }
    let contents = ReleaseContents(paths: paths, request: request, made: made)
    var losses: [Diagnostic] = []
    try stopwatch.measure("writing") {
      try AtomicFolders.write(targets, force: request.replacesExisting) { folders in
        losses = try contents.write(owner: folders[0], release: folders[1])
      }
    }
    let trials = try script.map { script in
      try made.codeDevelopment?.trials(
        of: script, fileName: FileName(request.input).base + ".csv") ?? []
    }
    return SynthesizeResult(
      paths: paths, seed: request.seed, rowCount: made.table.rowCount,
      columnCount: made.table.columnCount, partial: made.plan.partial, given: made.given,
      measures: made.measures,
      contract: made.report,
      givenUp: made.economy.givenUp, forecast: forecast,
      work: stopwatch.all.map { ($0.phase, $0.work) }, peakMegabytes: Stopwatch.peakMegabytes,
      trials: trials ?? [], diagnostics: made.input.diagnostics + losses)
  }

  /// A look at a large file through ranges of bytes, where the purpose needs no more.
  private func sampled() throws(DataError) -> SampledFile? {
    guard request.purpose == .preview, request.schema == nil, request.holdout == nil,
      request.shadowRunCount == 0
    else { return nil }
    return try SampledFile(path: request.input)
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
      } ?? FormatCatalogue.standard.writtenExtension(like: name.pathExtension)
    return ReleasePaths(name: name.base, pathExtension: ending, output: request.output)
  }
}
