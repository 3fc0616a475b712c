// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Synthesis

/// A pre-filled annex for a data-protection impact assessment: facts of the run in place of blanks, and
/// blanks where only a person can answer.
///
/// ## Source
/// The steps of the Information Commissioner's Office's template for such assessments; the five safes of
/// Desai, Ritchie & Welpton (2016). No sentence says that data is without risk: that is not a program's
/// to say.
public struct ImpactAnnex: Sendable {
  private let facts: ReleaseFacts
  private let ledger: ReleaseLedger

  /// Creates an annex.
  public init(_ facts: ReleaseFacts, ledger: ReleaseLedger) {
    self.facts = facts
    self.ledger = ledger
  }

  /// The text, in Markdown.
  public var text: String {
    let manifest = facts.manifest
    let plan = manifest.plan
    return """
      # Annex to the data-protection impact assessment

      Synthetic data set: **\(MarkdownText.plain(facts.title))**

      Pre-filled by \(facts.software) from the run itself. Fields in [brackets] are for the controller.
      This annex belongs to the owner of the real table.

      ## 1. The processing

      | | |
      |---|---|
      | what is done | a model is fitted to the real table; rows are drawn from the model |
      | real table | \(MarkdownText.plain(facts.description.source ?? "[name and custodian]")), \(facts.realRows) rows, \(facts.schema.variables.count) variables |
      | what comes out | \(facts.rowCount) rows; no row is copied, each is drawn |
      | fully or partly synthetic | fully: no real cell is taken over |
      | method | \(manifest.options.method), \(facts.software), generator SHA-256 \(manifest.generator.prefix(16))… |
      | purpose | \(manifest.purpose): [the project's purpose in its own words] |
      | level of fidelity | \(facts.contract.level.name); risk that ONS names for it: \(facts.contract.level.risk) |
      | lawful basis for this processing | [to be stated; making synthetic data is itself processing of the real table] |

      ## 2. Necessity and proportion

      - Why the real table itself cannot be used: [ ]
      - Why this level of fidelity and not a lower one: [ ]
      - What was left out or coarsened on purpose:
      \(protections)

      ## 3. What the generator was allowed to learn

      Every statistic rests on \(plan.minimumLeafCount) rows or more (conditional distributions) and on \
      \(plan.minimumLevelCount) or more (levels and values shown). What it holds, variable by variable:

      | variable | made how | statistics held | least rows behind |
      |---|---|---|---|
      \(holdings)

      ## 4. Risks, with the evidence of this run

      | risk | evidence | figure | fresh real rows | means, and does not mean |
      |---|---|---|---|---|
      \(risks)

      Apparent disclosure, a row that looks like a person though none was copied, can do harm as well; the \
      owner's report lists the rows to look at.

      ## 5. Measures

      - Labelling in the file's name, in all metadata\(facts.markingColumn == nil ? "" : ", and in every row").
      - The owner's folder (this annex, the full figures) is readable by its owner only.
      - The contract and how it was kept: \(facts.contract.clauses.count { $0.outcome == .kept }) clauses kept, \
      \(facts.contract.broken.count) broken.

      ## 6. The five safes

      | | assumed for this release |
      |---|---|
      | safe projects | [who decides which uses are appropriate] |
      | safe people | [who may hold the file; any training] |
      | safe settings | [open, or within an environment] |
      | safe data | the figures above; an open release rests on these alone |
      | safe outputs | results from synthetic rows say nothing certain of real ones; confirm them on the real table |

      ## 7. What remains

      - Statements on groups that hold for the population hold for its members, whether in the table or not.
      - Biases of the real table are in the synthetic one.
      - Repeated syntheses of one source add up: \(ledger.sentence)
      - Measures find known weaknesses only; none proves that there is no other.

      ## 8. Decision

      | | name | date |
      |---|---|---|
      | risk accepted, reduced or referred | | |
      | advice of the data-protection officer | | |
      | review date, and who withdraws the file if needed | | |

      """
  }

  private var protections: String {
    var lines: [String] = []
    for step in facts.manifest.plan.steps {
      let name = MarkdownText.plain(step.variable)
      switch step.action {
      case .replaced: lines.append("  - `\(name)`: replaced, nothing of it learned")
      case .regenerated: lines.append("  - `\(name)`: made anew in its pattern only")
      default: break
      }
      for transform in step.transforms {
        lines.append("  - `\(name)`: \(MarkdownText.plain(transform.description))")
      }
    }
    return lines.isEmpty ? "  - levels and values of too few rows" : lines.joined(separator: "\n")
  }

  private var holdings: String {
    facts.holdings.map { holding in
      let support = holding.leastSupport.map { String(Int($0)) } ?? "none from rows"
      return
        "| \(MarkdownText.plain(holding.name)) | \(MarkdownText.plain(holding.action)) | "
        + "\(MarkdownText.plain(holding.holdings)) | \(support) |"
    }.joined(separator: "\n")
  }

  private var risks: String {
    guard !facts.disclosure.isEmpty else {
      return "| all | not measured in this run | – | – | run again without --no-evaluation |"
    }
    return facts.disclosure.map {
      "| identity, attribute or membership | \($0.name) | \($0.figure) | \($0.reference ?? "–") | \($0.meaning) |"
    }.joined(separator: "\n")
  }
}
