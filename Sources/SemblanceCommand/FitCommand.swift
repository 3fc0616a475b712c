// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Releases
import Semblance
import Synthesis
import Tables

/// Fits a generator and keeps it in a file.
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit a generator once; `generate` makes rows from it anywhere.")

  @Argument(help: "The real table.")
  var input: String

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "The generator file, NAME.semblance.")
  var output: String

  @OptionGroup var fitting: FittingOptions
  @OptionGroup var common: CommonOptions

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let threads = common.threadCount
    let input = try RealInput(
      path: input, schemaPath: fitting.schema, threads: threads, progress: progress.handler)
    let generator = try Generator(
      fitting: input, options: fitting.fitOptions(threads: threads), progress: progress.handler)
    Terminal.clearProgress()
    try OutputFile.write(try generator.encoded(), to: output, force: force)
    let learned = generator.model.plan.steps.count { $0.action == .learned }
    let summary = JSONObject([
      ("generator", .text(output)), ("rows", .number(Double(input.table.rowCount))),
      ("columns", .number(Double(input.table.columnCount))), ("learned", .number(Double(learned))),
      ("notes", .list(generator.model.plan.notes.map { .text($0) })),
    ])
    if common.json { return Terminal.output(summary.text) }
    guard !common.quiet else { return }
    Notices.print(input.diagnostics)
    Terminal.output(
      "Fitted \(input.table.rowCount) rows × \(input.table.columnCount) columns into \(output).")
    for note in generator.model.plan.notes { Terminal.output("Note: \(note).") }
    Terminal.output("See what it holds: semblance inspect \(output)")
  }
}
