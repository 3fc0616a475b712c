// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Synthesis

/// A pre-filled annex for the agreement between whoever makes synthetic data and the data controller.
public struct AgreementAnnex: Sendable {
  private let facts: ReleaseFacts
  private let ledger: ReleaseLedger

  /// Creates an annex.
  public init(_ facts: ReleaseFacts, ledger: ReleaseLedger) {
    self.facts = facts
    self.ledger = ledger
  }

  /// The text, in Markdown.
  public var text: String {
    let licence = LicenceSuggestion(facts)
    let regenerated = facts.manifest.plan.steps.filter { $0.action == .regenerated }.map(\.variable)
    return """
      # Annex to the agreement with the data controller: synthetic data

      Between [the data controller] and [the producer of the synthetic data]. Pre-filled by \
      \(facts.software) from the run itself; fields in [brackets] are for the parties. It is no legal advice.

      ## 1. What is made, and from what

      - From: \(MarkdownText.plain(facts.description.source ?? "[name of the real table]")), \(facts.realRows) rows.
      - Made: \(MarkdownText.plain(facts.title)), \(facts.rowCount) rows, by a model fitted to the real table.
      - Level of fidelity: \(facts.contract.level.name).
      - Purpose: \(facts.manifest.purpose).

      ## 2. What is handed over

      | file | bytes | SHA-256 |
      |---|---|---|
      \(files)

      The generator file is \(facts.manifest.generator.prefix(16))… by its SHA-256. It is not handed over, and \
      is treated as confidential as the real table unless the parties agree otherwise.

      ## 3. What is not handed over

      The real table; the owner's folder with full figures and lists of rows; the rows' draws that were \
      rejected.\(regenerated.isEmpty ? "" : " Identifiers and free text (\(MarkdownText.plain(regenerated.joined(separator: ", ")))) are made anew.")

      ## 4. The controller's conditions

      - [ ] Fidelity: the contract `contract.yaml` is approved as it stands.
      - [ ] Every statistic the generator holds rests on \(facts.manifest.plan.minimumLeafCount) (levels: \
      \(facts.manifest.plan.minimumLevelCount)) real rows or more.
      - [ ] The four checks (`checklist.md`) are signed.
      - [ ] Terms of use: \(licence.terms). \(licence.reason) \(LicenceSuggestion.caution)

      ## 5. What users undertake

      1. To keep the word synthetic in the name and title of the file and of what is made from it.
      2. Not to present findings as findings about real persons before they are confirmed on the real table.
      3. Not to look for persons in it, nor to link it with other data to that end.
      4. To tell [contact] at once if a row seems to describe a real person.
      5. To delete the file if it is withdrawn.

      ## 6. Repetition

      \(ledger.sentence) Each further synthesis of the same source is entered in the ledger and needs \
      [the controller's consent above a number of … releases].

      ## 7. Term

      | | |
      |---|---|
      | begins, ends | |
      | review | |
      | withdrawal, and who is told | |
      | signed for the controller | |
      | signed for the producer | |

      """
  }

  private var files: String {
    // Of the owner's manifest, the files of the release: a folder's name is no part of what they are.
    facts.manifest.files.filter { $0.path.hasPrefix("../") }.map {
      "| \(MarkdownText.plain($0.path.split(separator: "/").last.map(String.init) ?? $0.path)) | \($0.bytes) | \($0.sha256.prefix(16))… |"
    }.joined(separator: "\n")
  }
}
