// SPDX-License-Identifier: Apache-2.0
import Markup

/// The formats that cells of a workbook share, numbered as they come up.
struct WorkbookStyles {
  private struct Style: Hashable {
    var code: String
    /// Whether the cell is text whatever is typed or stands in it.
    var isQuoted: Bool
    var isBold: Bool
  }

  private var styles = [Style(code: "", isQuoted: false, isBold: false)]

  /// The number of a format; 0 is the general one.
  mutating func number(code: String = "", isQuoted: Bool = false, isBold: Bool = false) -> Int {
    let style = Style(code: code, isQuoted: isQuoted, isBold: isBold)
    if let place = styles.firstIndex(of: style) { return place }
    styles.append(style)
    return styles.count - 1
  }

  /// The part that says what the numbers mean.
  func part() -> [UInt8] {
    var xml = XMLText()
    xml.open("styleSheet", [("xmlns", WorkbookWriting.namespace)])
    let codes = styles.map(\.code).filter { !$0.isEmpty }
    let distinct = codes.enumerated().filter { codes.firstIndex(of: $0.element) == $0.offset }
      .map(\.element)
    if !distinct.isEmpty {
      xml.open("numFmts", [("count", "\(distinct.count)")])
      for (place, code) in distinct.enumerated() {
        xml.empty("numFmt", [("numFmtId", "\(164 + place)"), ("formatCode", code)])
      }
      xml.close("numFmts")
    }
    xml.open("fonts", [("count", "2")])
    for isBold in [false, true] {
      xml.open("font")
      if isBold { xml.empty("b", []) }
      xml.empty("sz", [("val", "11")])
      xml.empty("name", [("val", "Calibri")])
      xml.close("font")
    }
    xml.close("fonts")
    xml.open("fills", [("count", "2")])
    for pattern in ["none", "gray125"] {
      xml.open("fill")
      xml.empty("patternFill", [("patternType", pattern)])
      xml.close("fill")
    }
    xml.close("fills")
    xml.open("borders", [("count", "1")])
    xml.open("border")
    for side in ["left", "right", "top", "bottom", "diagonal"] { xml.empty(side, []) }
    xml.close("border")
    xml.close("borders")
    xml.open("cellStyleXfs", [("count", "1")])
    xml.empty("xf", [("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0")])
    xml.close("cellStyleXfs")
    xml.open("cellXfs", [("count", "\(styles.count)")])
    for style in styles {
      let format = distinct.firstIndex(of: style.code).map { 164 + $0 } ?? 0
      xml.empty(
        "xf",
        [
          ("numFmtId", "\(format)"), ("fontId", style.isBold ? "1" : "0"), ("fillId", "0"),
          ("borderId", "0"), ("xfId", "0"),
        ] + (format > 0 ? [("applyNumberFormat", "1")] : [])
          + (style.isQuoted ? [("quotePrefix", "1")] : []))
    }
    xml.close("cellXfs")
    xml.open("cellStyles", [("count", "1")])
    xml.empty("cellStyle", [("name", "Normal"), ("xfId", "0"), ("builtinId", "0")])
    xml.close("cellStyles")
    xml.close("styleSheet")
    return Array(xml.text.utf8)
  }
}
