// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance
import Studies

/// Lists the file formats.
struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "List the file formats and what each keeps; NAME for the page on one.")

  @Argument(help: "The format.")
  var name: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    let formats = FormatCatalogue.standard.entries.map(\.format)
    if let name {
      guard let format = formats.first(where: { $0.name == name.lowercased() }) else {
        throw ValidationError(
          "There is no format '\(name)'. There is: "
            + formats.map(\.name).joined(separator: ", ") + ".")
      }
      return Terminal.output(json ? Self.object(format).text : format.page)
    }
    if json {
      return Terminal.output(
        JSONObject([("formats", .list(formats.map { .object(Self.object($0)) }))]).text)
    }
    let width = formats.map(\.name.count).max() ?? 0
    for format in formats {
      let name = format.name + String(repeating: " ", count: width - format.name.count)
      let direction = format.isRead ? (format.isWritten ? "in, out" : "in     ") : "    out"
      let kept = TableFormat.Feature.allCases.filter { format.keeps.contains($0) }
      Terminal.output(
        "\(name)  \(direction)  \(format.title); keeps "
          + (kept.isEmpty ? "values only" : kept.map(\.rawValue).joined(separator: ", ")))
    }
  }

  private static func object(_ format: TableFormat) -> JSONObject {
    JSONObject([
      ("name", .text(format.name)), ("title", .text(format.title)),
      ("extensions", .list(format.extensions.map { .text($0) })),
      ("read", .flag(format.isRead)), ("written", .flag(format.isWritten)),
      (
        "keeps",
        .list(
          TableFormat.Feature.allCases.filter { format.keeps.contains($0) }.map {
            .text($0.rawValue)
          })
      ), ("remarks", .list(format.remarks.map { .text($0) })),
    ])
  }
}
