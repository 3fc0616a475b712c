// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance
import Tables

/// Work on a real table by people who may not see it.
struct RemoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remote",
    abstract: "Let others analyse a table they may not see: pack a bundle, try it, return results.",
    discussion: """
      The owner:       semblance remote pack people.release       makes people.bundle, to hand over
      The researcher:  changes request.yaml, adds a script, and
                       semblance remote run people.bundle         tries it on the synthetic rows
      The owner:       semblance remote return people.bundle people.csv
                       runs it on the real rows; people.returned may leave, people.withheld stays
      """,
    subcommands: [Pack.self, Run.self, Return.self])

  /// Makes a bundle.
  struct Pack: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pack", abstract: "Make a bundle from a release folder.")

    @Argument(help: "The release folder.")
    var release: String

    @Option(
      name: [.customShort("o"), .customLong("output")],
      help: "The bundle's folder (default: NAME.bundle beside the release).")
    var output: String?

    @Flag(help: "Replace an existing bundle, and what was written into it.")
    var force = false

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    func run() throws {
      let folder = try RemotePackVerb(
        release: release, output: output, replacesExisting: force
      ).run()
      guard !quiet else { return }
      Terminal.output("To hand over:  \(folder)")
      Terminal.output("What to ask:   \(folder)/request.yaml")
    }
  }

  /// Tries a request on synthetic rows.
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run",
      abstract: "Run the request of a bundle on its synthetic rows, and show what would come back.")

    @Argument(help: "The bundle's folder.")
    var bundle: String

    @OptionGroup var options: RemoteOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      try options.finish(options.verb(bundle, real: nil, common), common)
    }
  }

  /// Runs a request on real rows.
  struct Return: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "return",
      abstract: "Run the request of a bundle on the real table, and write what may leave.",
      discussion: """
        A script runs with your rights: read it first. NAME.returned holds what passed the checks; decide
        yourself whether it leaves. NAME.withheld (mode 0700) holds all that came out, and stays.
        """)

    @Argument(help: "The bundle's folder, as it came back.")
    var bundle: String

    @Argument(help: "The real table.")
    var table: String

    @OptionGroup var options: RemoteOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      try options.finish(options.verb(bundle, real: table, common), common)
    }
  }
}
