// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Where simulated data come from, in Turtle: from a run of a model that somebody wrote down.
///
/// ## Source
/// W3C, PROV-O: The PROV Ontology (2013).
public struct SimulationProvenance: Sendable {
  private let facts: SimulationFacts

  /// Creates a record.
  public init(_ facts: SimulationFacts) { self.facts = facts }

  /// The text.
  public var text: String {
    let data = "<\(facts.dataset.urn)>"
    let run = "<\(facts.dataset.urn)#run>"
    let model = "<\(ReleaseFacts.urn(facts.model))>"
    let software = "<\(facts.dataset.urn)#software>"
    let parameters =
      "seed \(facts.dataset.seed); \(facts.dataset.rowCount) rows; generator of random numbers "
      + ReleaseManifest.Randomness(seed: "").generator
    var lines = [
      "@prefix prov: <http://www.w3.org/ns/prov#> .",
      "@prefix dct: <http://purl.org/dc/terms/> .",
      "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .", "", "\(data) a prov:Entity ;",
      "  rdfs:label \(TurtleText.literal(facts.dataset.title)) ;",
      "  dct:type <\(SyntheticMark.datasetType)> ;",
    ]
    lines += facts.dataset.files.map { "  prov:atLocation \(TurtleText.address(of: $0.path)) ;" }
    let inputs = facts.populationFiles.indices.map { "<\(facts.dataset.urn)#population\($0 + 1)>" }
    lines += [
      "  prov:wasGeneratedBy \(run) ;", "  prov:wasDerivedFrom \(model) .",
      "\(run) a prov:Activity ;", "  rdfs:label \"simulation\" ;",
      "  rdfs:comment \(TurtleText.literal(parameters)) ;",
      "  prov:used \(([model] + inputs).joined(separator: ", ")) ;",
      "  prov:wasAssociatedWith \(software) .", "\(model) a prov:Entity ;",
      "  rdfs:label \"the model, a file that somebody wrote\" .",
    ]
    for (input, file) in zip(inputs, facts.populationFiles) {
      lines += [
        "\(input) a prov:Entity ;",
        "  rdfs:label \(TurtleText.literal("the rows that the model starts from: " + file)) .",
      ]
    }
    lines += [
      "\(software) a prov:Agent, prov:SoftwareAgent ;",
      "  rdfs:label \(TurtleText.literal(facts.dataset.software)) .", "",
    ]
    return lines.joined(separator: "\n")
  }
}
