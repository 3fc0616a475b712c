// SPDX-License-Identifier: Apache-2.0
import Synthesis

/// What hangs on what: variables in a column, in the order in which they are visited, and an arc from each to
/// those that hang on it, the wider the more it explains.
struct DependenceChart {
  /// The most variables that are drawn.
  static let mostNames = 60
  private static let left = 210.0
  private static let step = 22.0
  private static let top = 16.0
  private static let reach = 330.0

  let structure: DependenceStructure

  /// What is drawn: all, or the variables with the strongest arcs.
  private var shown: (names: [String], arcs: [DependenceStructure.Arc]) {
    guard structure.names.count > Self.mostNames else { return (structure.names, structure.arcs) }
    var names: Set<String> = []
    for arc in structure.arcs.sorted(by: { ($1.share, $0.target) < ($0.share, $1.target) })
    where names.union([arc.source, arc.target]).count <= Self.mostNames {
      names.formUnion([arc.source, arc.target])
    }
    return (
      structure.names.filter(names.contains),
      structure.arcs.filter { names.contains($0.source) && names.contains($0.target) }
    )
  }

  /// Whether some variables are left out.
  var leavesOut: Bool { structure.names.count > Self.mostNames }

  /// Whether there is anything to draw.
  var isEmpty: Bool { structure.arcs.isEmpty }

  var svg: HTML {
    let (names, arcs) = shown
    var places: [String: Double] = [:]
    for (number, name) in names.enumerated() {
      places[name] = Self.top + (Double(number) + 0.5) * Self.step
    }
    let height = Self.top + Double(names.count) * Self.step + 8
    var drawing: HTML = ""
    let longest = max(1, height - Self.top)
    // The widest first, so that thin ones lie upon them.
    for arc in arcs.sorted(by: { ($1.share, $0.target) < ($0.share, $1.target) }) {
      guard let from = places[arc.source], let to = places[arc.target] else { continue }
      let distance = (to - from).magnitude
      let reach = 18 + (Self.reach - 18) * (distance / longest).squareRoot()
      let (x, middle) = (Self.left + 8, Self.left + 8 + reach)
      let width = Figure.fixed(1 + 7 * arc.share, 1)
      let opacity = Figure.fixed(0.3 + 0.6 * arc.share, 2)
      drawing += """
        <path class="arc\(arc.isExact ? " exact" : "")" stroke-width="\(width)" stroke-opacity="\(opacity)" \
        d="M\(at(x)) \(at(from))C\(at(middle)) \(at(from)) \(at(middle)) \(at(to)) \(at(x)) \(at(to))">\
        <title>\(Self.words(arc))</title></path>
        """
    }
    for name in names {
      let y = places[name] ?? 0
      drawing += """
        <circle class="dot" cx="\(at(Self.left + 2))" cy="\(at(y))" r="3.5"/><text x="\(at(Self.left - 8))" \
        y="\(at(y + 4))" text-anchor="end">\(ShapeChart.shortened(name, to: 30))<title>\(name)</title></text>
        """
    }
    return """
      <svg class="wide" viewBox="0 0 \(at(Self.left + Self.reach + 20)) \(at(height))" role="img" \
      aria-label="what hangs on what">\(drawing)</svg>
      """
  }

  /// An arc in words.
  static func words(_ arc: DependenceStructure.Arc) -> String {
    arc.isExact
      ? "\(arc.target) follows from \(arc.source)"
      : "\(arc.source) explains \(Figure.percent(ofShare: arc.share)) of \(arc.target)"
  }

  private func at(_ value: Double) -> String { Figure.place(value) }
}
