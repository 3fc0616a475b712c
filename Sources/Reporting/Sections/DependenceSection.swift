// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// What hangs on what in the synthetic rows, as a picture and as a list.
struct DependenceSection {
  let structure: DependenceStructure

  var html: HTML {
    let chart = DependenceChart(structure: structure)
    guard !chart.isEmpty else { return .empty }
    let items = structure.arcs.map { HTML("<li>\(DependenceChart.words($0))</li>") }
    let part: HTML =
      chart.leavesOut
      ? " Of \(structure.names.count) variables the \(DependenceChart.mostNames) that hang together most are drawn."
      : ""
    return """
      <h3>What hangs on what</h3>
      <p>From top to bottom as they were visited; an arc leads from a variable to one that hangs on it, the wider \
      the more it explains alone (of the entropy, in the synthetic rows). The strongest \
      \(DependenceStructure.mostSources) of each are drawn.\(part)</p>
      <div class="scroll" tabindex="0" role="region" aria-label="what hangs on what">\(chart.svg)</div>
      <details><summary>The same as a list</summary><ul>\(items)</ul></details>
      """
  }
}
