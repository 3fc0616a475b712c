// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// The distribution of one variable: real shares as filled shapes, synthetic ones as outlines or bars.
struct ShapeChart {
  /// The most levels drawn; the rest are pooled.
  static let maximumLevels = 8

  let chart: ColumnChart
  /// Whether real shares are drawn too.
  let hasReal: Bool
  /// The variable, for readers who hear the page.
  let name: String

  init(_ chart: ColumnChart, of name: String, hasReal: Bool) {
    self.chart = chart
    self.name = name
    self.hasReal = hasReal && chart.real.count == chart.labels.count
  }

  var svg: HTML {
    guard !chart.labels.isEmpty, chart.synthetic.count == chart.labels.count else {
      return "<p class=\"quiet\">nothing to draw</p>"
    }
    return chart.isHistogram ? histogram : bars
  }

  // MARK: Histogram

  private static let width = 300.0
  private static let height = 120.0

  private var histogram: HTML {
    let hasMissing = chart.labels.last == "missing"
    let count = chart.labels.count - (hasMissing ? 1 : 0)
    let most = max(1e-9, chart.synthetic.max() ?? 0, hasReal ? chart.real.max() ?? 0 : 0)
    let up = LinearScale(values: 0...most, places: 0...(Self.height - 28))
    let base = Self.height - 18
    // The missing cells stand apart, as a bar of their own.
    let room = hasMissing ? Self.width - 34 : Self.width
    let step = room / Double(max(count, 1))
    var drawing: HTML = ""
    if hasReal {
      drawing += Self.area(chart.real.prefix(count), step, base, up, kind: "real")
    }
    drawing += Self.outline(chart.synthetic.prefix(count), step, base, up)
    if hasMissing, let synthetic = chart.synthetic.last {
      if hasReal, let real = chart.real.last {
        drawing += Self.bar(Self.width - 24, base, 12, up.place(of: real), "real")
      }
      drawing += Self.bar(Self.width - 12, base, 10, up.place(of: synthetic), "syn")
      drawing += Self.label("missing", at: Self.width, anchor: "end")
    }
    drawing += "<path class=\"axis\" d=\"M0 \(Self.at(base))H\(Self.at(room))\"/>"
    if count > 0 {
      drawing += Self.label(chart.labels[0], at: 0, anchor: "start")
      if count > 1 {
        drawing += Self.label(
          chart.labels[count - 1], at: room - (hasMissing ? 22 : 0), anchor: "end")
      }
    }
    let size: HTML = "viewBox=\"0 0 \(Self.at(Self.width)) \(Self.at(Self.height))\""
    return "<svg class=\"shape\" \(size) role=\"img\" aria-label=\"\(summary)\">\(drawing)</svg>"
  }

  private static func area(
    _ shares: ArraySlice<Double>, _ step: Double, _ base: Double, _ up: LinearScale, kind: String
  ) -> HTML {
    var path = "M0 \(Figure.place(base))"
    for (place, share) in shares.enumerated() {
      path +=
        "V\(Figure.place(base - up.place(of: share)))H\(Figure.place(Double(place + 1) * step))"
    }
    return "<path class=\"\(kind)\" d=\"\(path)V\(at(base))Z\"/>"
  }

  private static func outline(
    _ shares: ArraySlice<Double>, _ step: Double, _ base: Double, _ up: LinearScale
  ) -> HTML {
    var path = "M0 \(Figure.place(base))"
    for (place, share) in shares.enumerated() {
      path +=
        "V\(Figure.place(base - up.place(of: share)))H\(Figure.place(Double(place + 1) * step))"
    }
    return "<path class=\"line\" d=\"\(path)V\(at(base))\"/>"
  }

  private static func bar(
    _ x: Double, _ base: Double, _ width: Double, _ height: Double, _ kind: String
  ) -> HTML {
    "<rect class=\"\(kind)\" x=\"\(at(x))\" y=\"\(at(base - height))\" width=\"\(at(width))\" height=\"\(at(height))\"/>"
  }

  private static func label(_ text: String, at x: Double, anchor: String) -> HTML {
    "<text x=\"\(at(x))\" y=\"\(at(height - 4))\" text-anchor=\"\(anchor)\">\(shortened(text, to: 22))</text>"
  }

  // MARK: Levels

  private struct Level {
    var name: String
    var real: Double
    var synthetic: Double
  }

