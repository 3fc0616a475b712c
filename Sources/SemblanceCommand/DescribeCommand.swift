// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Dictionaries
import Semblance
import Tables

/// Says what the columns of a table mean.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Say what each column means and why; the file can be changed and given with --schema."
  )

  @Argument(help: "The real table.")
  var input: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The YAML file to write (default: standard output).")
  var output: String?

  @Option(help: "A dictionary as `describe` writes it; what it says takes the place of guesses.")
  var schema: String?

  @OptionGroup var common: CommonOptions

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let input = try RealInput(
      path: input, schemaPath: schema, threads: common.threadCount, progress: progress.handler)
    Terminal.clearProgress()
    if !common.quiet { Notices.print(input.diagnostics) }
    if common.json {
      return Terminal.output(
        String(decoding: try SchemaJSON.bytes(of: input.schema), as: UTF8.self))
    }
    let text = SchemaYAML.text(for: input.schema, rowCount: input.table.rowCount)
    guard let output, output != "-" else { return Terminal.output(bytes: Array(text.utf8)) }
    try OutputFile.write(Array(text.utf8), to: output, force: force)
    if !common.quiet {
      Terminal.output("Wrote \(output). Change what is wrong in it, and give it with --schema.")
    }
  }
}
