// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

extension Column {
  /// A column of a type with nothing in it.
  static func absent(_ name: String, _ type: FormulaType, count: Int) -> Column {
    let values: ColumnValues
    var form = WrittenForm.text
    switch type {
    case .number, .duration, .missing:
      values = .numbers(Array(repeating: 0, count: count))
      form = .number(NumberForm(decimals: 17))
    case .whole:
      values = .wholeNumbers(Array(repeating: 0, count: count))
      form = .number(NumberForm())
    case .boolean:
      values = .booleans(Array(repeating: false, count: count))
      form = .boolean(true: "true", false: "false")
    case .date:
      values = .dates(Array(repeating: 0, count: count))
      form = .calendar(pattern: "yyyy-MM-dd")
    case .dateTime:
      values = .dateTimes(Array(repeating: 0, count: count))
      form = .calendar(pattern: "yyyy-MM-dd HH:mm:ss")
    case .time:
      values = .times(Array(repeating: 0, count: count))
      form = .calendar(pattern: "HH:mm:ss")
    case .text: values = .texts(codes: Array(repeating: 0, count: count), pool: TextPool([""]))
    case .category(let set):
      values = .texts(
        codes: Array(repeating: 0, count: count), pool: TextPool(set.codes.prefix(1)))
    }
    return Column(
      name: name, values: values,
      missing: MissingCells(
        reasons: [MissingReason(code: "")], codes: Array(repeating: 1, count: count)), form: form)
  }

  /// The column stored as values of a type that its own widens to.
  func converted(to type: FormulaType, from own: FormulaType?) -> Column {
    var result = self
    switch (type, values) {
    case (.number, .wholeNumbers(let list)):
      result.values = .numbers(list.map { Double($0) })
      result.form = .number(NumberForm(decimals: 17))
    case (.text, .texts(let codes, let pool)):
      guard case .category(let set)? = own else { return self }
      let labels = pool.texts.map { code in set.index(of: code).map { set.label(at: $0) } ?? code }
      result.values = .texts(codes: codes, pool: TextPool(labels))
    case (.category(let set), .texts(let codes, let pool)):
      // A text that names a level by its label becomes the level's code.
      let names = pool.texts.map { text in set.index(of: text).map { set.codes[$0] } ?? text }
      if names != pool.texts { result.values = .texts(codes: codes, pool: TextPool(names)) }
    default: break
    }
    return result
  }

  /// The row of each value among ids; −1 where it is missing or nobody's.
  func rows(in id: Column) -> [Int32] {
    func found<Key: Hashable>(_ list: [Key], _ ids: [Key]) -> [Int32] {
      var places: [Key: Int32] = [:]
      places.reserveCapacity(ids.count)
      for (row, key) in ids.enumerated() { places[key] = Int32(row) }
      return list.indices.map { missing.isMissing(at: $0) ? -1 : places[list[$0]] ?? -1 }
    }
    switch (values, id.values) {
    case (.wholeNumbers(let list), .wholeNumbers(let ids)):
      return numbered(list, ids) ?? found(list, ids)
    case (.numbers(let list), .wholeNumbers(let ids)): return found(list, ids.map { Double($0) })
    case (.texts(let codes, let pool), .texts(let ids, let names)):
      let texts = pool.texts
      let known = names.texts
      return found(
        codes.map { Int($0) < texts.count ? texts[Int($0)] : "" }, ids.map { known[Int($0)] })
    default: return Array(repeating: -1, count: count)
    }
  }

  /// The row of each value among ids that lie close together; nil if they do not.
  private func numbered(_ list: [Int64], _ ids: [Int64]) -> [Int32]? {
    guard let least = ids.min(), let most = ids.max(),
      case let (span, overflow) = most.subtractingReportingOverflow(least), !overflow,
      span < 8 * Int64(ids.count)
    else { return nil }
    var places = [Int32](repeating: -1, count: Int(span) + 1)
    for (row, id) in ids.enumerated() { places[Int(id - least)] = Int32(row) }
    return list.indices.map { row in
      let value = list[row]
      guard value >= least, value <= most, !missing.isMissing(at: row) else { return -1 }
      return places[Int(value - least)]
    }
  }

  /// The column with other values in some rows.
  func replacing(_ rows: [Int], by other: Column) -> Column {
    guard rows.count < count else {
      var result = other
      result.name = name
      return result
    }
    var result = self
    switch (values, other.values) {
    case (.numbers(var list), .numbers(let new)):
      result.values = .numbers([])
      for (place, row) in rows.enumerated() { list[row] = new[place] }
      result.values = .numbers(list)
    case (.wholeNumbers(var list), .wholeNumbers(let new)):
      for (place, row) in rows.enumerated() { list[row] = new[place] }
      result.values = .wholeNumbers(list)
    case (.booleans(var list), .booleans(let new)):
      for (place, row) in rows.enumerated() { list[row] = new[place] }
      result.values = .booleans(list)
    default:
      var order = Array(0..<count)
      for (place, row) in rows.enumerated() { order[row] = count + place }
      return Column.joined([self, other]).selecting(rows: order)
    }
    guard !missing.codes.isEmpty || !other.missing.codes.isEmpty else { return result }
    var reasons = missing.reasons
    var codes = missing.codes.isEmpty ? [UInt8](repeating: 0, count: count) : missing.codes
    for (place, row) in rows.enumerated() {
      guard let reason = other.missing.reason(at: place) else {
        codes[row] = 0
        continue
      }
      if !reasons.contains(reason), reasons.count < 255 { reasons.append(reason) }
      codes[row] = UInt8((reasons.firstIndex(of: reason) ?? 0) + 1)
    }
    result.missing = MissingCells(reasons: reasons, codes: codes)
    return result
  }
}