  private var levels: [Level] {
    let all = chart.labels.indices.map {
      Level(
        name: chart.labels[$0], real: hasReal ? chart.real[$0] : 0, synthetic: chart.synthetic[$0])
    }
    guard all.count > Self.maximumLevels else { return all }
    // Missing cells and the pool of rare levels stay in sight, whatever their size.
    let special = all.filter { $0.name == "missing" || $0.name == "other levels" }
    let ranked = all.indices.filter { !["missing", "other levels"].contains(all[$0].name) }
      .sorted { max(all[$0].real, all[$0].synthetic) > max(all[$1].real, all[$1].synthetic) }
    let kept = Set(ranked.prefix(Self.maximumLevels - 1 - special.count))
    let pooled = ranked.filter { !kept.contains($0) }
    let rest = Level(
      name: "\(pooled.count) more levels", real: pooled.reduce(0) { $0 + all[$1].real },
      synthetic: pooled.reduce(0) { $0 + all[$1].synthetic })
    return kept.sorted().map { all[$0] } + (pooled.isEmpty ? [] : [rest]) + special
  }

  private var bars: HTML {
    let levels = levels
    let most = max(1e-9, levels.map { max($0.real, $0.synthetic) }.max() ?? 0)
    let across = LinearScale(values: 0...most, places: 0...138)
    let rowHeight = hasReal ? 20.0 : 16.0
    var drawing: HTML = ""
    for (place, level) in levels.enumerated() {
      let top = Double(place) * rowHeight
      let middle = Self.at(top + rowHeight / 2 + 4)
      drawing +=
        "<text x=\"116\" y=\"\(middle)\" text-anchor=\"end\">\(Self.fitted(level.name, width: 112))<title>\(level.name)</title></text>"
      let thick = hasReal ? 7.0 : 10.0
      var y = top + 2.5
      if hasReal {
        drawing += Self.flat(y, across.place(of: level.real), thick, "real")
        y += thick
      }
      drawing += Self.flat(y, across.place(of: level.synthetic), thick, "syn")
      let end = 122 + across.place(of: max(level.real, level.synthetic)) + 4
      drawing +=
        "<text class=\"value\" x=\"\(Self.at(end))\" y=\"\(middle)\">\(Figure.percent(ofShare: level.synthetic))</text>"
    }
    let height = Double(levels.count) * rowHeight + 2
    return
      "<svg class=\"shape\" viewBox=\"0 0 \(Self.at(Self.width)) \(Self.at(height))\" role=\"img\" aria-label=\"\(summary)\">\(drawing)</svg>"
  }

  private static func flat(_ y: Double, _ width: Double, _ height: Double, _ kind: String) -> HTML {
    "<rect class=\"\(kind)\" x=\"122\" y=\"\(at(y))\" width=\"\(at(max(width, 0.5)))\" height=\"\(at(height))\"/>"
  }

  // MARK: Words

  private var summary: String {
    "\(name): shares of " + (hasReal ? "real and synthetic values" : "synthetic values")
      + Self.mostCommon(chart)
  }

  /// The three largest synthetic shares in words.
  private static func mostCommon(_ chart: ColumnChart) -> String {
    let ranked = zip(chart.labels, chart.synthetic).enumerated().sorted {
      $0.element.1 == $1.element.1 ? $0.offset < $1.offset : $0.element.1 > $1.element.1
    }.prefix(3).filter { $0.element.1 > 0 }
    guard !ranked.isEmpty else { return "" }
    let words = ranked.map { "\($0.element.0) \(Figure.percent(ofShare: $0.element.1))" }
    return "; most often " + words.joined(separator: ", ")
  }

  private static func at(_ value: Double) -> String { Figure.place(value) }

  /// A text cut to a width, as far as widths can be told without the reader's fonts.
  static func fitted(_ text: String, width: Double) -> String {
    func size(_ sign: Character) -> Double {
      if sign.isUppercase { return 8.2 }
      if sign.isASCII, "iljtfr.,:;'|!()[] ".contains(sign) { return 4.2 }
      return sign.isASCII ? 6.8 : 8.2
    }
    guard text.reduce(0, { $0 + size($1) }) > width else { return text }
    var (room, kept) = (width - 9, "")
    for sign in text {
      room -= size(sign)
      guard room >= 0 else { break }
      kept.append(sign)
    }
    return kept + "…"
  }

  static func shortened(_ text: String, to count: Int) -> String {
    text.count <= count ? text : text.prefix(count - 1) + "…"
  }
}
