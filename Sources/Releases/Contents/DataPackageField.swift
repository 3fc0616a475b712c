// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// One field of a Data Package's table schema.
struct DataPackageField {
  /// The most levels that are listed; beyond, a list is no help to a reader.
  private static let maximumListedLevels = 1000

  let column: Column
  let variable: Variable?

  var value: JSONValue {
    var field: [String: JSONValue] = ["name": .text(column.name)]
    if let label = text(variable?.label ?? [:]) { field["title"] = .text(label) }
    addType(to: &field)
    addMissing(to: &field)
    addSummary(to: &field)
    if let role = variable?.role { field["semblance:role"] = .text(role.rawValue) }
    if let kind = variable?.kind { field["semblance:kind"] = .text(kind.rawValue) }
    return .object(field)
  }

  private func addType(to field: inout [String: JSONValue]) {
    let isCategorical = variable?.kind.isCategorical ?? false
    switch column.values {
    case .numbers, .wholeNumbers: addNumberType(to: &field, isCategorical: isCategorical)
    case .texts(let codes, let pool):
      field["type"] = .text("string")
      guard isCategorical else { return }
      var used = Set<UInt32>()
      for (row, code) in codes.enumerated() where !column.missing.isMissing(at: row) {
        used.insert(code)
      }
      addCategories(used.map { pool[Int($0)] }.sorted().map { ($0, .text($0)) }, to: &field)
    case .booleans:
      field["type"] = .text("boolean")
      if case .boolean(let yes, let no) = column.form {
        field["trueValues"] = .list([.text(yes)])
        field["falseValues"] = .list([.text(no)])
      }
    case .dates: addCalendar("date", to: &field)
    case .times: addCalendar("time", to: &field)
    case .dateTimes: addCalendar("datetime", to: &field)
    }
  }

  private func addNumberType(to field: inout [String: JSONValue], isCategorical: Bool) {
    let form = column.form.number ?? NumberForm()
    var isInteger = false
    if case .wholeNumbers(let values) = column.values, !form.keepsPointZero {
      isInteger = true
      if isCategorical {
        var used = Set<Int64>()
        for (row, value) in values.enumerated() where !column.missing.isMissing(at: row) {
          used.insert(value)
        }
        addCategories(used.sorted().map { (String($0), .integer(Int($0))) }, to: &field)
      }
    }
    field["type"] = .text(isInteger ? "integer" : "number")
    if !isInteger, form.decimalMark != "." { field["decimalChar"] = .text(form.decimalMark) }
    if !form.groupMark.isEmpty { field["groupChar"] = .text(form.groupMark) }
    if !form.prefix.isEmpty || !form.suffix.isEmpty { field["bareNumber"] = .flag(false) }
  }

  private func addCategories(
    _ levels: [(code: String, value: JSONValue)], to field: inout [String: JSONValue]
  ) {
    guard !levels.isEmpty, levels.count <= Self.maximumListedLevels else { return }
    field["categoriesOrdered"] = .flag(variable?.kind == .orderedCategory)
    let labels = variable?.valueLabels ?? []
    guard !labels.isEmpty else { return field["categories"] = .list(levels.map(\.value)) }
    field["categories"] = .list(
      levels.map { level in
        let label = labels.first { $0.code == level.code }.flatMap { text($0.label) }
        return .object(["value": level.value, "label": .text(label ?? level.code)])
      })
  }

  private func addCalendar(_ type: String, to field: inout [String: JSONValue]) {
    field["type"] = .text(type)
    guard case .calendar(let pattern) = column.form else { return }
    let standard = ["yyyy-MM-dd", "HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"]
    guard !standard.contains(pattern) else { return }
    var format = pattern
    for (ours, theirs) in [
      ("yyyy", "%Y"), ("MMM", "%b"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"), ("mm", "%M"),
      ("ss", "%S"), ("SSS", "%f"),
    ] {
      format = DataPackageField.replacing(ours, with: theirs, in: format)
    }
    field["format"] = .text(format)
  }

  private func addMissing(to field: inout [String: JSONValue]) {
    let reasons = column.missing.reasons
    guard !reasons.isEmpty else { return }
    if reasons.allSatisfy({ $0.label == nil }) {
      field["missingValues"] = .list(reasons.map { .text($0.code) })
    } else {
      field["missingValues"] = .list(
        reasons.map { .object(["value": .text($0.code), "label": .text($0.label ?? $0.code)]) })
    }
  }

  private func addSummary(to field: inout [String: JSONValue]) {
    var summary: [String: JSONValue] = ["missing": .integer(column.missing.count)]
    func present<Value>(_ values: [Value]) -> [Value] {
      column.missing.codes.isEmpty
        ? values : values.indices.filter { column.missing.codes[$0] == 0 }.map { values[$0] }
    }
    if variable?.kind.isContinuous ?? true {
      switch column.values {
      case .numbers(let values):
        let kept = present(values)
        if let least = kept.min(), let most = kept.max() {
          summary["minimum"] = .number(least)
          summary["maximum"] = .number(most)
        }
      case .wholeNumbers(let values):
        let kept = present(values)
        if let least = kept.min(), let most = kept.max() {
          summary["minimum"] = .integer(Int(least))
          summary["maximum"] = .integer(Int(most))
        }
      default: break
      }
    }
    field["semblance:syntheticSummary"] = .object(summary)
  }

  private func text(_ label: [String: String]) -> String? {
    label["en"] ?? label.sorted { $0.key < $1.key }.first?.value
  }

  private static func replacing(_ part: String, with other: String, in text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while !rest.isEmpty {
      if rest.hasPrefix(part) {
        result += other
        rest = rest.dropFirst(part.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
