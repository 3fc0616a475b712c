// SPDX-License-Identifier: Apache-2.0
import Formulas

/// A picture of where agents are in the end, a panel a scenario, and of the figures over time.
struct AgentPicture {
  let models: [(name: String, model: AgentModel)]
  let runs: [AgentRun]
  let replications: Int

  private static let colours = ["#1b6ca8", "#d1603d", "#3a8f5c", "#8a5a9e", "#b08900", "#555555"]
  private static let panelLimit = 12

  init(_ models: [(name: String, model: AgentModel)], _ runs: [AgentRun], _ replications: Int) {
    (self.models, self.runs, self.replications) = (models, runs, replications)
  }

  /// The size of the space as it is drawn: cells across and down, or the plane's own unit.
  static func size(of model: AgentModel) -> SIMD2<Double> {
    if let plane = model.plane { return plane }
    let across = side(of: model)
    return SIMD2(Double(across), Double(model.contacts == nil ? model.height : across))
  }

  /// How many cells lie side by side; the nodes of a network are drawn as a square.
  static func side(of model: AgentModel) -> Int {
    guard model.contacts != nil else { return model.width }
    return Int(Double(model.width).squareRoot().rounded(.up))
  }

  /// The picture, as SVG.
  var text: String {
    let shown = min(models.count, Self.panelLimit)
    let (size, gap) = (240.0, 20.0)
    let model = models[0].model
    let extent = Self.size(of: model)
    let cell = size / extent.max()
    let columns = min(shown, 4)
    let rows = (shown + columns - 1) / columns
    let chart = model.figures.isEmpty ? 0.0 : 200.0
    let width = Double(columns) * (size + gap) + gap
    let panels = Double(rows) * (size + 2 * gap) + gap
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(panels + chart)\" font-family=\"sans-serif\" font-size=\"12\">",
      "<title>Agents at the end, and figures over time</title>",
      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
    ]
    for panel in 0..<shown {
      let left = gap + Double(panel % columns) * (size + gap)
      let top = 2 * gap + Double(panel / columns) * (size + 2 * gap)
      lines.append(
        "<text x=\"\(left)\" y=\"\(top - 6)\">\(Self.escaped(models[panel].name))</text>")
      lines.append(
        "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(cell * extent.x)\" height=\"\(cell * extent.y)\" fill=\"#f3f1ec\"/>"
      )
      lines += marks(runs[panel * replications], left, top, cell)
    }
    if let figure = model.figures.first {
      lines += curves(figure.name, gap, panels, width - 2 * gap, chart - 3 * gap)
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  /// One path a colour, so that many agents stay a small file.
  func marks(
    _ run: AgentRun, _ left: Double, _ top: Double, _ cell: Double, at step: Int? = nil
  ) -> [String] {
    var paths: [Int: String] = [:]
    let side = Self.side(of: run.model)
    for kind in run.model.kinds.indices {
      guard
        let last = run.snapshots.last(where: {
          $0.kind == kind && (step == nil || $0.step <= step ?? 0)
        })
      else { continue }
      // A column of categories or truth values gives the colour, else the kind.
      let place = run.model.kinds[kind].columns.firstIndex {
        $0.type == .boolean || run.model.levels[$0.name] != nil
      }
      for (row, at) in last.cells.enumerated() {
        let colour = (place.map { Int(last.values[$0][row]) + kind } ?? kind) % Self.colours.count
        if !last.points.isEmpty {
          let point = SIMD2(left, top) + last.points[row] * cell
          paths[colour, default: ""] +=
            "M\(Self.rounded(point.x - 2)) \(Self.rounded(point.y))a2 2 0 1 0 4 0a2 2 0 1 0-4 0"
          continue
        }
        let (x, y) = (Int(at) % side, Int(at) / side)
        paths[colour, default: ""] +=
          "M\(Self.rounded(left + Double(x) * cell)) \(Self.rounded(top + Double(y) * cell))"
          + "h\(Self.rounded(cell * 0.92))v\(Self.rounded(cell * 0.92))h-\(Self.rounded(cell * 0.92))z"
      }
    }
    return paths.keys.sorted().map {
      "<path fill=\"\(Self.colours[$0])\" d=\"\(paths[$0] ?? "")\"/>"
    }
  }

  private func curves(
    _ name: String, _ left: Double, _ top: Double, _ width: Double, _ height: Double
  ) -> [String] {
    let lists = models.indices.map { index in runs[index * replications].figures.map { $0[0] } }
    let all = lists.flatMap { $0 }.filter(\.isFinite)
    let (low, high) = (all.min() ?? 0, max((all.max() ?? 1), (all.min() ?? 0) + 1e-9))
    var lines = [
      "<text x=\"\(left)\" y=\"\(top + 12)\">\(Self.escaped(name)), from \(Self.rounded(low)) to \(Self.rounded(high)), over \(models[0].model.steps) steps</text>"
    ]
    for (index, list) in lists.enumerated() {
      let points = list.enumerated().map { step, value in
        let x = left + width * Double(step) / Double(max(1, list.count - 1))
        let y = top + 24 + height * (1 - (value - low) / (high - low))
        return "\(Self.rounded(x)),\(Self.rounded(y))"
      }
      lines.append(
        "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"\(Self.colours[index % Self.colours.count])\" points=\"\(points.joined(separator: " "))\"><title>\(Self.escaped(models[index].name))</title></polyline>"
      )
    }
    return lines
  }

  private static func rounded(_ value: Double) -> String {
    let scaled = (value * 100).rounded() / 100
    return scaled == scaled.rounded() ? "\(Int(scaled))" : "\(scaled)"
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, sign in
      switch sign {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(sign)
      }
    }
  }
}
