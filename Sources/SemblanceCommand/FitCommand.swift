// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Contracts
import Releases
import Semblance
import Synthesis
import Tables

/// Fits a generator and keeps it in a file.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit a generator once; `generate` makes rows from it anywhere.",
    discussion: """
      Of a contract a generator keeps what its plan says: relationships, transforms, balance and what is
      replaced. Rules, near matches and marks are seen to by `synthesize`, which also measures.
      """)

  @Argument(help: "The real table.")
  var input: String

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "The generator file, NAME.semblance.")
  var output: String

  @OptionGroup var promise: ContractOptions
  @OptionGroup var fitting: FittingOptions

  @Option(
    help: ArgumentHelp(
      "The time within which methods are chosen and fitted, such as 30s, 5m or 1h.",
      valueName: "time"))
  var budget: TimeBudget?

  @OptionGroup var common: CommonOptions

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let file = try promise.contractFile()
    let request = FitRequest(
      input: input, schema: fitting.schema,
      contract: file?.contract ?? promise.purpose.map { Contract(purpose: $0) },
      plan: try promise.plan.map(PlanFile.read), budget: budget?.seconds,
      options: fitting.fitOptions(threads: common.threadCount, isSearching: budget != nil))
    let result = try FitVerb(request).run(progress: progress.handler)
    Terminal.clearProgress()
    try OutputFile.write(try result.generator.encoded(), to: output, force: force)
    let plan = result.generator.model.plan
    let summary = JSONObject([
      ("generator", .text(output)), ("rows", .number(Double(result.size.rows))),
      ("columns", .number(Double(result.size.columns))),
      ("learned", .number(Double(plan.steps.count { $0.action == .learned }))),
      ("notes", .list(plan.notes.map { .text($0) })),
      ("givenUp", .list(result.givenUp.map { .text($0) })),
    ])
    if common.json { return Terminal.output(summary.text) }
    guard !common.quiet else { return }
    Notices.print(result.diagnostics)
    Terminal.output(
      "Fitted \(result.size.rows) rows × \(result.size.columns) columns into \(output).")
    for note in plan.notes { Terminal.output("Note: \(note).") }
    for words in result.givenUp { Terminal.output("Given up to keep the budget: \(words)") }
    Terminal.output("See what it holds: semblance inspect \(output)")
  }
}
