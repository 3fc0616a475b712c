// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// Fidelity against risk, a mark for each strength of protection, joined from weak to strong.
///
/// To the left is more faithful, below is less risk.
struct FrontierChart {
  private static let left = 74.0
  private static let right = 540.0
  private static let top = 24.0
  private static let bottom = 300.0

  let frontier: Frontier

  private struct Mark {
    var x: Double
    var y: Double
    var point: Frontier.Point
    var isOver: Bool
  }

  var svg: HTML {
    let points = frontier.points.filter {
      $0.trendError.value != nil && $0.closerToTraining.value != nil
    }
    guard points.count > 1 else { return "<p class=\"quiet\">nothing to draw</p>" }
    let errors = points.compactMap(\.trendError.value)
    let risks = points.compactMap(\.closerToTraining.value)
    let limit = points.compactMap(\.closerToTraining.limit).max()
    let width = LinearScale.roundedUp(errors.max() ?? 1)
    let least = min(0.5, risks.min() ?? 0.5)
    let most = max(risks.max() ?? 0.5, limit ?? 0.5, least + 0.02)
    let margin = (most - least) * 0.08
    let across = LinearScale(values: 0...width, places: Self.left...Self.right)
    let up = LinearScale(
      values: (least - margin)...(most + margin), places: 0...(Self.bottom - Self.top))
    let marks = points.map { point in
      Mark(
        x: across.place(of: point.trendError.value ?? 0),
        y: Self.bottom - up.place(of: point.closerToTraining.value ?? 0), point: point,
        isOver: ScoreText(point.closerToTraining, unit: .share).isOver == true)
    }
    var drawing: HTML = ""
    if let limit {
      let y = Self.bottom - up.place(of: limit)
      drawing += """
        <rect class="band" x="\(at(Self.left))" y="\(at(y))" width="\(at(Self.right - Self.left))" \
        height="\(at(Self.bottom - y))"/>
        """
    }
    for share in [0, 0.25, 0.5, 0.75, 1] {
      let x = across.place(of: share * width)
      drawing += """
        <path class="grid" d="M\(at(x)) \(at(Self.top))V\(at(Self.bottom))"/><text x="\(at(x))" \
        y="\(at(Self.bottom + 16))" text-anchor="middle">\(Figure.percent(share * width))</text>
        """
    }
    for value in [least, (least + most) / 2, most] {
      let y = Self.bottom - up.place(of: value)
      drawing += """
        <text x="\(at(Self.left - 8))" y="\(at(y + 4))" text-anchor="end">\(Figure.percent(ofShare: value))</text>
        """
    }
    let line = marks.enumerated().map { "\($0 == 0 ? "M" : "L")\(at($1.x)) \(at($1.y))" }.joined()
    drawing += "<path class=\"line\" d=\"\(line)\"/>"
    for mark in marks {
      drawing += """
        <circle class="\(mark.isOver ? "over" : "dot")" cx="\(at(mark.x))" cy="\(at(mark.y))" r="5"/>\
        <text x="\(at(mark.x + 8))" y="\(at(mark.y - 7))">\(Figure.count(mark.point.minimumLeaf)) \
        (\(Figure.fixed(mark.point.seconds, 1)) s)</text>
        """
    }
    drawing += """
      <text x="\(at((Self.left + Self.right) / 2))" y="\(at(Self.bottom + 36))" text-anchor="middle">mean error \
      of pairs: left is more faithful</text><text x="\(at(Self.left - 8))" y="14">closer to learned rows: \
      below is less risk</text>
      """
    return """
      <svg class="wide" viewBox="0 0 660 \(at(Self.bottom + 44))" role="img" \
      aria-label="fidelity against risk for each strength of protection">\(drawing)</svg>
      """
  }

  private func at(_ value: Double) -> String { Figure.place(value) }
}
