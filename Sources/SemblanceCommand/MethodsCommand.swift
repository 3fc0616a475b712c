// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Fabrication
import Formulas
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
        let providers = Provider.all.map { provider in
          JSONObject.Value.object(
            JSONObject([
              ("name", .text(provider.name)), ("summary", .text(provider.summary)),
              ("safety", .text(provider.safety)), ("example", .text(provider.example)),
            ]))
        }
        return Terminal.output(
          JSONObject([("methods", .list(list)), ("providers", .list(providers))]).text)
      }
      for method in MethodCatalogue.all {
        Terminal.output("\(method.name)  \(method.summary)")
      }
      Terminal.output("\nColumns of a specification, each with an example:")
      for maker in MakerCatalogue.all {
        Terminal.output(
          "\(maker.name)  \(maker.summary), as \(maker.column): \(try maker.example())")
      }
      Terminal.output("\nWhat a specification says beside its columns (NAME for an example):")
      for part in SpecificationPart.all { Terminal.output("\(part.name)  \(part.summary)") }
      Terminal.output("\nProviders, for `by:` in a specification, each with an example:")
      for provider in Provider.all {
        Terminal.output("\(provider.name)  \(provider.summary): \(provider.example)")
      }
      Terminal.output("\nDistributions, for `~` in a specification:")
      for family in DistributionFamily.all {
        Terminal.output("\(family.signatures.joined(separator: " or "))  \(family.summary)")
      }
      for (signature, summary) in DistributionFamily.combinations {
        Terminal.output("\(signature)  \(summary)")
      }
      Terminal.output("\nFaults, for `generate --faults`, each with the assumption it breaks:")
      for kind in FaultKind.all { Terminal.output("\(kind.name)  \(kind.assumption)") }
      Terminal.output("\(FaultPlan.repeatedRow)  each row comes once")
      Terminal.output("\nFaults of keys, columns and files, which several tables get as well:")
      for kind in DatasetFaultKind.allCases {
        Terminal.output("\(kind.rawValue)  \(kind.assumption)")
      }
      return
    }
    if let provider = Provider.named(name) {
      return Terminal.output(
        "\(provider.name): \(provider.summary)\n  example  \(provider.example)\n  safety   \(provider.safety)"
      )
    }
    if let method = MethodCatalogue.all.first(where: { $0.name == name }) {
      return Terminal.output(method.page)
    }
    if let page = try Self.page(of: name) { return Terminal.output(page) }
    throw ValidationError(
      "There is no method '\(name)'. There is: "
        + MethodCatalogue.all.map(\.name).joined(separator: ", ")
        + "; and what `semblance methods` lists for specifications.")
  }

  /// What stands in a specification under a name.
  private static func page(of name: String) throws -> String? {
    if let maker = MakerCatalogue.all.first(where: { $0.name == name }) {
      return """
        \(maker.name): \(maker.summary)
          as       columns: {example: \(maker.column)}
          example  \(try maker.example())
        """
    }
    if let part = SpecificationPart.all.first(where: { $0.name == name }) {
      let lines = part.example.split(separator: "\n").map { "  \($0)" }
      return (["\(part.name): \(part.summary)", "", "  fabricate: 1"] + lines).joined(
        separator: "\n")
    }
    if let family = DistributionFamily.all.first(where: { $0.name == name }) {
      return (["\(family.name): \(family.summary)"] + family.signatures.map { "  ~ \($0)" })
        .joined(separator: "\n")
    }
    if let combination = DistributionFamily.combinations.first(where: {
      $0.signature.prefix { $0 != "(" } == name
    }) {
      return "\(combination.signature): \(combination.summary)"
    }
    if let kind = FaultKind.all.first(where: { $0.name == name }) {
      return "\(kind.name), a fault for `generate --faults`: breaks: \(kind.assumption)"
    }
    return DatasetFaultKind(rawValue: name).map {
      "\($0.rawValue), a fault for `generate --faults`: breaks: \($0.assumption)"
    }
  }
}
