// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance
import Tables

/// What running a request takes, on synthetic rows as on real ones.
struct RemoteOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "The folder to write (default: NAME.tried or NAME.returned beside the bundle).")
  var output: String?

  @Option(help: "The fewest records behind anything that leaves.")
  var minimumCount = 10

  @Option(
    help: ArgumentHelp("The time after which a script is stopped.", valueName: "time"))
  var timeLimit: TimeBudget?

  @Flag(help: "Replace existing folders.")
  var force = false

  mutating func validate() throws {
    guard (3...1_000_000).contains(minimumCount) else {
      throw ValidationError("--minimum-count takes a number of 3 or more.")
    }
  }

  func verb(_ bundle: String, real: String?, _ common: CommonOptions) -> RemoteRunVerb {
    RemoteRunVerb(
      bundle: bundle, real: real, output: output, minimumCount: minimumCount,
      timeLimit: timeLimit?.seconds ?? 3600, threads: common.threadCount, replacesExisting: force)
  }

  /// Runs, and says what came out; exit status 1 if the script failed.
  func finish(_ verb: RemoteRunVerb, _ common: CommonOptions) throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    let result = try verb.run(progress: progress.handler)
    Terminal.clearProgress()
    if common.json {
      Terminal.output(Self.summary(result).text)
    } else if !common.quiet {
      Self.print(result)
    }
    if !result.isFine { throw ExitCode(1) }
  }

  private static func print(_ result: RemoteRunVerb.Result) {
    for model in result.overlaps where result.withheldFolder != nil {
      let words = model.overlap.map { "mean overlap \($0)" } ?? "withheld"
      Terminal.output("\(model.analysis): \(words)")
    }
    if let outcome = result.outcome {
      // On real rows its complaint could quote a record.
      Terminal.output(
        "Script: " + (result.withheldFolder == nil || outcome.isFine ? outcome.words : "it failed"))
    }
    for table in result.tables {
      let words =
        !table.isReleased
        ? "withheld" : table.withheldCount == 0 ? "checked" : "checked, something is withheld"
      Terminal.output("\(table.name): \(words)")
    }
    if let folder = result.withheldFolder {
      Terminal.output("May leave:     \(result.folder)/checks.md")
      Terminal.output("Stays:         \(folder)")
    } else {
      Terminal.output("Tried:         \(result.folder)/checks.md")
    }
  }

  private static func summary(_ result: RemoteRunVerb.Result) -> JSONObject {
    var summary = JSONObject([("folder", .text(result.folder))])
    if let folder = result.withheldFolder { summary.add("withheld", .text(folder)) }
    summary.add(
      "analyses",
      .list(
        result.overlaps.map { model in
          var entry = JSONObject([("analysis", .text(model.analysis))])
          if let overlap = model.overlap, result.withheldFolder != nil {
            entry.add("overlap", .number(overlap))
          }
          return .object(entry)
        }))
    summary.add(
      "tables",
      .list(
        result.tables.map { table in
          .object(
            JSONObject([
              ("name", .text(table.name)), ("released", .flag(table.isReleased)),
              ("withheld", .number(Double(table.withheldCount))),
            ]))
        }))
    if let outcome = result.outcome { summary.add("scriptFine", .flag(outcome.isFine)) }
    return summary
  }
}
