// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds numbers that stand for missing: −9 among ages, 999 among hours.
enum SpecialCodes {
  /// A number that stands for missing.
  struct Code: Hashable {
    var text: String
    var count: Int
    var reason: String
  }

  private static let negatives: Set<Double> = [
    -1, -2, -3, -4, -5, -6, -7, -8, -9, -99, -98, -97, -96, -999, -998, -997, -9999,
  ]
  private static let nines: Set<Double> = [
    99, 98, 97, 96, 999, 998, 997, 996, 9999, 9998, 9997, 9996, 99_999, 999_999, 9_999_999,
  ]

  /// The codes of a column; each is shared by ten rows or more.
  static func codes(_ profile: ColumnProfile) -> [Code] {
    // Most columns have no such number, and need not be sorted to see it.
    let mayHaveOne = profile.contains { value, count in
      count >= SchemaInference.minimumNamedCount
        && (negatives.contains(value) || nines.contains(value))
    }
    guard mayHaveOne else { return [] }
    return codes(profile.numbers())
  }

  /// The codes among different numbers in rising order.
  static func codes(_ values: [(value: Double, count: Int)]) -> [Code] {
    var found = negativeCodes(values)
    let known = Set(found.map(\.text))
    found += highCodes(values.filter { !known.contains(text($0.value)) })
    return found
  }

  /// Negative numbers mean missing only where each of them is such a code, and where they are no lower
  /// half of a scale around zero.
  private static func negativeCodes(_ values: [(value: Double, count: Int)]) -> [Code] {
    let below = values.prefix { $0.value < 0 }
    let rest = values.dropFirst(below.count)
    guard let least = below.first?.value, let greatest = rest.last?.value, below.count <= 6,
      rest.count >= 2, below.allSatisfy({ negatives.contains($0.value) })
    else { return [] }
    // −2 to 2 is a scale; so is −1, 0, 1.
    if greatest == -least, rest.count <= below.count + 1 { return [] }
    return below.reversed().compactMap { code in
      guard code.count >= SchemaInference.minimumNamedCount else { return nil }
      return Code(
        text: text(code.value), count: code.count, reason: "all other values are zero or more")
    }
  }

  /// Rows of nines mean missing where they lie far above all else.
  private static func highCodes(_ values: [(value: Double, count: Int)]) -> [Code] {
    let high = values.filter { nines.contains($0.value) }
    let rest = values.filter { !nines.contains($0.value) }
    guard !high.isEmpty, rest.count >= 2, let greatest = rest.last?.value else { return [] }
    let spread = quantile(rest, 0.75) - quantile(rest, 0.25)
    return high.compactMap { code in
      guard code.count >= SchemaInference.minimumNamedCount,
        code.value > greatest + 5 * max(spread, 1), code.value > 1.5 * greatest
      else { return nil }
      return Code(
        text: text(code.value), count: code.count,
        reason: "it lies far above all others, as a code or a cap does")
    }
  }

  private static func quantile(_ values: [(value: Double, count: Int)], _ share: Double) -> Double {
    let total = values.reduce(0) { $0 + $1.count }
    var passed = 0
    for (value, count) in values {
      passed += count
      if Double(passed) >= share * Double(total) { return value }
    }
    return values.last?.value ?? 0
  }

  private static func text(_ code: Double) -> String {
    code.magnitude < 1e15 ? String(Int64(code)) : String(code)
  }
}
