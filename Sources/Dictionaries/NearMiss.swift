// SPDX-License-Identifier: Apache-2.0

/// Finds the name that was probably meant.
public enum NearMiss {
  /// The remedy for an unknown name: the nearest known one, or the list.
  public static func remedy(for name: String, among known: [String]) -> String {
    let nearest = known.min { distance($0, name) < distance($1, name) }
    if let nearest, distance(nearest, name) <= max(2, name.count / 3) {
      return "Did you mean \"\(nearest)\"?"
    }
    let list = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? " …" : "")
    return "Use one of: \(list)."
  }

  /// The number of letters to change, add or take away, whatever their case (Levenshtein).
  static func distance(_ first: String, _ second: String) -> Int {
    let first = Array(first.lowercased())
    let second = Array(second.lowercased())
    var row = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (place, other) in second.enumerated() {
        let above = row[place + 1]
        row[place + 1] = min(
          min(above, row[place]) + 1, diagonal + (letter == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[second.count]
  }
}
