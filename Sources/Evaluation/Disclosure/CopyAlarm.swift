// SPDX-License-Identifier: Apache-2.0

/// A way in which a synthetic table turned out to be a copy of real rows.
///
/// An alarm says that rows were copied; no alarm says nothing, since better hidden copies exist.
public enum CopyAlarm: String, Hashable, Sendable, Codable, CaseIterable {
  /// More rows equal a real row than chance explains by far.
  case verbatim = "verbatim copies"
  /// Rows lie as near to single real rows as copies with a little noise do.
  case noisy = "copies with a little noise"
  /// Real rows that lie apart from all others came back among others.
  case outliers = "copied outliers"
  /// The table is made of rows that lie at or near real rows apart from all others.
  case outliersOnly = "copies of outliers only"

  /// The share of rows nearer to learned rows that copies reach and generators that learn do not.
  static let copiedShare = 0.75
  /// The share of fresh rows that equal a real one from which on such matches tell nothing of copies.
  static let mostlyMatching = 0.5
  /// The alarms that a report raises, in the order of `allCases`.
  ///
  /// A figure must lie beyond its reference by twice as much as its 95 % point does, which comes by
  /// chance about five times in ten thousand.
  ///
  /// - Parameters:
  ///   - syntheticRowCount: The rows of the synthetic table.
  ///   - hasRealShares: Whether rows are meant to be as often as in the real table. Where levels are
  ///     balanced, matches with rare rows are more than those of fresh real rows for no other reason, so
  ///     that they are no sign of copies.
  public static func alarms(
    of disclosure: DisclosureReport, syntheticRowCount: Int, hasRealShares: Bool = true
  ) -> [CopyAlarm] {
    var alarms: [CopyAlarm] = []
    let reference = disclosure.exactMatches.reference ?? 0
    // Where most fresh rows equal a real one, there are few rows to choose from, and to leave out the
    // rare ones is enough to match more often; copies have hardly a row of their own.
    let isTelling =
      reference < mostlyMatching || (disclosure.exactMatches.value ?? 0) >= (1 + reference) / 2
    if hasRealShares,
      isTelling && isFarBeyond(disclosure.exactMatches) || isFarBeyond(disclosure.uniqueMatches)
    {
      alarms.append(.verbatim)
    }
    let isNearer =
      isFarBeyond(disclosure.closerToTraining)
      && (disclosure.closerToTraining.value ?? 0) >= copiedShare
    let hasNoRowsOfItsOwn =
      disclosure.nearerThanNeighbours.map { score in
        // Half way from what fresh rows do to what copies do.
        isFarBeyond(score) && (score.value ?? 0) >= (1 + (score.reference ?? 1)) / 2
      } ?? false
    // Verbatim copies lie as near as can be, and have their own name.
    let isMostlyVerbatim = (disclosure.exactMatches.value ?? 0) >= 0.5
    if isNearer || hasNoRowsOfItsOwn, !isMostlyVerbatim { alarms.append(.noisy) }
    let nearRows = disclosure.findings.first { $0.kind == nearKind }?.count ?? 0
    // Outliers by their distance to all other rows, or copies most of which have an outlying value.
    let areOutlying =
      disclosure.outlyingRows.map { score in
        !alarms.isEmpty && (score.value ?? 0) > (1 + (score.reference ?? 1)) / 2
      } ?? false
    if syntheticRowCount > 0, 2 * nearRows > syntheticRowCount || areOutlying {
      alarms.append(.outliersOnly)
    } else if isFarBeyond(disclosure.nearMatches) {
      alarms.append(.outliers)
    }
    return alarms
  }

  /// The kind of finding that lists rows near a real outlier.
  public static let nearKind = "row lies near a real outlier"

  private static func isFarBeyond(_ score: Score) -> Bool {
    guard let value = score.value, let reference = score.reference, let limit = score.limit else {
      return false
    }
    return value > min(1 - 1e-9, reference + 2 * (limit - reference))
  }
}
