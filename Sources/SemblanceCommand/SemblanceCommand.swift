// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The `semblance` command.
@main
struct SemblanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "semblance")
}
