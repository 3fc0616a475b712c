// SPDX-License-Identifier: Apache-2.0
public import Tables

/// Finds out what the columns of a table mean, as a person would, and says why.
///
/// Reasons name counts and shares only; a value is named if it is a missing code that ten rows or more
/// share.
public struct SchemaInference: Sendable {
  /// The fewest rows that must share a value for a reason to name it.
  static let minimumNamedCount = 10

  /// Creates an inference.
  public init() {}

  /// Returns the schema of a table; threads change nothing in it.
  ///
  /// - Complexity: O(cells).
  public func infer(_ table: Table, threads: Int = 1) -> Schema {
    Schema(
      table: table.name,
      variables: ChunkedWork(count: table.columns.count, threads: threads, chunkSize: 1).map {
        $0.map { variable(of: table.columns[$0]) }
      })
  }

  private func variable(of column: Column) -> Variable {
    let profile = ColumnProfile(column)
    var variable: Variable
    switch column.values {
    case .numbers: variable = number(column, profile)
    case .wholeNumbers(let values): variable = wholeNumber(column, values, profile)
    case .texts(_, let pool): variable = text(column, pool, profile)
    case .dates: variable = calendar(column, .date, profile)
    case .times: variable = calendar(column, .time, profile)
    case .dateTimes: variable = calendar(column, .dateTime, profile)
    case .booleans:
      variable = Variable(
        name: column.name, kind: .boolean, measure: .nominal, reasons: ["holds truth values"])
    }
    variable.form = column.form
    if profile.presentCount == 0 {
      variable.reasons = ["has no value in any row"]
    } else if profile.distinctCount == 1 {
      variable.reasons.append("has the same value in every row that has one")
    }
    if variable.role == nil, let role = NameHints.role(of: column.name, kind: variable.kind) {
      variable.role = role.role
      variable.reasons.append(role.reason)
    }
    return variable
  }

  // MARK: Numbers

  private func number(_ column: Column, _ profile: ColumnProfile) -> Variable {
    var variable = Variable(
      name: column.name, kind: .number, measure: .scale, decimals: column.form.number?.decimals,
      reasons: ["holds numbers with up to \(column.form.number?.decimals ?? 0) decimal(s)"])
    if (column.form.number?.decimals ?? 0) > 15 {
      variable.reasons = ["holds numbers of full precision"]
    }
    if let affix = column.form.number.map({ $0.prefix + $0.suffix }), !affix.isEmpty {
      variable.reasons.append("is written with a unit (\(affix.trimmingSpaces))")
    }
    note(SpecialCodes.codes(profile), in: &variable)
    return variable
  }

  private func wholeNumber(
    _ column: Column, _ values: [Int64], _ profile: ColumnProfile
  ) -> Variable {
    var variable = Variable(
      name: column.name, kind: .wholeNumber, measure: .scale, decimals: 0, reasons: [])
    if let reason = identifierReason(column, values, profile) {
      variable.role = .identifier
      variable.reasons = [reason]
      variable.measure = .nominal
      return variable
    }
    if let affix = column.form.number.map({ $0.prefix + $0.suffix }), !affix.isEmpty {
      variable.reasons.append("is written with a unit (\(affix.trimmingSpaces))")
    }
    note(SpecialCodes.codes(profile), in: &variable)
    if NameHints.isIdentifier(column.name), isRepeated(profile) {
      variable.role = .entity
      variable.measure = .nominal
      variable.reasons.insert(
        "is named like an identifier, and each of its \(profile.distinctCount) values stands in some rows",
        at: 0)
      return variable
    }
    let codes = Set(variable.missingCodes.compactMap { Int64($0.code) })
    let distinct = profile.distinctCount <= 64 ? profile.wholeNumbers() : []
    let rest = distinct.filter { !codes.contains($0.value) }
    let count = profile.distinctCount - codes.count
    if count <= 2 {
      variable.kind = .category
      variable.measure = .nominal
      variable.reasons.insert("has \(count) whole-number codes", at: 0)
    } else if isScaleOfCodes(rest, profile.presentCount) {
      variable.kind = .orderedCategory
      variable.measure = .ordinal
      variable.reasons.insert(
        "has \(count) small whole-number codes that follow one another", at: 0)
    } else {
      variable.reasons.insert("holds \(count) different whole numbers", at: 0)
    }
    return variable
  }

  /// Whether small whole numbers are the codes of a scale, and not counts of something.
  private func isScaleOfCodes(
    _ values: [(value: Int64, count: Int)], _ presentCount: Int
  ) -> Bool {
    guard let least = values.first?.value, let most = values.last?.value, least >= 0, most <= 20,
      values.count <= 12, presentCount >= 5 * values.count
    else { return false }
    let span = most - least + 1
    guard values.count <= 10 ? span < 2 * Int64(values.count) + 1 : span == Int64(values.count)
    else {
      return false
    }
    // Counts begin at nought, which most rows have, and thin out; the codes of a scale do not.
    let zeros = values.first.map { $0.value == 0 ? $0.count : 0 } ?? 0
    let isCount = values.count >= 5 && zeros * 2 > presentCount
    return !isCount
  }

