// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// What an owner can do about what was found, one item a finding.
struct AdviceSection {
  let fidelity: FidelityReport?
  let disclosure: DisclosureReport?
  /// Whether the generator was ours, so that its options can be named.
  let isOurs: Bool

  var html: HTML {
    let items = lines
    let list: HTML =
      items.isEmpty
      ? """
      <p>No figure of this report went beyond what chance explains. That is no proof of safety: read the rows to \
      look at, if there are any, and ask what someone who knows a person could conclude.</p>
      """
      : "<ul>\(items.map { HTML("<li>\($0)</li>") })</ul>"
    return "<h2 id=\"do\">What to do</h2>\(list)"
  }

  private var lines: [HTML] { copies + risks + knownKeys + attacked + uses + control }

  private var copies: [HTML] {
    guard let alarms = disclosure?.copyAlarms, !alarms.isEmpty else { return [] }
    return [
      """
      <strong>The table holds \(alarms.map(\.rawValue).joined(separator: ", ")).</strong> Do not release it: treat it \
      like the real table until it has been made again and measured again.
      """
    ]
  }

  private var risks: [HTML] {
    guard let disclosure else { return [] }
    let more = isOurs ? "a larger --minimum-leaf" : "stronger protection"
    let levels = isOurs ? "a larger --minimum-count" : "stronger protection"
    let advice: [(Score, HTML)] = [
      (
        disclosure.exactMatches,
        """
        <strong>More rows equal a real row than chance explains.</strong> Look at the rows listed above; make the \
        table again with \(more), or coarsen the columns that make rows recognisable.
        """
      ),
      (
        disclosure.closerToTraining,
        """
        <strong>Rows lie closer to learned rows than chance explains.</strong> The generator follows single rows; \
        make the table again with \(more) before it leaves the house.
        """
      ),
      (
        disclosure.nearMatches,
        """
        <strong>Outliers have strangely near synthetic rows.</strong> Look at the rows listed above; top-code or \
        coarsen the columns that set these records apart, or use \(more).
        """
      ),
      (
        disclosure.valueIndications,
        """
        <strong>Rare real values occur more often than chance explains.</strong> Round or top-code these columns, \
        or use \(levels).
        """
      ),
      (
        disclosure.extremeIndications,
        """
        <strong>Real extremes are reproduced more often than chance explains.</strong> Declare public bounds or \
        top codes for these columns.
        """
      ),
      (
        disclosure.combinationIndications,
        """
        <strong>Rare combinations of keys occur more often than chance explains.</strong> Coarsen a key (age in \
        bands, places in regions), or use \(levels).
        """
      ),
    ]
    return advice.filter { ScoreText($0.0, unit: .share).isOver == true }.map(\.1)
  }

  private var knownKeys: [HTML] {
    guard
      let worst = disclosure?.keyDisclosure?.sets.max(by: {
        $0.replicatedUniques < $1.replicatedUniques
      }), worst.replicatedUniques >= 1
    else { return [] }
    return [
      """
      <strong>\(Figure.percent(worst.replicatedUniques)) of the real records are alone with \
      \(worst.keys.joined(separator: ", ")) in both tables.</strong> A reader who knows these may believe to have \
      found a person. Coarsen one of them, or make sure that nobody who receives the table knows them.
      """
    ]
  }

  private var attacked: [HTML] {
    var lines: [HTML] = []
    if let attacks = disclosure?.attacks {
      var names: [String] = []
      if attacks.singlingOutByOne.verdict == .excess { names.append("singling out by one column") }
      if attacks.singlingOutByThree.verdict == .excess {
        names.append("singling out by three columns")
      }
      if attacks.linkability.verdict == .excess { names.append("linking two halves of a record") }
      for attack in attacks.inference where attack.verdict == .excess {
        names.append("inferring \(attack.secret ?? "a column")")
      }
      if !names.isEmpty {
        lines.append(
          """
          <strong>Attacks do better on people learned from:</strong> \(names.joined(separator: ", ")). Protect \
          these columns more strongly, and do not release to readers who may attack.
          """)
      }
    }
    let told = (disclosure?.membership?.attacks ?? []).filter {
      ($0.area.lower ?? 0) > 0.5 && ($0.area.value ?? 0) > 0.55
    }.max { ($0.area.value ?? 0) < ($1.area.value ?? 0) }
    if let told {
      lines.append(
        """
        <strong>People learned from leave a trace</strong>: the \(told.name) attack tells them from others with an \
        area of \(Figure.fixed(told.area.value ?? 0, 2)) (0.5 is guessing). Where being in the real table is itself sensitive, do \
        not release; else use stronger protection.
        """)
    }
    return lines
  }

  private var uses: [HTML] {
    guard let fidelity else { return [] }
    let pairs = fidelity.pairs.count { ScoreText($0.error, unit: .share).isOver == true }
    let columns = fidelity.columns.count { ScoreText($0.distance, unit: .share).isOver == true }
    guard pairs + columns > 0 else { return [] }
    let by: HTML =
      isOurs
      ? " or ask for them in a contract, which plans for what it names"
      : ", or ask its maker to keep them"
    return [
      """
      <strong>\(Figure.count(columns)) distribution\(columns == 1 ? "" : "s") and \(Figure.count(pairs)) \
      pair\(pairs == 1 ? "" : "s") are farther off than chance explains.</strong> Tell users not to study these in \
      the synthetic table\(by).
      """
    ]
  }

  private var control: [HTML] {
    guard let disclosure, disclosure.closerToTraining.value == nil else { return [] }
    return [
      """
      <strong>Some figures need real rows that were not learned from.</strong> Keep some aside before the table is \
      made and name them with --holdout; without them copying may go unseen.
      """
    ]
  }
}
