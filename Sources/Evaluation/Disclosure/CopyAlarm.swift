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
  /// The alarms that a report raises, in the order of `allCases`.
  ///
  /// A figure must lie beyond its reference by twice as much as its 95 % point does, which comes by
  /// chance about five times in ten thousand.
  ///
  /// - Parameter syntheticRowCount: The rows of the synthetic table.
  public static func alarms(
    of disclosure: DisclosureReport, syntheticRowCount: Int
  ) -> [CopyAlarm] {
    var alarms: [CopyAlarm] = []
    if isFarBeyond(disclosure.exactMatches) || isFarBeyond(disclosure.uniqueMatches) {
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
    if syntheticRowCount > 0, 2 * nearRows > syntheticRowCount {
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
