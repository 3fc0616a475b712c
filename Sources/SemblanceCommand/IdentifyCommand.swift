// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance
import Tables

/// Says whether a file came from a run.
struct IdentifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identify",
    abstract: "Say whether a file, or a sample of its rows, came from a run.")

  @Argument(help: "The file: the whole table, or some of its rows with its header.")
  var file: String

  @Argument(help: "The manifest.json of the run.")
  var manifest: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let result = try IdentifyVerb(file: file, manifest: manifest, threads: common.threadCount)
      .run(progress: progress.handler)
    Terminal.clearProgress()
    if common.json {
      Terminal.output(
        JSONObject([
          ("verdict", .text(result.verdict.rawValue)), ("rows", .number(Double(result.rows))),
          ("matches", .number(Double(result.matches))),
          ("coincidence", .number(result.coincidence)), ("chance", .number(result.chance)),
        ]).text)
    } else if !common.quiet {
      Terminal.output("\(result.matches) of \(result.rows) rows have a fingerprint of the run.")
      Terminal.output(
        "A row of another draw of the same generator has one with a rate of at most \(result.coincidence)."
      )
      switch result.verdict {
      case .identified:
        Terminal.output(
          "The rows came from this run: by coincidence it would look so with a chance of \(result.chance)."
        )
      case .consistent:
        Terminal.output(
          "The rows are consistent with this run, but so few or so common that it may be coincidence."
        )
      case .different: Terminal.output("The file is not of this run.")
      }
    }
    if result.verdict == .different { throw ExitCode(1) }
  }
}
