// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import Contracts
import Evaluation
import Releases
public import Semblance
import Synthesis
import Tables

/// Turns a real table into a finished release folder.
struct SynthesizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Turn a real table into a synthetic one, with its report: the main job.",
    discussion: """
      Writes NAME.release, to hand over (data, report, statement, codebook, readme, manifest), and
      NAME.owner, to keep (the report with every figure and the rows to look at). Names are those of the
      working folder unless -o says otherwise; nothing that exists is overwritten without --force.
      """)

  @Argument(help: "The real table.")
  var input: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The release folder (default: NAME.release); the owner's folder is made beside it.")
  var output: String?

  @Option(help: "The format of the data file (default: the input's); see `semblance formats`.")
  var format: String?

  @OptionGroup var draw: DrawOptions
  @OptionGroup var promise: ContractOptions
  @OptionGroup var fitting: FittingOptions

  @OptionGroup var partial: PartialOptions

  @Option(
    help: ArgumentHelp(
      "A table of some of the columns, with holes: each of its rows is kept as it is given, and what is empty or not in it is drawn given all of the row. --rows 10 or 10x makes as many for each row.",
      valueName: "file"))
  var given: String?

  @Option(
    help: ArgumentHelp(
      "Real rows kept from the generator, to measure risk against: a file of further rows, or a share such as 20% (then the generator is fitted on the rest).",
      valueName: "file|share"))
  var holdout: HoldoutRequest?

  @Option(
    help: ArgumentHelp(
      "What is done about rows that indicate a real record: report (list them for the owner), regenerate (draw them again; preferred), coarsen or blur (change the cells concerned), suppress (leave them out, which can itself reveal).",
      valueName: "remedy"))
  var nearMatches: NearMatchPolicy?

  @Flag(help: "Do not measure fidelity and risk.")
  var noEvaluation = false

  @Option(
    help: ArgumentHelp(
      "Attack the generator by so many shadow models (64, say), each fitted to half of up to 2,000 rows, and say who can be told to have been learned from.",
      valueName: "runs"))
  var shadowRuns: Int?

  @Flag(
    help:
      "Release nothing; try several strengths of protection, and write NAME.frontier: one picture of fidelity against risk and time, and a contract for each strength."
  )
  var frontier = false

  @Option(
    help: ArgumentHelp(
      "The time within which to end, such as 30s, 5m or 1h; what is given up for it is named.",
      valueName: "time"))
  var budget: TimeBudget?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "With the purpose code-development: run a script on clean rows and on rows that break each assumption, in an empty environment, and list what broke.",
      valueName: "script"))
  var script: String?

  @OptionGroup var common: CommonOptions

  @Flag(help: "Replace existing folders.")
  var force = false

  mutating func validate() throws {
    if noEvaluation, holdout != nil {
      throw ValidationError("--holdout is for measuring, which --no-evaluation skips.")
    }
    if let shadowRuns, !(8...10_000).contains(shadowRuns) || noEvaluation || frontier {
      throw ValidationError(
        "--shadow-runs takes a number from 8 to 10000, and goes without --no-evaluation and --frontier."
      )
    }
    if frontier,
      noEvaluation || promise.plan != nil || draw.rows != nil || draw.condition != nil
        || format != nil || partial.request != nil || given != nil
    {
      throw ValidationError(
        "--frontier measures strengths of protection; it goes without --no-evaluation, --plan, --rows, --where, --given, --replace and --format."
      )
    }
  }

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let file = try promise.contractFile()
    var request = SynthesizeRequest(
      input: input, output: output, schema: fitting.schema, format: format,
      purpose: promise.purpose ?? .remoteWork,
      contract: file?.contract, contractText: file?.text, plan: try promise.plan.map(PlanFile.read),
      rows: draw.rows, seed: draw.seedText(or: file?.contract.seed),
      fit: fitting.fitOptions(threads: common.threadCount, isSearching: budget != nil),
      holdout: holdout,
      isEvaluated: !noEvaluation, replacesExisting: force)
    request.condition = draw.condition
    request.replacement = partial.request
    request.given = try given.map { GivenRequest(path: $0, copies: try draw.copies()) }
    request.shadowRunCount = shadowRuns ?? 0
    request.script = script
    request.budget = budget?.seconds
    if script != nil, request.purpose != .codeDevelopment {
      throw ValidationError("--run is for the purpose code-development.")
    }
    request.nearMatches = nearMatches
    if frontier { return try compareStrengths(request, progress) }
    let result = try SynthesizeVerb(request).run(progress: progress.handler)
    Terminal.clearProgress()
    if common.json { Terminal.output(summary(of: result).text) }
    if !common.json, !common.quiet { printHeadlines(result) }
    // Done, but a promise is broken.
    if !result.contract.broken.isEmpty { throw ExitCode(1) }
  }

  private func compareStrengths(_ request: SynthesizeRequest, _ progress: ProgressLine) throws {
    let result = try FrontierVerb(request).run(progress: progress.handler)
    Terminal.clearProgress()
    if common.json {
      return Terminal.output(
        JSONObject([
          ("folder", .text(result.folder)), ("report", .text("\(result.folder)/report.html")),
          (
            "strengths",
            .list(
              result.frontier.points.map { point in
                .object(
                  JSONObject([
                    ("minimumLeaf", .number(Double(point.minimumLeaf))),
                    ("contract", .text("\(result.folder)/\(point.contractFile)")),
                    ("trendErrorPercent", .number(point.trendError.value)),
                    ("closerToTraining", .number(point.closerToTraining.value)),
                    ("seconds", .number(point.seconds)),
                  ]))
              })
          ),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output("Compared \(result.frontier.points.count) strengths of protection.")
    Terminal.output("To choose:     \(result.folder)/report.html")
  }

  private func printHeadlines(_ result: SynthesizeResult) {
    Notices.print(result.diagnostics)
    let kind = result.partial == nil ? "synthetic" : "PARTIALLY synthetic"
    Terminal.output(
      "Wrote \(result.rowCount) \(kind) rows × \(result.columnCount) columns (seed: \(result.seed))."
    )
    if let partial = result.partial { Terminal.output(SyntheticMark(partial).statement) }
    if let given = result.given { GivenLines.lines(given).forEach { Terminal.output($0) } }
    if let measures = result.measures { Headlines.print(measures) }
    for words in result.givenUp { Terminal.output("Given up to keep the budget: \(words)") }
    ClauseLines.print(result.contract)
    TrialLines.print(result.trials)
    Terminal.output("To hand over:  \(result.paths.release)/report.html")
    Terminal.output("To keep:       \(result.paths.owner)/report.html")
  }

  private func summary(of result: SynthesizeResult) -> JSONObject {
    var summary = JSONObject([
      ("release", .text(result.paths.release)), ("owner", .text(result.paths.owner)),
      ("data", .text("\(result.paths.release)/\(result.paths.dataFile)")),
      ("report", .text("\(result.paths.owner)/report.html")),
      ("seed", .text(result.seed)), ("rows", .number(Double(result.rowCount))),
      ("columns", .number(Double(result.columnCount))),
    ])
    if let partial = result.partial {
      summary.add("kept", .list(partial.kept.map { .text($0) }))
      summary.add("replaced", .list(partial.replaced.map { .text($0) }))
    }
    if let given = result.given { summary.add("effective", .object(GivenLines.object(given))) }
    summary.add("givenUp", .list(result.givenUp.map { .text($0) }))
    summary.add("forecastSeconds", .number(result.forecast.seconds))
    summary.add("forecastMegabytes", .number(result.forecast.megabytes))
    summary.add("peakMegabytes", .number(result.peakMegabytes))
    summary.add(
      "work",
      .object(JSONObject(result.work.map { ($0.phase, .number($0.seconds)) })))
    ClauseLines.add(result.contract, to: &summary)
    TrialLines.add(result.trials, to: &summary)
    if let measures = result.measures { Headlines.add(measures, to: &summary) }
    return summary
  }
}

extension NearMatchPolicy: ExpressibleByArgument {}

extension HoldoutRequest: ExpressibleByArgument {
  /// Reads `0.2`, `20%` or a file's name.
  public init?(argument: String) { self.init(argument) }
}
