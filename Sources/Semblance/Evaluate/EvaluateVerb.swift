// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Fidelity
import Formats
import Randomness
import Releases
import Reporting
import Schemas
import Synthesis
public import Tables

/// Measures any synthetic file against the real one, whoever made it.
public struct EvaluateVerb: Sendable {
  /// What a run made.
  public struct Result: Sendable {
    /// The folder.
    public var folder: String
    /// The synthetic rows.
    public var rowCount: Int
    /// What was measured.
    public var measures: Measures
    /// What was noticed while reading either file.
    public var diagnostics: [Diagnostic]
  }

  /// Where indents would make a list of all cells of all pairs too large to open.
  private static let compactAbove = 20_000_000

  private let request: EvaluateRequest

  /// Creates a run.
  public init(_ request: EvaluateRequest) { self.request = request }

  /// Reads, measures and writes.
  ///
  /// - Throws: `DataError` if a file cannot be used, the tables share no column, or the folder
  ///   cannot be written; nothing is left behind then.
  public func run(progress: ProgressHandler = .silent) throws -> Result {
    let name = FileName(request.synthetic)
    let folder = ReleasePaths.trimmed(request.output ?? "\(name.base).evaluation")
    guard ReleasePaths.isNameable(folder) else {
      throw DataError(
        "the output must be a folder of its own", file: folder,
        remedy: "Give -o the name of a folder that Semblance can make.")
    }
    // These are figures of confidential data, so only the owner of the process may look in.
    let target = FolderTarget(folder, isPrivate: true)
    try AtomicFolders.check([target], force: request.replacesExisting)
    let threads = request.threads
    let real = try RealInput(
      path: request.real, schemaPath: request.schema, threads: threads, progress: progress)
    try check(request.populationSize, against: real.table)
    let synthetic = try RealInput.table(
      at: request.synthetic, meaning: real.schema, threads: threads, progress: progress)
    var holdout: Table?
    if let path = request.holdout {
      holdout = try RealInput.table(
        at: path, meaning: real.schema, threads: threads, progress: progress
      ).table
    }
    let minimum = PlanOptions(minimumLevelCount: request.minimumCount)
      .levelCount(forRowCount: real.table.rowCount)
    // Read before the work, so that nobody waits for a slip in a formula.
    let analyses = try request.analyses.map { text throws(DataError) in
      try NamedAnalysis(parsing: text)
    }
    var fitted: [AnalysisFidelity] = []
    var tables = [synthetic.table]
    for path in request.copies {
      tables.append(
        try RealInput.table(
          at: path, meaning: real.schema, threads: threads, progress: progress
        ).table)
    }
    let design = SurveyDesign(
      weights: request.weights, strata: request.strata, clusters: request.clusters)
    if !design.isSimple {
      fitted.append(
        try SurveyMeans(design, combiningBy: request.combining)
          .result(real: real.table, synthetic: tables, schema: real.schema))
    }
    if !analyses.isEmpty {
      fitted += try AnalysisMeasure(analyses, combiningBy: request.combining, survey: design)
        .results(real: real.table, synthetic: tables, schema: real.schema)
    }
    var measures = try Measuring(
      real: real.table, synthetic: synthetic.table, holdout: holdout, schema: real.schema,
      minimumCount: minimum, key: RandomKey(seed: "evaluate"),
      depth: request.isQuick ? .first : .full,
      threads: threads, progress: progress, populationSize: request.populationSize
    ).measures(twins: [])
    if !fitted.isEmpty {
      // Means by a design that is named take the place of those by roles.
      let own = design.isSimple ? measures.fidelity.analyses ?? [] : []
      measures.fidelity.analyses = own + fitted
    }
    let diagnostics = real.diagnostics + synthetic.diagnostics
    let pairs = try PairTableMeasure().tables(
      for: measures.fidelity, real: real.table, synthetic: synthetic.table, schema: real.schema,
      threads: threads)
    let page = ReportPage(
      forOwner: ReportSubject(
        name: name.base, dataFile: "\(name.base).\(name.pathExtension)",
        rowCount: synthetic.table.rowCount, schema: real.schema,
        software: "Semblance \(SemblanceVersion.current)", making: nil),
      fidelity: measures.fidelity, disclosure: measures.disclosure, diagnostics: diagnostics,
      pairTables: pairs)
    try AtomicFolders.write([target], force: request.replacesExisting) { folders in
      try FileBytes.write(Array(page.html.utf8), to: folders[0] + "/report.html")
      try FileBytes.write(Array(page.markdown.utf8), to: folders[0] + "/report.md")
      try FileBytes.write(
        try StableJSON.bytes(of: measures.fidelity, compactAbove: Self.compactAbove),
        to: folders[0] + "/fidelity.json")
      try FileBytes.write(
        try StableJSON.bytes(of: measures.disclosure, compactAbove: Self.compactAbove),
        to: folders[0] + "/disclosure.json")
    }
    return Result(
      folder: folder, rowCount: synthetic.table.rowCount, measures: measures,
      diagnostics: diagnostics)
  }

  /// Refuses a population that cannot hold the real rows, before anything else is read.
  private func check(_ size: Double?, against real: Table) throws(DataError) {
    guard let size, !(size >= Double(real.rowCount)) else { return }
    throw DataError(
      "the population is smaller than the real table, which has \(real.rowCount) rows",
      file: request.real,
      remedy:
        "Give --population the number of people from whom the rows were taken, or leave it out.")
  }
}
