// SPDX-License-Identifier: Apache-2.0

/// Finds the names that were probably meant.
public enum Suggestion {
  /// The nearest known names, nearest first, at most three; none if all are far away.
  public static func nearest(to name: String, among known: [String]) -> [String] {
    let limit = name.count < 2 ? 0 : max(1, min(3, name.count / 3 + (name.count > 3 ? 1 : 0)))
    let wanted = Array(name.lowercased())
    var scored: [(name: String, distance: Int)] = []
    for candidate in known where abs(candidate.count - name.count) <= max(limit, 4) {
      let letters = Array(candidate.lowercased())
      var distance = distance(wanted, letters)
      // A name that was cut short, or lengthened, is near however long the rest is.
      if wanted.count >= 3, letters.count >= 3,
        letters.starts(with: wanted) || wanted.starts(with: letters)
      {
        distance = min(distance, 1)
      }
      if distance <= limit { scored.append((candidate, distance)) }
    }
    return scored.enumerated().sorted {
      ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
    }.prefix(3).map(\.element.name)
  }

  /// The remedy for an unknown name: the nearest known ones, or the list.
  public static func remedy(
    for name: String, among known: [String], otherwise: String = "There is nothing to name here."
  ) -> String {
    let near = nearest(to: name, among: known)
    if !near.isEmpty {
      return "Did you mean " + near.map { "`\($0)`" }.joined(separator: " or ") + "?"
    }
    guard !known.isEmpty else { return otherwise }
    let list = known.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    return "Use one of \(list)\(known.count > 20 ? " …" : "")."
  }

  /// The number of letters to change, add, take away or swap with their neighbour.
  ///
  /// ## Source
  /// Damerau, "A technique for computer detection and correction of spelling errors", Communications
  /// of the ACM 7 (1964) 171; the restricted form, in which no swapped pair is changed again.
  static func distance(_ first: [Character], _ second: [Character]) -> Int {
    guard !first.isEmpty, !second.isEmpty else { return max(first.count, second.count) }
    var before: [Int] = []
    var last = Array(0...second.count)
    for (index, letter) in first.enumerated() {
      var row = [index + 1]
      for (place, other) in second.enumerated() {
        var cost = min(
          min(last[place + 1], row[place]) + 1, last[place] + (letter == other ? 0 : 1))
        if index > 0, place > 0, letter == second[place - 1], first[index - 1] == other {
          cost = min(cost, before[place - 1] + 1)
        }
        row.append(cost)
      }
      before = last
      last = row
    }
    return last[second.count]
  }
}
