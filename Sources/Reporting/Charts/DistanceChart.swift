// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// The distances of variables on one axis: a dot for the figure, a band for what fresh real rows get.
struct DistanceChart {
  struct Entry {
    var name: String
    var score: Score
  }

  let entries: [Entry]

  var svg: HTML {
    let drawn = entries.filter { $0.score.value != nil }
    guard !drawn.isEmpty else { return "" }
    let most = drawn.map { max($0.score.value ?? 0, $0.score.limit ?? $0.score.reference ?? 0) }
      .max()
    let end = LinearScale.roundedUp(max(most ?? 0, 0.002))
    let across = LinearScale(values: 0...end, places: 190...580)
    let row = 20.0
    let bottom = Double(drawn.count) * row + 6
    var drawing: HTML = ""
    for share in [0, 0.25, 0.5, 0.75, 1] {
      let x = Figure.place(across.place(of: share * end))
      let anchor = share == 0 ? "start" : share == 1 ? "end" : "middle"
      drawing += "<path class=\"grid\" d=\"M\(x) 0V\(Figure.place(bottom))\"/>"
      drawing +=
        "<text x=\"\(x)\" y=\"\(Figure.place(bottom + 14))\" text-anchor=\"\(anchor)\">\(Figure.percent(ofShare: share * end))</text>"
    }
    for (place, entry) in drawn.enumerated() {
      drawing += line(entry, y: Double(place) * row + row / 2 + 2, across)
    }
    return
      "<svg class=\"wide\" viewBox=\"0 0 600 \(Figure.place(bottom + 20))\" role=\"img\" aria-label=\"distance of each variable from the real one\">\(drawing)</svg>"
  }

  private func line(_ entry: Entry, y: Double, _ across: LinearScale) -> HTML {
    var piece: HTML =
      "<text x=\"180\" y=\"\(Figure.place(y + 4))\" text-anchor=\"end\">\(ShapeChart.shortened(entry.name, to: 26))<title>\(entry.name)</title></text>"
    if let limit = entry.score.limit {
      let width = across.place(of: limit) - 190
      piece +=
        "<rect class=\"band\" x=\"190\" y=\"\(Figure.place(y - 5))\" width=\"\(Figure.place(max(width, 1)))\" height=\"10\"/>"
    }
    if let reference = entry.score.reference {
      let x = Figure.place(across.place(of: reference))
      piece +=
        "<path class=\"tick\" d=\"M\(x) \(Figure.place(y - 5))v10\"/>"
    }
    if let value = entry.score.value {
      let isOver = entry.score.limit.map { value > $0 } ?? false
      piece +=
        "<circle class=\"\(isOver ? "over" : "dot")\" cx=\"\(Figure.place(across.place(of: value)))\" cy=\"\(Figure.place(y))\" r=\"4.5\"><title>\(entry.name): \(Figure.percent(ofShare: value))</title></circle>"
    }
    return piece
  }
}
