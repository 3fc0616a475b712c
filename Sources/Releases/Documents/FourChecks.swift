// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Synthesis

/// The four checks before a release, filled with evidence: labelling, disclosure, structure,
/// documentation.
///
/// ## Source
/// Raab, McCall & Cavin (2025), "Four checks for low-fidelity synthetic data", International Journal of
/// Population Data Science.
public struct FourChecks: Sendable {
  private let facts: ReleaseFacts

  /// Creates a checklist.
  public init(_ facts: ReleaseFacts) { self.facts = facts }

  /// The text, in Markdown.
  public var text: String {
    """
    # Four checks before release: \(MarkdownText.plain(facts.title))

    \(facts.mark.statement)

    After Raab, McCall & Cavin, "Four checks for low-fidelity synthetic data" (2025). A box is ticked \
    where this run holds the evidence; what is left open is for a person to do. Level of fidelity: \
    \(facts.contract.level.name) (on the ONS spectrum).

    ## 1. Labelling: can it be mistaken for real?

    \(labelling.joined(separator: "\n"))

    ## 2. Disclosure: does a row look like somebody?

    \(disclosure.joined(separator: "\n"))

    ## 3. Structure: does code for the real table run on it?

    \(structure.joined(separator: "\n"))

    ## 4. Documentation: can somebody else understand it?

    \(documentation.joined(separator: "\n"))

    ## Decision

    | | name | date |
    |---|---|---|
    | checked by | | |
    | released by | | |
    | to be reviewed on | | |

    """
  }

  private var labelling: [String] {
    var lines = [
      MarkdownText.item(
        facts.dataFile.path.contains(".synthetic."),
        "the file's name says so: `\(MarkdownText.plain(facts.dataFile.path))`"),
      MarkdownText.item(
        true,
        "titles begin with SYNTHETIC, and the type SYNTHETIC_DATA of the EU stands in the codebooks, "
          + "`datacite.json`, `dcat.ttl` and `prov.ttl`"),
      facts.isMarkedInside
        ? MarkdownText.item(true, "the data file itself carries the mark in its own metadata")
        : MarkdownText.item(
          facts.markingColumn != nil,
          "the format \(facts.mediaType) has no room for a mark inside the file"
            + (facts.markingColumn == nil
              ? "; a marking column would give it one (`marking: {column: synthetic}` in a contract)"
              : ", so a column marks each row")),
    ]
    if let column = facts.markingColumn {
      lines.append(
        MarkdownText.item(true, "column `\(MarkdownText.plain(column))` is 1 in every row"))
    }
    lines.append(
      MarkdownText.item(false, "figures and tables made from it will carry the word synthetic"))
    return lines
  }

  private var disclosure: [String] {
    let plan = facts.manifest.plan
    var lines = [
      MarkdownText.item(
        true,
        "every level or value shown rests on \(plan.minimumLevelCount) real rows or more, every "
          + "conditional distribution on \(plan.minimumLeafCount)"),
      MarkdownText.item(
        clauses("disclosure").isEmpty ? nil : clauses("disclosure").allSatisfy(isKept),
        "checked on the rows made: levels of fewer real rows that are shown: "
          + "\(clauses("disclosure").first?.figure.map { String(Int($0)) } ?? "not counted")"),
    ]
    if facts.disclosure.isEmpty {
      lines.append(MarkdownText.item(nil, "rows that equal or nearly equal a real one"))
    }
    for evidence in facts.disclosure {
      let beside = evidence.reference.map { " (fresh real rows: \($0))" } ?? ""
      lines.append(
        "- \(evidence.name): **\(evidence.figure)**\(beside). \(evidence.meaning)")
    }
    lines.append(
      MarkdownText.item(
        false,
        "the owner has looked at the rows that the owner's report lists, and found none to take out"
      ))
    return lines
  }

  private var structure: [String] {
    let parts = facts.contract.clauses.filter { $0.clause.hasSuffix(": structure") }
    let replaced = facts.manifest.plan.steps.count { $0.action == .replaced }
    let anew = facts.manifest.plan.steps.count { $0.action == .regenerated }
    var lines = [
      MarkdownText.item(
        parts.isEmpty ? nil : parts.allSatisfy(isKept),
        "names, types and levels as in the real table: \(parts.count(where: isKept)) of \(parts.count) "
          + "variables checked and kept"),
      MarkdownText.item(
        clauses("volume").isEmpty ? nil : clauses("volume").allSatisfy(isKept),
        "\(facts.rowCount) rows, as asked for"),
    ]
    if replaced + anew > 0 {
      lines.append(
        MarkdownText.item(
          true,
          "\(anew) variable(s) made anew in their pattern, \(replaced) replaced; unrelated to anything"
        ))
    }
    let rules = clauses("rule ")
    if !rules.isEmpty {
      lines.append(
        MarkdownText.item(
          rules.allSatisfy(isKept),
          "\(rules.count(where: isKept)) of \(rules.count) rules hold in every row"))
    }
    lines.append(MarkdownText.item(false, "a script written for the real table has run on it"))
    return lines
  }

  private var documentation: [String] {
    let variables = facts.schema.variables
    let labelled = variables.count { !$0.label.isEmpty }
    var lines = [
      MarkdownText.item(
        labelled == variables.count,
        "\(labelled) of \(variables.count) variables have a label in the codebooks"),
      MarkdownText.item(
        true,
        "codebooks `datapackage.json`, `ddi.xml`, `codebook-*.json`, written from this file alone"),
      MarkdownText.item(true, "`README.md` says what it is faithful to, and what not"),
      MarkdownText.item(
        true, "`CITATION.cff`, `manifest.json` and `contract.yaml` stand beside it"),
    ]
    for clause in clauses("documentation") {
      lines.append(MarkdownText.item(isKept(clause), MarkdownText.plain(clause.clause)))
    }
    let open = facts.description.open
    lines.append(
      MarkdownText.item(
        open.isEmpty,
        open.isEmpty
          ? "what catalogues need is stated"
          : "still to be stated for catalogues, by `documentation` in a contract: "
            + open.joined(separator: ", ")))
    return lines
  }

  private func clauses(_ start: String) -> [ClauseResult] {
    facts.contract.clauses.filter { $0.clause.hasPrefix(start) }
  }

  private func isKept(_ clause: ClauseResult) -> Bool { clause.outcome == .kept }
}
