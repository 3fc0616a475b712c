// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// Where a data set comes from, in Turtle: from a fitted model, and the model from a source that is not
/// given away.
///
/// ## Source
/// W3C, PROV-O: The PROV Ontology (2013).
public struct ProvenanceRecord: Sendable {
  private let facts: ReleaseFacts

  /// Creates a record.
  public init(_ facts: ReleaseFacts) { self.facts = facts }

  /// The text.
  public var text: String {
    let data = "<\(facts.urn)>"
    let run = "<\(facts.urn)#run>"
    let model = "<\(ReleaseFacts.urn(facts.manifest.generator))>"
    let source = "<\(facts.urn)#source>"
    let software = "<\(facts.urn)#software>"
    let real = facts.description.source.map { "\($0) (not distributed)" } ?? "not distributed"
    var parameters =
      "seed \(facts.manifest.randomness.seed); \(facts.rowCount) rows; generator of random numbers "
      + facts.manifest.randomness.generator
    if let extent = facts.mark.extent { parameters += ". \(extent.words)" }
    return """
      @prefix prov: <http://www.w3.org/ns/prov#> .
      @prefix dct: <http://purl.org/dc/terms/> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

      \(data) a prov:Entity ;
        rdfs:label \(TurtleText.literal(facts.title)) ;
        dct:type <\(SyntheticMark.datasetType)> ;
        prov:atLocation \(TurtleText.address(of: facts.dataFile.path)) ;
        prov:wasGeneratedBy \(run) ;
        prov:wasDerivedFrom \(model)\(facts.mark.isPartial ? ", " + source : "") .
      \(run) a prov:Activity ;
        rdfs:label "drawing of synthetic rows" ;
        rdfs:comment \(TurtleText.literal(parameters)) ;
        prov:used \(model) ;
        prov:wasAssociatedWith \(software) .
      \(model) a prov:Entity ;
        rdfs:label \(TurtleText.literal("fitted model, method \(facts.manifest.options.method)")) ;
        prov:wasGeneratedBy <\(facts.urn)#fit> ;
        prov:wasDerivedFrom \(source) .
      <\(facts.urn)#fit> a prov:Activity ;
        rdfs:label "fitting" ;
        prov:used \(source) ;
        prov:wasAssociatedWith \(software) .
      \(source) a prov:Entity ;
        rdfs:label \(TurtleText.literal("the real table: " + real)) .
      \(software) a prov:Agent, prov:SoftwareAgent ;
        rdfs:label \(TurtleText.literal(facts.software)) .

      """
  }
}
