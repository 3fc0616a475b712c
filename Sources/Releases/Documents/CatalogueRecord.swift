// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// The record of a data set for catalogues, in Turtle.
///
/// ## Source
/// W3C, Data Catalog Vocabulary (DCAT) version 3 (2024); DCAT-AP for title, description and type.
public struct CatalogueRecord: Sendable {
  private let facts: DatasetFacts

  /// Creates a record.
  public init(_ facts: ReleaseFacts) { self.init(facts.dataset) }

  /// Creates a record of any synthetic data set.
  public init(_ facts: DatasetFacts) { self.facts = facts }

  /// The text.
  public var text: String {
    let about = facts.description
    let words = [facts.mark.statement, about.summary].compactMap { $0 }.joined(separator: " ")
    var lines = [
      "@prefix dcat: <http://www.w3.org/ns/dcat#> .", "@prefix dct: <http://purl.org/dc/terms/> .",
      "@prefix foaf: <http://xmlns.com/foaf/0.1/> .",
      "@prefix prov: <http://www.w3.org/ns/prov#> .",
      "@prefix spdx: <http://spdx.org/rdf/terms#> .",
      "@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .",
      "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .", "",
      "<\(facts.urn)> a dcat:Dataset, prov:Entity ;",
      "  dct:title \(TurtleText.literal(facts.title))@en ;",
      "  dct:description \(TurtleText.literal(words))@en ;",
      "  dct:identifier \(TurtleText.literal(about.identifier ?? facts.urn)) ;",
      "  dct:type <\(SyntheticMark.datasetType)> ;",
      "  dcat:keyword "
        + facts.mark.keywords.map { TurtleText.literal($0) + "@en" }.joined(separator: ", ")
        + " ;",
      "  dcat:version \(TurtleText.literal(about.version)) ;",
    ]
    if let date = about.date {
      lines.append("  dct:issued \(TurtleText.literal(date))^^xsd:date ;")
    }
    for creator in about.creators {
      lines.append("  dct:creator [ a foaf:Agent ; foaf:name \(TurtleText.literal(creator)) ] ;")
    }
    if let publisher = about.publisher {
      lines.append(
        "  dct:publisher [ a foaf:Agent ; foaf:name \(TurtleText.literal(publisher)) ] ;")
    }
    if let contact = about.contact {
      lines.append("  dcat:contactPoint [ vcard:fn \(TurtleText.literal(contact)) ] ;")
    }
    if let licence = about.licence {
      lines.append("  dct:license \(Self.licence(licence)) ;")
    }
    lines.append("  prov:wasGeneratedBy <\(facts.urn)#run> ;")
    for (place, file) in facts.files.enumerated() {
      let start = place == 0 ? "  dcat:distribution" : "   "
      lines += [
        "\(start) [ a dcat:Distribution ;",
        "    dcat:downloadURL \(TurtleText.address(of: file.path)) ;",
        "    dct:format \(TurtleText.literal(facts.mediaType)) ;",
        "    dcat:byteSize \"\(file.bytes)\"^^xsd:nonNegativeInteger ;",
        "    spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ;",
        "      spdx:checksumValue \"\(file.sha256)\"^^xsd:hexBinary ] ]"
          + (place == facts.files.count - 1 ? " ." : " ,"),
      ]
    }
    lines.append("")
    return lines.joined(separator: "\n")
  }

  private static func licence(_ identifier: String) -> String {
    identifier.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.+".contains($0)) }
      ? "<https://spdx.org/licenses/\(identifier)>" : TurtleText.literal(identifier)
  }
}
