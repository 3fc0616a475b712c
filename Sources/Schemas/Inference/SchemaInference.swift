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

  /// Returns the schema of a table.
  ///
  /// - Complexity: O(cells).
  public func infer(_ table: Table) -> Schema {
    Schema(table: table.name, variables: table.columns.map(variable))
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
      reasons: ["holds numbers with up to \(column.form.number?.decimals ?? 0) decimals"])
    if (column.form.number?.decimals ?? 0) > 15 {
      variable.reasons = ["holds numbers of full precision"]
    }
    if let pattern = column.form.number?.prefix, !pattern.isEmpty {
      variable.reasons.append("is an amount of money (\(pattern.trimmingSpaces))")
    }
    if case .numbers(let values) = column.values {
      note(SpecialCodes.codes(values, column: column), in: &variable)
    }
    return variable
  }

  private func wholeNumber(
    _ column: Column, _ values: [Int64], _ profile: ColumnProfile
  ) -> Variable {
    let present = profile.presentRows.map { values[$0] }
    var variable = Variable(
      name: column.name, kind: .wholeNumber, measure: .scale, decimals: 0, reasons: [])
    if let reason = identifierReason(column.name, present, profile) {
      variable.role = .identifier
      variable.reasons = [reason]
      variable.measure = .nominal
      return variable
    }
    note(SpecialCodes.codes(values.map(Double.init), column: column), in: &variable)
    let codes = Set(variable.missingCodes.compactMap { Int64($0.code) })
    let distinct = Set(present).subtracting(codes)
    if distinct.count <= 2 {
      variable.kind = .category
      variable.measure = .nominal
      variable.reasons.insert("has \(distinct.count) whole-number codes", at: 0)
    } else if distinct.count <= 10, profile.presentCount >= 5 * distinct.count,
      let least = distinct.min(), let most = distinct.max(), least >= 0, most <= 20,
      most - least < 2 * Int64(distinct.count)
    {
      variable.kind = .orderedCategory
      variable.measure = .ordinal
      variable.reasons.insert(
        "has \(distinct.count) small whole-number codes that follow one another", at: 0)
    } else {
      variable.reasons.insert("holds \(distinct.count) different whole numbers", at: 0)
    }
    return variable
  }

  /// Why a column of whole numbers identifies its rows, or `nil` if it does not.
  private func identifierReason(
    _ name: String, _ values: [Int64], _ profile: ColumnProfile
  ) -> String? {
    guard profile.distinctCount == values.count, values.count >= 3 else { return nil }
    let steps = Set(zip(values, values.dropFirst()).prefix(100_000).map { $1 &- $0 })
    if steps.count == 1, values.count >= 10 { return "counts the rows in equal steps" }
    if NameHints.isIdentifier(name) { return "is different in every row, and named like an identifier" }
    let isRising = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
    if isRising, values.count >= 50 { return "is different in every row, and rises" }
    return nil
  }

  // MARK: Text

  private func text(_ column: Column, _ pool: TextPool, _ profile: ColumnProfile) -> Variable {
    var variable = Variable(name: column.name, kind: .category, measure: .nominal)
    let present = Double(max(profile.presentCount, 1))
    let share = Double(profile.distinctCount) / present
    if profile.presentCount >= 20, share > 0.5 {
      variable.kind = .text
      variable.reasons = [
        "has a different text in \(Int((share * 100).rounded())) of 100 rows that have one"
      ]
      if TextLook.isCodeLike(pool), share > 0.8 || NameHints.isIdentifier(column.name) {
        variable.role = .identifier
        variable.reasons.append("its texts look like codes")
      }
      return variable
    }
    if profile.distinctCount > 2, let order = TextLook.orderReason(pool) {
      variable.kind = .orderedCategory
      variable.measure = .ordinal
      variable.reasons = ["has \(profile.distinctCount) levels \(order)"]
      return variable
    }
    variable.reasons = ["has \(profile.distinctCount) levels"]
    if TextLook.isPaddedCode(pool) {
      variable.reasons.append("its codes start with zeros, so they are no numbers")
    }
    return variable
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
      variable.reasons.append("\(code.text) stands for missing in \(code.count) rows: \(code.reason)")
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String { String(filter { $0 != " " }) }
}
