// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Semblance

/// Lists the methods.
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods", abstract: "List the methods, one line each; NAME for the page on one.")

  @Argument(help: "The method.")
  var name: String?

  @Flag(help: "Print one JSON object on standard output.")
  var json = false

  func run() throws {
    guard let name else {
      if json {
        let list = MethodCatalogue.all.map { method in
          JSONObject.Value.object(
            JSONObject([("name", .text(method.name)), ("summary", .text(method.summary))]))
        }
        return Terminal.output(JSONObject([("methods", .list(list))]).text)
      }
      for method in MethodCatalogue.all {
        Terminal.output("\(method.name)  \(method.summary)")
      }
      return
    }
    guard let method = MethodCatalogue.all.first(where: { $0.name == name }) else {
      throw ValidationError(
        "There is no method '\(name)'. There is: "
          + MethodCatalogue.all.map(\.name).joined(separator: ", ") + ".")
    }
    Terminal.output(method.page)
  }
}
