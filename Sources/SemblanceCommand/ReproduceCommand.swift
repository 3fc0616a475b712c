// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance
import Tables

/// Makes the files of a manifest again, or checks files against it.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Make the same bytes again from a manifest, or check files against it.",
    discussion: """
      With --source, all files are made again and their hashes compared with the manifest; -o keeps them.
      With --verify, the files beside the manifest are checked too, and the first place that differs is
      named. --verify without --source compares hashes only.

      The manifest of simulated data takes the model as --source.
      """)

  @Argument(help: "The manifest.json of a release or of an owner's folder.")
  var manifest: String

  @Option(help: "The real table, under the name it had; the model of simulated data.")
  var source: String?

  @Option(help: "The partial table of --given, where the run had one.")
  var given: String?

  @Option(help: "The holdout file, where the run had one.")
  var holdout: String?

  @Option(help: "The dictionary, where the run had one and the manifest is the public one.")
  var schema: String?

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "The release folder to write.")
  var output: String?

  @Flag(help: "Check the files beside the manifest.")
  var verify = false

  @OptionGroup var common: CommonOptions

  @Flag(help: "Replace existing folders.")
  var force = false

  mutating func validate() throws {
    guard source != nil || verify else {
      throw ValidationError(
        "Give --source TABLE to make the files again, or --verify to check them.")
    }
    if output != nil, source == nil {
      throw ValidationError("-o needs --source TABLE.")
    }
  }

  func run() throws {
    let progress = ProgressLine(isQuiet: common.quiet)
    var verb = ReproduceVerb(
      manifest: manifest, source: source, holdout: holdout, schema: schema, output: output,
      verifies: verify,
      threads: common.threadCount, replacesExisting: force
    )
    verb.given = given
    let result = try verb.run(progress: progress.handler)
    Terminal.clearProgress()
    if common.json {
      let list = result.differences.map { difference in
        JSONObject.Value.object(
          JSONObject([("file", .text(difference.path)), ("difference", .text(difference.words))]))
      }
      Terminal.output(
        JSONObject([
          ("files", .number(Double(result.files.count))), ("remade", .flag(result.isRemade)),
          ("equal", .flag(result.differences.isEmpty)), ("differences", .list(list)),
        ]).text)
    } else if !common.quiet {
      for difference in result.differences {
        Terminal.output("\(difference.path): \(difference.words)")
      }
      let how = result.isRemade ? "made again" : "hashed"
      Terminal.output(
        result.differences.isEmpty
          ? "All \(result.files.count) files, \(how), are as the manifest says."
          : "\(result.differences.count) of \(result.files.count) files, \(how), differ.")
      if let folder = result.folder { Terminal.output("Wrote \(folder).") }
    }
    if !result.differences.isEmpty { throw ExitCode(1) }
  }
}
