// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Synthesis

/// The record by which a data set gets a DOI; what is not known is `:unav`, as DataCite has it.
///
/// ## Source
/// DataCite Metadata Schema 4.6 (2024), JSON form, with its standard values for unknown information.
public struct DataCiteRecord: Sendable {
  private let facts: DatasetFacts

  /// Creates a record.
  public init(_ facts: ReleaseFacts) { self.init(facts.dataset) }

  /// Creates a record of any synthetic data set.
  public init(_ facts: DatasetFacts) { self.facts = facts }

  /// The record.
  public var value: JSONValue {
    let about = facts.description
    var fields: [String: JSONValue] = [
      "schemaVersion": .text("http://datacite.org/schema/kernel-4"),
      "types": .object([
        "resourceTypeGeneral": .text("Dataset"), "resourceType": .text("SYNTHETIC_DATA"),
      ]),
      "titles": .list([.object(["title": .text(facts.title), "lang": .text("en")])]),
      "creators": .list(
        (about.creators.isEmpty ? [":unav"] : about.creators).map {
          .object(["name": .text($0)])
        }),
      "publisher": .object(["name": .text(about.publisher ?? ":unav")]),
      "subjects": .list(facts.mark.keywords.map { .object(["subject": .text($0)]) }),
      "contributors": .list([
        .object([
          "name": .text(facts.software), "nameType": .text("Organizational"),
          "contributorType": .text("Producer"),
        ])
      ]),
      "descriptions": .list([
        .object([
          "descriptionType": .text("Abstract"),
          "description": .text(
            [facts.mark.statement, about.summary].compactMap { $0 }.joined(separator: " ")),
        ]),
        .object([
          "descriptionType": .text("TechnicalInfo"),
          "description": .text(
            "Type of data set: \(SyntheticMark.datasetType). Source type: "
              + "\(facts.mark.sourceType). \(facts.technique)"),
        ]),
      ]),
      "formats": .list([.text(facts.mediaType)]),
      "sizes": .list([
        .text("\(facts.rowCount) rows"), .text("\(facts.files.reduce(0) { $0 + $1.bytes }) bytes"),
      ]),
      "language": .text("en"), "version": .text(about.version),
      "alternateIdentifiers": .list([
        .object([
          "alternateIdentifier": .text(facts.urn), "alternateIdentifierType": .text("URN"),
        ])
      ]),
    ]
    if let date = about.date {
      fields["publicationYear"] = .text(String(date.prefix(4)))
      fields["dates"] = .list([.object(["date": .text(date), "dateType": .text("Issued")])])
    }
    if let identifier = about.identifier {
      fields["identifiers"] = .list([
        .object(["identifier": .text(identifier), "identifierType": .text("DOI")])
      ])
    }
    if let licence = about.licence {
      fields["rightsList"] = .list([
        .object([
          "rights": .text(licence), "rightsIdentifier": .text(licence.lowercased()),
          "rightsIdentifierScheme": .text("SPDX"), "schemeUri": .text("https://spdx.org/licenses/"),
        ])
      ])
    }
    return .object(fields)
  }
}
