// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Synthesis

/// The page that stands beside released data: what it is, what to use it for, how to cite and repeat it.
public struct ReleaseReadme: Sendable {
  private let facts: ReleaseFacts

  /// Creates a page.
  public init(_ facts: ReleaseFacts) { self.facts = facts }

  private var manifest: ReleaseManifest { facts.manifest }

  /// The text, in Markdown.
  public var text: String {
    let file = MarkdownText.plain(facts.dataFile.path)
    let seed = MarkdownText.plain(manifest.randomness.seed)
    let licence = LicenceSuggestion(facts)
    return """
      # \(MarkdownText.plain(facts.title))

      \(facts.mark.isFull ? facts.mark.statement : "**\(MarkdownText.plain(facts.mark.statement))**")
      \(facts.description.summary.map { "\n\(MarkdownText.plain($0))\n" } ?? "")
      `\(file)` has \(facts.rowCount) \(facts.mark.isPartial ? "partially " : "")synthetic rows and \(facts.schema.variables.count) columns\
      \(facts.markingColumn.map { ", and a column `\(MarkdownText.plain($0))` that is 1 in every \(facts.mark.isPartial ? "row with generated values" : "row")" } ?? ""). \
      It was made by \(facts.software) with the method "\(manifest.options.method)", fitted to \
      \(facts.description.source.map { MarkdownText.plain($0) } ?? "a real table") (\(facts.realRows) rows), \
      which is \(facts.mark.isPartial ? "included in part" : "not included"). Purpose: \(manifest.purpose). Level of fidelity: \(facts.contract.level.name), on \
      the spectrum of the Office for National Statistics.

      ## What is here

      | file | what it is |
      |---|---|
      | `\(file)` | the data |
      | `report.html` | what is faithful, and how it was made; opens offline in any browser |
      | `statement.md` | the same as text |
      | `statement.json` | the same figures for programs, rounded |
      | `contract.yaml`, `contract.json` | what was promised, and how each promise was kept |
      | `checklist.md` | four checks before release (labelling, disclosure, structure, documentation) with evidence |
      | `datapackage.json`, `ddi.xml` | the codebook (Data Package 2, DDI-Codebook 2.5) |
      | `codebook-*` | the same for DDI-Lifecycle, CSV on the Web, Croissant, metasyn (GMF) and SDV, as far as each has room |
      | `datacite.json`, `dcat.ttl`, `prov.ttl` | records for catalogues (DataCite, DCAT) and where it comes from (PROV) |
      | `CITATION.cff` | how to cite, for programs |
      | `LICENCE-SUGGESTION.md` | under which terms it might be passed on, and why |
      | `manifest.json` | versions, seed, plan, options and the hash of every file |\
      \(further)

      ## What it is faithful to, and what not

      \(findings)

      \(promises)
      \(making)
      Use it to write and test code, to teach, and to plan an analysis. Confirm any finding on the real \
      data before it is published. Rare levels and extreme values of the real data were left out or \
      blurred on purpose\(facts.mark.isPartial ? " where values are generated, and only there" : ""), so rare \
      groups, totals of skewed variables and outliers are not faithful.

      ## How to cite

      > \(facts.citation)

      Terms of use: \(licence.terms). \(facts.description.licence == nil ? "This is a suggestion; see `LICENCE-SUGGESTION.md`." : "")
      \(facts.description.contact.map { "\nContact: \(MarkdownText.plain($0))\n" } ?? "")
      ## How to reproduce

      The owner of the real table can make the same bytes again with \(facts.software):

          semblance reproduce manifest.json --source TABLE --verify

      `sha256sum \(file)` must then print the hash that `manifest.json` gives. Whether a file, or a sample of \
      fifty rows, came from this run (seed "\(seed)") anybody can find out:

          semblance identify FILE manifest.json

      """
  }

  /// What only some purposes have.
  private var further: String {
    switch manifest.purpose {
    case "preview":
      "\n| `preview.md` | columns and first rows on one page, to be pasted into a letter |"
    case "code-development":
      """

      | `*.covering.synthetic.csv`, `*.covering.list.csv` | few rows in which each level, end, code for missing and combination occurs; what each row is there for |
      | `*.faulty.synthetic.csv`, `*.faults.list.csv` | the same rows and after them rows that break assumptions on purpose; which, where, and what a program should do |
      """
    default: ""
    }
  }

  private var findings: String {
    facts.fidelity.isEmpty
      ? "Fidelity and risk were not measured in this run."
      : facts.fidelity.map { "- \($0)" }.joined(separator: "\n")
  }

  /// How the contract was kept, with each promise that was not.
  private var promises: String {
    let kept = facts.contract.clauses.count { $0.outcome == .kept }
    let broken = facts.contract.broken
    var lines = [
      "Of the contract's \(facts.contract.clauses.count) clauses \(kept) were kept, "
        + "\(broken.count) broken\(broken.isEmpty ? "." : ":")"
    ]
    lines += broken.map { "- not kept: \(MarkdownText.plain($0.clause))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is unrelated to anything.
  private var making: String {
    func names(_ action: PlanAction) -> String {
      manifest.plan.steps.filter { $0.action == action }
        .map { "`\(MarkdownText.plain($0.variable))`" }.joined(separator: ", ")
    }
    var text = ""
    let (regenerated, replaced) = (names(.regenerated), names(.replaced))
    if !regenerated.isEmpty {
      text += "\nMade anew in their pattern only, unrelated to anything: \(regenerated).\n"
    }
    if !replaced.isEmpty { text += "\nReplaced; nothing of them was learned: \(replaced).\n" }
    for part in manifest.extrapolated ?? [] {
      text +=
        "\n**Extrapolated**: \(part.rowCount) rows, with 1 in the column `extrapolated`, stand for cases "
        + "that the real table lacks (\(MarkdownText.plain(part.reason))). They come from "
        + (part.file.map { "the file `\(MarkdownText.plain($0.path))`" } ?? "a rule of the contract")
        + "; nothing real says that such cases look like this.\n"
    }
    if let condition = manifest.options.condition {
      text +=
        "\nOnly rows that satisfy a condition were made: `\(MarkdownText.plain(condition))`.\n"
    }
    return text
  }
}
