// SPDX-License-Identifier: Apache-2.0
import Synthesis
import Evaluation

/// The page that stands beside simulated data that are released under a contract.
public struct SimulationReadme: Sendable {
  private let facts: SimulationFacts

  /// Creates a page.
  public init(_ facts: SimulationFacts) { self.facts = facts }

  /// The terms under which the data might be given away, and why.
  public var licence: (terms: String, reason: String) {
    if let licence = facts.dataset.description.licence { return (licence, "The owner states it.") }
    guard facts.populationFiles.isEmpty else {
      return (
        "no open licence before the rows that the model starts from were looked at",
        "The model takes its first rows from a file. If they are real, so are values of the data, and the "
          + "terms of that file hold."
      )
    }
    return (
      "CC0-1.0 or CC-BY-4.0",
      "The rows come from a model that somebody wrote down; nothing was learned from a table."
    )
  }

  /// The text of the file that suggests terms.
  public var licenceText: String {
    let isOpen = facts.dataset.description.licence == nil
    return """
      # Terms of use\(isOpen ? ": a suggestion" : "")

      **\(licence.terms)**

      \(licence.reason)\(isOpen
        ? " The decision is the owner's; until it is made, nobody but the owner may pass this data set on."
        : "")

      """
  }

  /// The text, in Markdown.
  public var text: String {
    let about = facts.dataset.description
    let files = facts.tables.map { table in
      "| `\(MarkdownText.plain(table.file))` | the data: \(table.rows) rows, \(table.columns) columns |"
    }
    let mark = facts.markingColumn.map {
      " In each, the column `\(MarkdownText.plain($0))` is 1 in every row."
    }
    return """
      # \(MarkdownText.plain(facts.dataset.title))

      \(MarkdownText.plain(facts.dataset.mark.statement))
      \(about.summary.map { "\n\(MarkdownText.plain($0))\n" } ?? "")
      The rows were drawn by \(facts.dataset.software) from a model that somebody wrote down, with the seed \
      \(MarkdownText.plain(facts.dataset.seed)).\(mark ?? "") Purpose: \(facts.contract.purpose). No figure is a forecast.
      \(facts.notes.isEmpty ? "" : "\n\(facts.notes)\n")
      ## What is here

      | file | what it is |
      |---|---|
      \(files.joined(separator: "\n"))
      | `report.html` | what the tables look like, and how each promise ended; opens offline in any browser |
      | `contract.yaml`, `contract.json` | what was promised, and how each promise was kept |
      | `datapackage.json`, `*.ddi.xml` | the codebook (Data Package 2, and DDI-Codebook 2.5 of each table) |
      | `datacite.json`, `dcat.ttl`, `prov.ttl` | records for catalogues (DataCite, DCAT) and where it comes from (PROV) |
      | `CITATION.cff` | how to cite, for programs |
      | `LICENCE-SUGGESTION.md` | under which terms it might be passed on, and why |
      | `manifest.json` | version, seed, the model's hash, and the hash of every file |

      ## What was promised

      \(promises)

      ## How to cite

      > \(facts.dataset.citation)

      Terms of use: \(licence.terms).\(about.licence == nil ? " This is a suggestion; see `LICENCE-SUGGESTION.md`." : "")
      \(about.contact.map { "\nContact: \(MarkdownText.plain($0))\n" } ?? "")
      ## How to reproduce

      Whoever has the model can make the same bytes again with \(facts.dataset.software):

          semblance reproduce manifest.json --source model.yaml --verify

      """
  }

  /// How the contract was kept, with each promise that was not, and each that nobody could check.
  private var promises: String {
    let clauses = facts.contract.clauses
    let kept = clauses.count { $0.outcome == .kept }
    let open = clauses.filter { $0.outcome == .notComputable }
    let broken = facts.contract.broken
    var lines = [
      "Of the contract's \(clauses.count) clauses \(kept) were kept, \(broken.count) broken, "
        + "\(open.count) not computable."
    ]
    if !broken.isEmpty || !open.isEmpty { lines.append("") }
    lines += broken.map { "- not kept: \(MarkdownText.plain($0.clause))" }
    lines += open.map {
      "- not computable: \(MarkdownText.plain($0.clause)) (\(MarkdownText.plain($0.note ?? "")))"
    }
    return lines.joined(separator: "\n")
  }
}
