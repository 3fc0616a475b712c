// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Schemas
import Synthesis

/// The top of a report: what the file is, and the figures to look at first.
struct SummarySection {
  let subject: ReportSubject
  let fidelity: FidelityReport?
  let disclosure: DisclosureReport?
  let audience: Audience

  var html: HTML { "\(lead)\(realPart)\(givenPart)\(alarm)\(facts)\(cards)\(scale)" }

  private var partial: PartialExtent? { subject.making?.plan.partial }

  /// Real values are said before anything else.
  private var realPart: HTML {
    guard let partial else { return .empty }
    return """
      <p class="alarm" role="alert"><strong>This table is real in part.</strong> \(partial.words) \
      Each of its rows stands for a real record, and what is real of it is as disclosive as the real table. \
      Figures of risk count real values too; those of fidelity are those of generated values only where \
      these are.</p>
      """
  }

  /// Values that may be real, and what they do to the figures.
  private var givenPart: HTML {
    guard let given = subject.making?.plan.given else { return .empty }
    return """
      <p class="alarm" role="note"><strong>This table has given values.</strong> \(given.words) Where they are \
      spread otherwise than in the real table, so are the figures of fidelity of these columns, and of what \
      hangs on them.</p>
      """
  }

  /// Copies are said before anything else.
  private var alarm: HTML {
    guard audience == .owner, let alarms = disclosure?.copyAlarms, !alarms.isEmpty else {
      return .empty
    }
    return """
      <p class="alarm" role="alert"><strong>Alarm: the table holds \
      \(alarms.map(\.rawValue).joined(separator: ", ")).</strong> Do not release it.</p>
      """
  }

  private var lead: HTML {
    let made =
      subject.making.map {
        "It was drawn from a generator (method “\($0.plan.method)”) that was fitted to a real table."
      }
    // Of a file that others made this report cannot say what its rows describe.
    let isGiven = subject.making?.plan.given != nil
    let kind = isGiven ? "with given values" : "generated and not observed"
    let describes = isGiven ? "" : " No row describes a real person or record."
    let says: HTML =
      partial != nil
      ? """
      partially synthetic data: real records, some of whose values were drawn from a generator that was \
      fitted to them.
      """
      : made.map { "synthetic data, \(kind). \($0)\(describes)" }
        ?? """
        handed in as synthetic data. How it was made is not known to this report, so whether its rows describe \
        real persons is for the figures below to show.
        """
    return """
      <p class="lead">This report is about <strong>\(subject.dataFile)</strong>: \(says)</p>
      """
  }

  private var facts: HTML {
    var rows: HTML = ""
    func add(_ name: String, _ value: String) { rows += "<dt>\(name)</dt><dd>\(value)</dd>" }
    add(
      partial == nil ? "Synthetic rows" : "Partially synthetic rows", Figure.count(subject.rowCount)
    )
    add("Columns", Figure.count(subject.schema.variables.count))
    if let real = fidelity?.realRowCount ?? subject.making?.fittedRowCount {
      let text = Figure.count(audience == .owner ? real : PublicRounding.count(real))
      add("Real rows", audience == .owner ? text : "about \(text)")
    }
    if let making = subject.making {
      add("Seed", making.seed)
      let learned = making.plan.steps.count { $0.action == .learned }
      add(
        "Method", "\(making.plan.method): \(learned) of \(making.plan.steps.count) columns learned")
      add(
        "Protection",
        "every level or value shown is shared by \(making.plan.minimumLevelCount) real rows or more; "
          + "every conditional distribution rests on \(making.plan.minimumLeafCount) or more")
    }
    add(subject.making == nil ? "Measured by" : "Made and measured by", subject.software)
    return "<dl class=\"facts\">\(rows)</dl>"
  }

  // MARK: Cards

  private var cards: HTML {
    guard fidelity != nil || disclosure != nil else {
      return "<p><strong>Fidelity and risk were not measured in this run.</strong></p>"
    }
    var cards: HTML = ""
    if let fidelity {
      cards += card(
        "Each variable on its own", fidelity.shapeError, unit: .percent,
        "mean distance between real and synthetic distributions")
      cards += card(
        "Pairs of variables", fidelity.trendError, unit: .percent,
        "mean error of the relationship of two variables")
      cards += card(
        "Patterns of missing cells", fidelity.missingPatterns, unit: .share,
        "share of rows that would have to change pattern")
    }
    if let disclosure {
      cards += card(
        "Rows equal to a real row", disclosure.exactMatches, unit: .share,
        "of the synthetic rows equal a real one in every compared column")
      cards += card(
        "Closer to learned rows", disclosure.closerToTraining, unit: .share,
        "lie closer to rows that were learned from than to rows that were not; half is best")
      cards += card(
        "Near an outlier", disclosure.nearMatches, unit: .share,
        "of the real outliers have a strangely near synthetic row")
    }
    return """
      <div class="cards">\(cards)</div>
      <p class="quiet">Each figure stands beside its reference: what real rows get when they stand in for \
      synthetic ones. No figure says how good the data are for a use you have not tried.</p>
      """
  }

  private func card(_ title: String, _ score: Score, unit: ScoreText.Unit, _ means: String) -> HTML
  {
    let text = ScoreText(score, unit: unit)
    return """
      <div class="card"><h4>\(title)</h4><b>\(text.value)</b>\
      <p class="quiet">\(score.value == nil ? (score.reason ?? "not computable") : means)</p>\
      \(text.verdict)</div>
      """
  }

  // MARK: Scale

  private var scale: HTML {
    guard let making = subject.making else { return .empty }
    let aim = FidelityScale.aim(of: making.plan)
    var items: HTML = ""
    for level in FidelityScale.levels {
      items +=
        "<li\(level.name == aim ? HTML(stringLiteral: " class=\"here\"") : .empty)><b>\(level.name)</b>\(level.keeps)</li>"
    }
    return """
      <h3>Where the plan aims on the scale of fidelity</h3>
      <ol class="scale">\(items)</ol>
      """
  }
}
