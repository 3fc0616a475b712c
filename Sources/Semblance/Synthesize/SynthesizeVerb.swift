// SPDX-License-Identifier: Apache-2.0
import Releases
import Schemas
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
    let input =
      if let meaning = request.meaning {
        try RealInput(
          path: request.input, meaning: meaning, threads: threads, progress: progress)
      } else {
        try RealInput(
          path: request.input, schemaPath: request.schema, threads: threads, progress: progress)
      }
    var made = try ContractedRun(request, input: input, progress: progress).made()
    if request.shadowRunCount > 0 {
      try ShadowAttack(request: request, progress: progress).add(to: &made)
    }
    let contents = ReleaseContents(paths: paths, request: request, made: made)
    var losses: [Diagnostic] = []
    try AtomicFolders.write(targets, force: request.replacesExisting) { folders in
      losses = try contents.write(owner: folders[0], release: folders[1])
    }
    return SynthesizeResult(
      paths: paths, seed: request.seed, rowCount: made.table.rowCount,
      columnCount: made.table.columnCount, measures: made.measures, contract: made.report,
      diagnostics: made.input.diagnostics + losses)
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