  /// Whether a column names things that several rows describe: many values, each in two rows or more.
  private func isRepeated(_ profile: ColumnProfile) -> Bool {
    guard profile.distinctCount >= 10, profile.presentCount >= 2 * profile.distinctCount else {
      return false
    }
    let lone = profile.counts.count { $0 == 1 }
    return lone * 10 <= profile.distinctCount
  }

  /// Why a column of whole numbers identifies its rows, or `nil` if it does not.
  private func identifierReason(
    _ column: Column, _ values: [Int64], _ profile: ColumnProfile
  ) -> String? {
    let count = profile.presentCount
    guard profile.distinctCount == count, count >= 3 else { return nil }
    var last: Int64?
    var step: Int64?
    var isEven = true
    var isRising = true
    for row in 0..<column.count where !column.missing.isMissing(at: row) {
      if let last {
        let (difference, overflows) = values[row].subtractingReportingOverflow(last)
        if overflows || difference <= 0 { isRising = false }
        if step == nil { step = difference }
        if overflows || difference != step { isEven = false }
      }
      last = values[row]
      if !isEven, !isRising { break }
    }
    if isEven, count >= 10 { return "counts the rows in equal steps" }
    if NameHints.isIdentifier(column.name) {
      return "is different in every row, and named like an identifier"
    }
    if isRising, count >= 50 { return "is different in every row, and rises" }
    return nil
  }

  // MARK: Text

  private func text(_ column: Column, _ pool: TextPool, _ profile: ColumnProfile) -> Variable {
    var variable = Variable(name: column.name, kind: .category, measure: .nominal)
    let present = Double(max(profile.presentCount, 1))
    let share = Double(profile.distinctCount) / present
    let look = TextLook(pool)
    let isFree = look.isProse && share > 0.1 && profile.distinctCount > 10
    let isUnique =
      share > 0.5 && profile.presentCount >= 20 || share == 1 && profile.presentCount >= 5
    if isUnique || isFree || look.isEmail {
      variable.kind = .text
      variable.reasons = [
        "has a different text in \(Int((share * 100).rounded())) of 100 rows that have one"
      ]
      if let reason = directIdentifierReason(column.name, look, share) {
        variable.role = .identifier
        variable.reasons.append(reason)
      }
      return variable
    }
    if profile.distinctCount > 2, let order = TextLook.orderReason(pool) {
      variable.kind = .orderedCategory
      variable.measure = .ordinal
      variable.reasons = ["has \(profile.distinctCount) levels \(order)"]
      noteRefusals(pool, profile, in: &variable)
      return variable
    }
    variable.reasons = ["has \(profile.distinctCount) levels"]
    if look.isPaddedCode {
      variable.reasons.append("its codes start with zeros, so they are no numbers")
    }
    if NameHints.isIdentifier(column.name), isRepeated(profile) {
      variable.role = .entity
      variable.reasons.append(
        "is named like an identifier, and its values stand in several rows each")
    }
    return variable
  }

  private func directIdentifierReason(
    _ name: String, _ look: TextLook, _ share: Double
  ) -> String? {
    if look.isEmail { return "holds e-mail addresses" }
    if look.isLink, share > 0.8 { return "holds links, nearly all different" }
    if NameHints.isPersonal(name) { return "is named like a name or an address" }
    if look.isCodeLike, share > 0.8 || NameHints.isIdentifier(name) {
      return "its texts look like codes"
    }
    if share > 0.99, look.isOneToken { return "its texts are single signs or words, all different" }
    return nil
  }

  /// Words of refusal among levels that have an order are reasons why a value is missing.
  private func noteRefusals(
    _ pool: TextPool, _ profile: ColumnProfile, in variable: inout Variable
  ) {
    for code in profile.presentCodes where TextLook.isRefusal(pool[code]) {
      let count = profile.counts[code]
      guard count >= Self.minimumNamedCount else { continue }
      variable.missingCodes.append(MissingReason(code: pool[code]))
      variable.reasons.append(
        "\(pool[code]) stands for missing in \(count) rows: it has no place in the order")
    }
  }

  private func calendar(
    _ column: Column, _ kind: VariableKind, _ profile: ColumnProfile
  ) -> Variable {
    var reason = "holds \(kind.rawValue)s"
    if case .calendar(let pattern) = column.form { reason += " written as \(pattern)" }
    return Variable(name: column.name, kind: kind, measure: .scale, reasons: [reason])
  }

  private func note(_ codes: [SpecialCodes.Code], in variable: inout Variable) {
    for code in codes {
      variable.missingCodes.append(MissingReason(code: code.text))
      variable.reasons.append(
        "\(code.text) stands for missing in \(code.count) rows: \(code.reason)")
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String { String(filter { $0 != " " }) }
}
