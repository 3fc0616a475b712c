// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Formats
import Semblance
import Synthesis
import Tables

/// Says in words what a generator learned and holds.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Say in words what a generator learned and what it holds.")

  @Argument(help: "The generator, NAME.semblance.")
  var file: String

  @Flag(help: "Say of each variable by which rules, coefficients or groups it is drawn.")
  var explain = false

  @Option(
    help: ArgumentHelp(
      "Write a picture of what hangs on what, as rows that are drawn show it.",
      valueName: "file.svg"))
  var picture: String?

  @Flag(help: "Replace an existing file.")
  var force = false

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    let generator = try Generator(decoding: try FileBytes.read(file), name: file)
    if let picture { try draw(generator, to: picture) }
    let inventory = generator.model.inventory()
    if json {
      let list = inventory.map { entry in
        JSONObject.Value.object(
          JSONObject(
            [
              ("variable", .text(entry.name)), ("action", .text(entry.action)),
              ("holds", .text(entry.holdings)), ("least", .number(entry.leastSupport)),
            ]
              + (explain
                ? [
                  (
                    "explanation",
                    .list(generator.model.explanation(of: entry.name).map { .text($0) })
                  )
                ]
                : [])))
      }
      return Terminal.output(
        JSONObject([
          ("rows", .number(Double(generator.model.fittedRowCount))),
          ("method", .text(generator.model.plan.method)), ("variables", .list(list)),
        ]).text)
    }
    Terminal.output(
      "A generator fitted on \(generator.model.fittedRowCount) rows, by the method "
        + "\"\(generator.model.plan.method)\". "
        + (inventory.contains { $0.holdsRows == true }
          ? "It holds the bins of single REAL ROWS." : "It holds statistics and no rows."))
    for entry in inventory {
      Terminal.output("\n\(entry.name)\n  \(entry.action)\n  \(entry.holdings)")
      if let least = entry.leastSupport {
        Terminal.output(
          entry.holdsRows == true
            ? "  single real rows are held"
            : "  every statistic rests on \(Int(least)) rows or more")
      }
      guard explain else { continue }
      for line in generator.model.explanation(of: entry.name) { Terminal.output("    \(line)") }
    }
  }

  /// Draws what hangs on what.
  private func draw(_ generator: Generator, to path: String) throws {
    guard let picture = try generator.structurePicture() else {
      throw DataError(
        "no variable of this generator hangs on another, so there is nothing to draw", file: file,
        remedy: "Leave --picture out.")
    }
    try OutputFile.write(Array(picture.utf8), to: path, force: force)
  }
}
