// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// The errors of all pairs of variables as one square of coloured cells.
///
/// Cells of one colour are one path, and neighbours in a row are one stroke of it, so that the square of
/// 305 variables takes some hundred kilobytes.
struct HeatMap {
  /// Where the classes of error begin, after the first, as shares.
  static let bounds = [0.01, 0.02, 0.04, 0.08, 0.16]
  /// The most variables whose names are written beside the square.
  private static let maximumNamed = 40

  let names: [String]
  let pairs: [PairFidelity]

  /// The class of an error: 0 is best.
  static func level(of error: Double) -> Int { bounds.count { error >= $0 } }

  var svg: HTML {
    let count = names.count
    guard count > 1, !pairs.isEmpty else { return "" }
    let none: Int8 = -1
    var cells = [Int8](repeating: none, count: count * count)
    for pair in pairs {
      guard let error = pair.error.value, (0..<count).contains(pair.first),
        (0..<count).contains(pair.second)
      else { continue }
      let level = Int8(Self.level(of: error))
      cells[pair.first * count + pair.second] = level
      cells[pair.second * count + pair.first] = level
    }
    let isNamed = count <= Self.maximumNamed
    let margin = isNamed ? 130.0 : 0.0
    let top = isNamed ? 96.0 : 0.0
    let size = isNamed ? min(26, 470 / Double(count)) : 600 / Double(count)
    var drawing: HTML = ""
    if isNamed { drawing += labels(margin, top, size) }
    // The cells are drawn on a grid of whole numbers and enlarged by one transform.
    let side = Figure.place(Double(count) * size)
    drawing +=
      "<g transform=\"translate(\(Figure.place(margin)) \(Figure.place(top))) scale(\(Figure.fixed(size, 4)))\">"
    drawing += "<path class=\"empty\" d=\"M0 0H\(count)V\(count)H0Z\"/>"
    for level in 0...Self.bounds.count {
      let path = path(of: Int8(level), cells, count)
      if !path.isEmpty { drawing += "<path class=\"h\(level)\" d=\"\(path)\"/>" }
    }
    drawing += "</g>"
    drawing +=
      "<rect class=\"frame\" x=\"\(Figure.place(margin))\" y=\"\(Figure.place(top))\" width=\"\(side)\" height=\"\(side)\"/>"
    let width = Figure.place(margin + Double(count) * size + (isNamed ? 40 : 0))
    let height = Figure.place(top + Double(count) * size + 1)
    return
      "<svg class=\"heat\" viewBox=\"0 0 \(width) \(height)\" style=\"max-width:\(width)px\" role=\"img\" aria-label=\"errors of all pairs\">\(drawing)</svg>"
  }

  private func labels(_ margin: Double, _ top: Double, _ size: Double) -> HTML {
    var drawing: HTML = ""
    for (place, name) in names.enumerated() {
      let middle = (Double(place) + 0.5) * size
      let short = ShapeChart.shortened(name, to: 18)
      drawing +=
        "<text x=\"\(Figure.place(margin - 6))\" y=\"\(Figure.place(top + middle + 4))\" text-anchor=\"end\">\(short)<title>\(name)</title></text>"
      let x = Figure.place(margin + middle + 3)
      let y = Figure.place(top - 6)
      drawing +=
        "<text transform=\"translate(\(x) \(y)) rotate(-50)\">\(ShapeChart.shortened(name, to: 16))</text>"
    }
    return drawing
  }

  private func path(of level: Int8, _ cells: [Int8], _ count: Int) -> String {
    var path = ""
    for row in 0..<count {
      var column = 0
      while column < count {
        guard cells[row * count + column] == level else {
          column += 1
          continue
        }
        let start = column
        while column < count, cells[row * count + column] == level { column += 1 }
        path += "M\(start) \(row)h\(column - start)v1h-\(column - start)z"
      }
    }
    return path
  }

  /// The colours and what they stand for.
  static var legend: HTML {
    var piece: HTML = "<p class=\"legend\">"
    for level in 0...bounds.count {
      let text =
        level == 0
        ? "below \(Figure.percent(ofShare: bounds[0]))"
        : level == bounds.count
          ? "\(Figure.percent(ofShare: bounds[level - 1])) or more"
          : "\(Figure.percent(ofShare: bounds[level - 1])) to \(Figure.percent(ofShare: bounds[level]))"
      piece +=
        "<span><svg viewBox=\"0 0 12 12\"><path class=\"h\(level)\" d=\"M0 0H12V12H0Z\"/></svg>\(text)</span>"
    }
    piece +=
      "<span><svg viewBox=\"0 0 12 12\"><path class=\"empty\" d=\"M0 0H12V12H0Z\"/></svg>not computed</span></p>"
    return piece
  }
}
