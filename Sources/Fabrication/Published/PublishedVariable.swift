// SPDX-License-Identifier: Apache-2.0
import Tables

/// A variable of published tables: levels, or a number cut into cells.
struct PublishedVariable: Hashable, Sendable {
  var name: String
  /// The levels; of a number one for each cell.
  ///
  /// A level may come twice, where households of several
  /// sizes are published as one (`6+`).
  var levels: [String]
  var grid: NumberGrid?
  /// How many persons a household of each level has, where the levels are sizes.
  var sizes: [Int]?

  /// The place of each own level among the levels of a table; nil where the table has none such.
  func places(in names: [String]) -> [Int?] {
    guard let grid else { return levels.map { names.firstIndex(of: $0) } }
    let starts = names.map { NumberBand.start(of: $0, low: grid.low) }
    return grid.cells.indices.map { cell in
      let middle = grid.mean(cell)
      var found: Int?
      for (place, start) in starts.enumerated() {
        guard let start, start <= middle + 1e-12 * abs(middle) else { continue }
        if let other = found.flatMap({ starts[$0] }), other >= start { continue }
        found = place
      }
      return found
    }
  }

  /// How much each level weighs before anything is known.
  func size(of level: Int) -> Double { grid?.size(level) ?? 1 }
}

/// A band of numbers as tables write it: `16-64`, `65+`, `under 16`, or a number alone.
enum NumberBand {
  /// Where a band begins; nil if the text is no band.
  static func start(of text: String, low: Double) -> Double? {
    let words = text.lowercased().filter { !$0.isWhitespace }
    for prefix in ["under", "below", "lessthan", "<"] where words.hasPrefix(prefix) {
      return Double(words.dropFirst(prefix.count)) == nil ? nil : low
    }
    // A sign, digits and a point, then what follows the first number.
    var end = words.startIndex
    if words.first == "-" { end = words.index(after: end) }
    while end < words.endIndex, words[end].isNumber || words[end] == "." {
      end = words.index(after: end)
    }
    guard let value = Double(words[..<end]) else { return nil }
    let rest = words[end...]
    let isBand =
      rest.isEmpty
      || ["+", "andover", "andabove", "ormore", "to", "-", "–", "−"].contains {
        rest.hasPrefix($0)
      }
    return isBand ? value : nil
  }
}
