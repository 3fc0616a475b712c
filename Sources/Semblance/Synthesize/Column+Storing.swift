// SPDX-License-Identifier: Apache-2.0
import Tables

extension Column {
  /// The column's cells stored as another column stores its own, with that one's reasons for missing
  /// cells.
  ///
  /// - Throws: `DataError` if a cell does not fit.
  func stored(like other: Column) throws(DataError) -> Column {
    var column = other
    switch (other.values, values) {
    case (.numbers, .numbers), (.wholeNumbers, .wholeNumbers), (.dates, .dates), (.times, .times),
      (.dateTimes, .dateTimes), (.booleans, .booleans), (.texts, .texts):
      column.values = values
    case (.numbers, .wholeNumbers(let list)): column.values = .numbers(list.map(Double.init))
    case (.wholeNumbers, .numbers(let list)):
      var whole: [Int64] = []
      for number in list {
        guard let value = Int64(exactly: number) else { throw misfit(other) }
        whole.append(value)
      }
      column.values = .wholeNumbers(whole)
    case (.booleans, .texts(let codes, let pool)):
      guard case .boolean(let yes, let no) = other.form else { throw misfit(other) }
      var truths: [Bool] = []
      for (row, code) in codes.enumerated() {
        let word = missing.isMissing(at: row) ? no : pool[Int(code)]
        guard word == yes || word == no else { throw misfit(other) }
        truths.append(word == yes)
      }
      column.values = .booleans(truths)
    case (.texts, _):
      let texts = try FaultyTwin.texts(of: self)
      column.values = .texts(codes: texts.indices.map { UInt32($0) }, pool: TextPool(texts))
    default:
      // A column without a value has no storage of its own to speak of.
      guard missing.count == count else { throw misfit(other) }
      column.values = other.missing(rowCount: count).values
    }
    column.missing = missing(inReasonsOf: other)
    return column
  }

  /// As many missing cells as there are rows, stored like this column.
  func missing(rowCount: Int) -> Column {
    var column = self
    let zeros = [Int64](repeating: 0, count: rowCount)
    switch values {
    case .numbers: column.values = .numbers(zeros.map(Double.init))
    case .wholeNumbers: column.values = .wholeNumbers(zeros)
    case .texts(_, let pool):
      column.values = .texts(
        codes: zeros.map { _ in 0 }, pool: pool.count > 0 ? pool : TextPool([""]))
    case .dates: column.values = .dates(zeros.map { Int32($0) })
    case .times: column.values = .times(zeros)
    case .dateTimes: column.values = .dateTimes(zeros)
    case .booleans: column.values = .booleans(zeros.map { _ in false })
    }
    let reasons = missing.reasons.isEmpty ? [MissingReason(code: "")] : missing.reasons
    let place = reasons.firstIndex { $0.code.isEmpty || $0.code == "NA" } ?? 0
    column.missing = MissingCells(
      reasons: reasons, codes: [UInt8](repeating: UInt8(place + 1), count: rowCount))
    return column
  }

  private func missing(inReasonsOf other: Column) -> MissingCells {
    guard !missing.isEmpty else { return MissingCells(reasons: other.missing.reasons) }
    let reasons =
      other.missing.reasons.isEmpty ? [MissingReason(code: "")] : other.missing.reasons
    let places = missing.reasons.map { reason in
      UInt8((reasons.firstIndex { $0.code == reason.code } ?? 0) + 1)
    }
    return MissingCells(
      reasons: reasons, codes: missing.codes.map { $0 == 0 ? 0 : places[Int($0) - 1] })
  }

  private func misfit(_ other: Column) -> DataError {
    DataError(
      "extrapolated values are of the kind \(values.typeName), not \(other.values.typeName)",
      column: other.name, remedy: "Give values as the table has them.")
  }
}
