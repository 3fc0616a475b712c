// SPDX-License-Identifier: Apache-2.0
import Evaluation

/// The joint table of a pair on demand, drawn by the page's script from data in the page.
struct PairSection {
  let tables: PairTables
  /// The rows of both tables.
  let rowCounts: (real: Int, synthetic: Int)

  var html: HTML {
    guard !tables.pairs.isEmpty else { return .empty }
    let omitted: HTML =
      tables.omittedCount > 0
      ? " \(Figure.count(tables.omittedCount)) pairs with smaller errors are left out, for size."
      : ""
    return """
      <div id="pair-place" hidden><h3>Look at a pair</h3>
      <p class="quiet">The joint table of two variables: share of the real rows → share of the synthetic rows. \
      Scales are in groups cut at the real quantiles; levels of fewer than ten real rows are together. Marked \
      cells are off by more than three standard errors.\(omitted)</p>
      <p class="choose"><label>Variable <select id="pair-first"></select></label> \
      <label>with <select id="pair-second"></select></label></p>
      <div class="scroll" id="pair-table" aria-live="polite"></div></div>
      <script type="application/json" id="pair-data">\(HTML(stringLiteral: data))</script>
      """
  }

  /// The data as JSON in which no sign can end the element that holds it.
  private var data: String {
    let columns = tables.columns.map { column in
      "{\"n\":\(Self.quoted(column.name)),\"g\":["
        + column.groups.map { Self.quoted(Self.label($0)) }.joined(separator: ",") + "]}"
    }.joined(separator: ",")
    let pairs = tables.pairs.map { pair in
      "[\(pair.first),\(pair.second),[\(Self.list(pair.real))],[\(Self.list(pair.synthetic))]]"
    }.joined(separator: ",")
    return
      "{\"n\":[\(rowCounts.real),\(rowCounts.synthetic)],\"c\":[\(columns)],\"p\":[\(pairs)]}"
  }

  private static func list(_ counts: [Int]) -> String {
    counts.map(String.init).joined(separator: ",")
  }

  private static func label(_ group: PairTables.Group) -> String {
    switch group {
    case .missing: "missing"
    case .level(let name): name
    case .interval(nil, nil): "all values"
    case .interval(nil, let upTo?): "up to \(Figure.short(upTo))"
    case .interval(let above?, nil): "above \(Figure.short(above))"
    case .interval(let above?, let upTo?): "\(Figure.short(above)) to \(Figure.short(upTo))"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for sign in text.unicodeScalars {
      let isPlain =
        sign.value >= 0x20 && sign.value < 0x2028 && !["\"", "\\", "<", ">", "&"].contains(sign)
        && sign.value != 0x7F
      if isPlain {
        result.unicodeScalars.append(sign)
      } else if sign.value <= 0xFFFF {
        // Marks that turn the direction of writing are shown as what they are not: nothing.
        let digits = String(sign.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result.unicodeScalars.append(sign)
      }
    }
    return result + "\""
  }
}
