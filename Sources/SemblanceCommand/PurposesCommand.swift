// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Contracts
import Semblance

/// Lists the purposes.
struct PurposesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purposes", abstract: "List the purposes, one line each; NAME for the page on one."
  )

  @Argument(help: "The purpose.")
  var name: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  @Flag(help: "Print the JSON Schema of contracts, by which editors complete and check them.")
  var contractSchema = false

  func run() throws {
    if contractSchema { return Terminal.output(ContractJSONSchema.text) }
    guard let name else {
      if json {
        let list = Purpose.allCases.map { purpose in
          JSONObject.Value.object(
            JSONObject([("name", .text(purpose.rawValue)), ("summary", .text(purpose.summary))]))
        }
        return Terminal.output(JSONObject([("purposes", .list(list))]).text)
      }
      let width = Purpose.allCases.map(\.rawValue.count).max() ?? 0
      for purpose in Purpose.allCases {
        let padding = String(repeating: " ", count: width - purpose.rawValue.count + 2)
        Terminal.output(purpose.rawValue + padding + purpose.summary)
      }
      return
    }
    guard let purpose = Purpose(rawValue: name) else {
      throw ValidationError(
        "There is no purpose '\(name)'. There is: "
          + Purpose.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    Terminal.output(PurposePage.text(of: purpose))
  }
}
