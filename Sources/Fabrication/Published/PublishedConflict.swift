// SPDX-License-Identifier: Apache-2.0
import Tables

/// Finds which of several tables cannot be met together, by leaving out one after another.
struct PublishedConflict {
  let aims: [PublishedSpace.Aim]
  let sums: [Double]

  /// How far from its target a figure may end.
  static let limit = 1e-6
  /// The table of figures that nobody published: how many there are.
  static let everybody = "all"

  /// Throws unless all figures are as good as met.
  ///
  /// - Parameter fit: What the figures come to when only these are fitted.
  func refuse(_ fit: ([PublishedSpace.Aim]) -> [Double]) throws(DataError) {
    guard Self.worst(aims, sums).miss > Self.limit else { return }
    var names: [String] = []
    for aim in aims
    where !names.contains(aim.control.table) && aim.control.table != Self.everybody {
      names.append(aim.control.table)
    }
    var kept = aims
    var ends = sums
    // A table without which the rest still fails has no part in it.
    if names.count <= 20 {
      for name in names.reversed() where names.count > 1 {
        let rest = kept.filter { $0.control.table != name }
        let attempt = fit(rest)
        guard Self.worst(rest, attempt).miss > Self.limit * 100 else { continue }
        kept = rest
        ends = attempt
        names.removeAll { $0 == name }
      }
    }
    let (worst, sum, _) = Self.worst(kept, ends)
    let list = names.map { "`\($0)`" }.joined(separator: names.count == 2 ? " and " : ", ")
    let where_ = Self.words(worst, sum)
    throw DataError(
      names.count == 1
        ? "no population agrees with table \(list): \(where_)"
        : "no population agrees with all tables: \(list) cannot be met together, first of all where "
          + where_, file: worst.statistic?.file ?? worst.control.table, line: worst.statistic?.line,
      position: worst.statistic?.position,
      remedy: worst.statistic == nil
        ? "Look for a 0 in one table that another one needs, or leave one of them out."
        : "Correct the figure, or leave one of the tables out.")
  }

  private static func words(_ aim: PublishedSpace.Aim, _ sum: Double) -> String {
    guard aim.statistic == nil || aim.statistic?.kind == .count else { return aim.control.name }
    let nearest = (sum * 10).rounded() / 10
    return
      "\(aim.control.name) (published \(PublishedPopulation.plain(aim.published)), the nearest "
      + "that can be had \(PublishedPopulation.plain(nearest)))"
  }

  private static func worst(
    _ aims: [PublishedSpace.Aim], _ sums: [Double]
  ) -> (aim: PublishedSpace.Aim, sum: Double, miss: Double) {
    var found = (aims[0], sums[0], aims[0].control.miss(sums[0]))
    for (aim, sum) in zip(aims, sums) where aim.control.miss(sum) > found.2 {
      found = (aim, sum, aim.control.miss(sum))
    }
    return found
  }
}
