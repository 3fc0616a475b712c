// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// How to cite a data set, for people and for programs.
///
/// ## Source
/// Citation File Format 1.2.0 (Druskat et al. 2021).
public struct CitationFile: Sendable {
  private let facts: DatasetFacts

  /// Creates a file.
  public init(_ facts: ReleaseFacts) { self.init(facts.dataset) }

  /// Creates a file of any synthetic data set.
  public init(_ facts: DatasetFacts) { self.facts = facts }

  /// The text, YAML.
  public var text: String {
    let about = facts.description
    var lines = [
      "cff-version: 1.2.0",
      "message: \(Self.quoted("Cite as: " + facts.citation))", "type: dataset",
      "title: \(Self.quoted(facts.title))", "version: \(Self.quoted(about.version))", "authors:",
    ]
    // A file without authors is none of this format; the owner puts the name in.
    lines += (about.creators.isEmpty ? ["(the owner of the data set)"] : about.creators).map {
      "  - name: \(Self.quoted($0))"
    }
    if let date = about.date { lines.append("date-released: \(Self.quoted(date))") }
    if let licence = about.licence { lines.append("license: \(Self.quoted(licence))") }
    if let identifier = about.identifier, identifier.hasPrefix("10.") {
      lines.append("doi: \(Self.quoted(identifier))")
    }
    lines.append("abstract: \(Self.quoted(facts.mark.statement))")
    lines.append("keywords:")
    lines += facts.mark.keywords.map { "  - \(Self.quoted($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { sign in
        switch sign {
        case "\"": "\\\""
        case "\\": "\\\\"
        default: sign.value < 0x20 ? " " : String(sign)
        }
      }.joined() + "\""
  }
}
