// SPDX-License-Identifier: Apache-2.0
import Contracts
import Formats
import Studies
import Tables

extension SynthesizeRequest {
  /// How many rows are to be filled in, where some are given.
  ///
  /// - Throws: `DataError` if the file cannot be read, or something is asked for that does not go with it.
  func givenRowCount(_ contract: Contract) throws(DataError) -> Int? {
    guard let given else { return nil }
    func refuse(_ words: String, _ option: String) -> DataError {
      DataError(
        "rows that are given in part are kept as they are given, \(words)", file: option,
        remedy: "Leave \(option) out, or leave --given out.")
    }
    if condition != nil { throw refuse("whether they satisfy a condition or not", "--where") }
    if replacement != nil { throw refuse("and none of the real table's cells is", "--replace") }
    if shadowRunCount > 0 {
      throw refuse("so that a generator attacked by them would be another", "--shadow-runs")
    }
    guard [.remoteWork, .availability, .presentation, .proofOfConcept].contains(purpose) else {
      throw refuse("which does not suit the purpose \(purpose.rawValue)", "--purpose")
    }
    guard contract.disclosure.nearMatches == .report else {
      throw DataError(
        "rows that are given in part are kept, however near to real ones they come out",
        file: contract.file ?? "--near-matches", line: contract.disclosure.place.line,
        remedy: "Take the remedy for near matches away, or leave --given out.")
    }
    guard contract.balance.isEmpty, contract.extrapolated.isEmpty else {
      throw DataError(
        "rows that are given cannot be balanced or extended", file: contract.file,
        remedy: "Take `balance` and `extrapolate` out of the contract, or leave --given out.")
    }
    let location = TableLocation(argument: given.path)
    // It is read again after fitting, and for its hash.
    if !FileBytes.isPlain(location.path) {
      if location.path != "-" { _ = try FileBytes.size(location.path) }
      throw DataError(
        "the rows that are given must stand in a file, which `reproduce` can ask for",
        file: given.path,
        remedy: "Write them to a file first.")
    }
    let document = try FormatCatalogue.standard.reader(for: location)
      .read(location, options: ReadingOptions(threads: fit.threads), progress: .silent)
    let (count, isOver) = document.table.rowCount.multipliedReportingOverflow(by: given.copies)
    guard !isOver, count <= 1_000_000_000 else {
      throw DataError(
        "so many rows for each given one are too many", file: "--rows", remedy: "Ask for fewer.")
    }
    return count
  }
}
