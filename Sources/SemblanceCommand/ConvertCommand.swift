// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Releases
import Semblance
import Studies
import Tables

/// Writes a table in another format.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a table in another format, with its dictionary; the data stay as they are.",
    discussion: """
      Nothing is made synthetic here: what is real stays real. What the format cannot hold is said,
      variable by variable; see `semblance formats`.
      """)

  @Argument(help: "The table; FILE#TABLE names one of several.")
  var input: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file or the address of a table to write; - for standard output.")
  var output: String

  @Option(
    help: "The format, where the file's name does not say it; see `semblance formats`.")
  var format: String?

  @Option(help: "A dictionary or codebook; what it says takes the place of guesses.")
  var schema: String?

  @OptionGroup var common: CommonOptions

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let input = try RealInput(
      path: input, schemaPath: schema, threads: common.threadCount, progress: progress.handler)
    Terminal.clearProgress()
    let catalogue = FormatCatalogue.standard
    var losses: [Diagnostic] = []
    if output == "-" {
      losses = try catalogue.write(input.document, to: "/dev/stdout", format: format)
      if !common.quiet { Notices.print(input.diagnostics + losses) }
      return
    }
    if TableLocation(argument: output).scheme != nil {
      losses = try catalogue.write(input.document, to: output, format: format)
    } else {
      try AtomicFile.write(to: output, force: force) {
        losses = try catalogue.write(input.document, to: $0, format: format, naming: output)
      }
    }
    if !common.quiet { Notices.print(input.diagnostics + losses) }
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(input.table.rowCount))),
          ("losses", .number(Double(losses.count))),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output("Wrote \(input.table.rowCount) rows to \(output).")
  }
}
