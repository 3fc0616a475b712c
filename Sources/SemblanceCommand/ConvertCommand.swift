// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Formats
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
    let verb = ConvertVerb(
      input: input, schemaPath: schema, format: format, threads: common.threadCount,
      progress: progress.handler)
    if output == "-" {
      let result = try verb.write(to: "/dev/stdout")
      Terminal.clearProgress()
      if !common.quiet { Notices.print(result.diagnostics + result.losses) }
      return
    }
    let result = try run(verb)
    Terminal.clearProgress()
    if !common.quiet { Notices.print(result.diagnostics + result.losses) }
    if common.json {
      return Terminal.output(
        JSONObject([
          ("output", .text(output)), ("rows", .number(Double(result.rowCount))),
          ("losses", .number(Double(result.losses.count))),
        ]).text)
    }
    guard !common.quiet else { return }
    Terminal.output("Wrote \(result.rowCount) rows to \(output).")
  }

  private func run(_ verb: ConvertVerb) throws -> ConvertVerb.Result {
    if TableLocation(argument: output).scheme != nil { return try verb.write(to: output) }
    var result: ConvertVerb.Result?
    try AtomicFile.write(to: output, force: force) {
      result = try verb.write(to: $0, naming: output)
    }
    guard let result else { throw FileBytes.writeFailure(output) }
    return result
  }
}
