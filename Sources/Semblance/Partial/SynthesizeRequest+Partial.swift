// SPDX-License-Identifier: Apache-2.0
import Contracts
import Tables

extension SynthesizeRequest {
  /// Purposes that want the rows of the real table.
  private static let partialPurposes: [Purpose] = [
    .remoteWork, .availability, .presentation, .proofOfConcept,
  ]

  /// Checks that nothing is asked for that does not go with real rows.
  ///
  /// - Throws: `DataError` saying what does not.
  func refuseWhatCannotBePartial(rowCount: Int) throws(DataError) {
    func refuse(_ words: String, _ option: String) -> DataError {
      DataError(
        "a table that is real in part has the rows of the real one, \(words)", file: option,
        remedy: "Leave \(option) out, or leave --replace and --replace-where out.")
    }
    if let rows, rows.rowCount(realRowCount: rowCount) != rowCount {
      throw refuse("no more and no fewer", "--rows")
    }
    if condition != nil {
      throw refuse("whether they satisfy a condition or not", "--where")
    }
    if budget != nil { throw refuse("all of which are learned from", "--budget") }
    if case .share = holdout { throw refuse("none of which is held out", "--holdout") }
    if shadowRunCount > 0 {
      throw refuse("so that nobody has to guess who is in it", "--shadow-runs")
    }
    if let nearMatches, nearMatches != .report {
      throw refuse("which it matches by design", "--near-matches")
    }
    guard Self.partialPurposes.contains(purpose) else {
      let names = Self.partialPurposes.map(\.rawValue).joined(separator: ", ")
      throw DataError(
        "a table that is real in part does not suit the purpose \(purpose.rawValue)",
        file: "--purpose",
        remedy: "Choose one of \(names), or leave --replace and --replace-where out.")
    }
  }
}
