// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Formats
import Randomness
import Releases
import Semblance
import Studies
import Synthesis
import Tables

/// Makes rows from a generator.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Make rows from a generator that `fit` wrote.")

  @Argument(help: "The generator, NAME.semblance.")
  var generator: String

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The file to write; - for standard output.")
  var output: String

  @OptionGroup var draw: DrawOptions
  @OptionGroup var common: CommonOptions

  @Option(
    help: "The first row of the run to write, counted from 0: slices of one run fit together.")
  var from = 0

  @Option(
    help: "The format, where the file's name does not say it; see `semblance formats`.")
  var format: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  mutating func validate() throws {
    guard (0...RowRequest.maximumCount).contains(from) else {
      throw ValidationError("--from takes a row number of 0 or more.")
    }
  }

  func run() throws {
    let bytes = try FileBytes.read(generator)
    let generator = try Generator(decoding: bytes, name: generator)
    let seed = draw.seedText
    let count = draw.rows.rowCount(realRowCount: generator.model.fittedRowCount)
    let table = generator.model.sample(
      rows: from..<from + count, key: RandomKey(seed: seed), threads: common.threadCount)
    let document = generator.document(of: table)
    let catalogue = FormatCatalogue.standard
    if output == "-" {
      _ = try catalogue.write(document, to: "/dev/stdout", format: format)
      if draw.seed == nil, !common.quiet { Terminal.error("seed: \(seed)") }
      return
    }
    var losses: [Diagnostic] = []
    try AtomicFile.write(to: output, force: force) {
      losses = try catalogue.write(document, to: $0, format: format, naming: output)
    }
    if !common.quiet { Notices.print(losses) }
    if common.json {
      let summary = JSONObject([
        ("output", .text(output)), ("rows", .number(Double(count))), ("seed", .text(seed)),
      ])
      return Terminal.output(summary.text)
    }
    guard !common.quiet else { return }
    Terminal.output("Wrote \(count) synthetic rows to \(output) (seed: \(seed)).")
  }
}
