// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds numbers that stand for missing: −9 among ages, 999 among hours.
enum SpecialCodes {
  /// A number that stands for missing.
  struct Code {
    var text: String
    var count: Int
    var reason: String
  }

  private static let negatives: [Double] = [-1, -2, -3, -4, -5, -6, -7, -8, -9, -99, -98, -97, -999]
  private static let nines: [Double] = [
    99, 98, 97, 999, 998, 997, 9999, 9998, 9997, 99999, 999_999, 9_999_999,
  ]

  /// The codes of a column; each is shared by ten rows or more.
  static func codes(_ values: [Double], column: Column) -> [Code] {
    var counts: [Double: Int] = [:]
    var negativesSeen: Set<Double> = []
    var rest: [Double] = []
    for row in values.indices where !column.missing.isMissing(at: row) {
      let value = values[row]
      if value < 0 {
        if negativesSeen.count < 64 { negativesSeen.insert(value) }
        counts[value, default: 0] += value >= -999 ? 1 : 0
      } else if nines.contains(value) {
        counts[value, default: 0] += 1
      } else {
        rest.append(value)
      }
    }
    guard !rest.isEmpty else { return [] }
    var found: [Code] = []
    // Negative numbers mean missing only where every one of them is such a code.
    if !negativesSeen.isEmpty, negativesSeen.count <= 6,
      negativesSeen.allSatisfy({ negatives.contains($0) })
    {
      for code in negativesSeen.sorted(by: >) {
        guard let count = counts[code], count >= SchemaInference.minimumNamedCount else { continue }
        found.append(
          Code(text: text(code), count: count, reason: "all other values are zero or more"))
      }
    }
    rest.sort()
    let greatest = rest[rest.count - 1]
    let spread = rest[rest.count * 3 / 4] - rest[rest.count / 4]
    for code in nines {
      guard let count = counts[code], count >= SchemaInference.minimumNamedCount,
        code > greatest + 5 * max(spread, 1), code > 1.5 * greatest
      else { continue }
      found.append(Code(text: text(code), count: count, reason: "it lies far above all others"))
    }
    return found
  }

  private static func text(_ code: Double) -> String { String(Int(code)) }
}
