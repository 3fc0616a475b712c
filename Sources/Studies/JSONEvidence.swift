// SPDX-License-Identifier: Apache-2.0
import Tables

/// What the cells of one member have shown so far.
struct JSONEvidence {
  /// What a column is.
  enum Kind: Equatable {
    case booleans
    case wholeNumbers
    case numbers(NumberForm)
    case dates
    case dateTimes(pattern: String)
    case texts
  }

  /// How many objects have the member.
  private(set) var count = 0
  /// Whether it is null somewhere.
  private(set) var hasNull = false
  private var presentCount = 0
  private var areBooleans = true
  private var areWhole = true
  private var areNumbers = true
  private var decimals = 0
  private var areMoments = true
  private var moment: ISOMoment?

  mutating func add(_ cell: JSONCell) {
    count += 1
    if cell == .null {
      hasNull = true
      return
    }
    presentCount += 1
    switch cell {
    case .boolean: (areWhole, areNumbers, areMoments) = (false, false, false)
    case .whole(let value):
      (areBooleans, areMoments) = (false, false)
      if areNumbers { decimals = DecimalPlaces.count(of: Double(value), atLeast: decimals) }
    case .number(let value):
      (areBooleans, areWhole, areMoments) = (false, false, false)
      if areNumbers { decimals = DecimalPlaces.count(of: value, atLeast: decimals) }
    case .text(let text):
      (areBooleans, areWhole, areNumbers) = (false, false, false)
      if areMoments { add(ISOMoment(text)) }
    case .nested, .null:
      (areBooleans, areWhole, areNumbers, areMoments) = (false, false, false, false)
    }
  }

  private mutating func add(_ next: ISOMoment?) {
    guard let next else {
      areMoments = false
      return
    }
    let known = moment ?? next
    areMoments =
      known.hasTime == next.hasTime && known.mark == next.mark && known.pattern == next.pattern
    moment = known
  }

  /// What the column is.
  func kind(isText: Bool) -> Kind {
    guard !isText, presentCount > 0 else { return .texts }
    if areBooleans { return .booleans }
    if areWhole { return .wholeNumbers }
    if areNumbers { return .numbers(DecimalPlaces.form(decimals)) }
    if areMoments, let moment {
      return moment.hasTime ? .dateTimes(pattern: moment.pattern) : .dates
    }
    return .texts
  }

  /// The reasons of missing cells in a table of some rows; none if each row has a value.
  func reasons(rowCount: Int) -> [MissingReason] {
    guard hasNull || count < rowCount else { return [] }
    return (hasNull ? [MissingReason(code: "null")] : []) + [MissingReason(code: "")]
  }
}
