// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance

/// The `semblance` command.
@main
struct SemblanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "semblance",
    abstract: "Makes synthetic data that is faithful where its owner says, and proves it.",
    discussion: """
      Synthetic data is generated, not observed. Start with:

        semblance synthesize people.csv

      which writes people.release (to hand over) and people.owner (to keep).
      Exit status: 0 done, 1 a check failed, 64 wrong usage, 65 bad input, 70 our own fault.
      """,
    version: SemblanceVersion.current,
    subcommands: [
      SynthesizeCommand.self, PlanCommand.self, EvaluateCommand.self, DescribeCommand.self,
      FitCommand.self,
      GenerateCommand.self, InspectCommand.self, MethodsCommand.self, SimulateCommand.self,
      FormatsCommand.self, ConvertCommand.self,
      ReproduceCommand.self, IdentifyCommand.self, RemoteCommand.self, PurposesCommand.self,
    ])

  /// Runs the command; what goes wrong is printed once, with the exit status it deserves.
  static func main() {
    Memory.prepare()
    Interruption.listen()
    Terminal.prepare()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      CommandFailure.exit(with: error)
    }
  }
}
