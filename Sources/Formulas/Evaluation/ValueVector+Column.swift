// SPDX-License-Identifier: Apache-2.0
import Tables

extension ValueVector {
  /// Reads a stored column as values of its type.
  init(_ column: Column, type: FormulaType) {
    if case .category(let set) = type {
      self.init(Self.levels(column.values, set), missing: column.missing)
      return
    }
    let values: Values
    switch column.values {
    case .numbers(let list): values = .numbers(list)
    case .wholeNumbers(let list): values = .wholes(list)
    case .texts(let codes, let pool): values = .texts(codes, pool)
    case .dates(let list): values = .wholes(list.map { Int64($0) })
    case .times(let list), .dateTimes(let list): values = .wholes(list)
    case .booleans(let list): values = .booleans(list)
    }
    self.init(values, missing: column.missing)
  }

  /// Values as places in a set of levels, to which codes that it lacks are added.
  private static func levels(_ values: ColumnValues, _ set: LevelSet) -> Values {
    var set = set
    func place(_ code: String) -> Int32 {
      if let known = set.index(of: code) { return Int32(known) }
      set.codes.append(code)
      set.labels.append(nil)
      return Int32(set.codes.count - 1)
    }
    switch values {
    case .texts(let codes, let pool):
      if pool.texts == set.codes {
        return .levels(codes.map { Int32(bitPattern: $0) }, set)
      }
      var places: [Int32] = []
      if pool.count > 64 {
        var known: [String: Int32] = [:]
        for (index, label) in set.labels.enumerated() {
          if let label { known[label] = Int32(index) }
        }
        for (index, code) in set.codes.enumerated() { known[code] = Int32(index) }
        for text in pool.texts {
          if let index = known[text] {
            places.append(index)
          } else {
            set.codes.append(text)
            set.labels.append(nil)
            places.append(Int32(set.codes.count - 1))
          }
        }
      } else {
        places = pool.texts.map(place)
      }
      return .levels(codes.map { Int($0) < places.count ? places[Int($0)] : 0 }, set)
    case .wholeNumbers(let list):
      var known: [Int64: Int32] = [:]
      let codes = list.map { value -> Int32 in
        if let index = known[value] { return index }
        let index = place(String(value))
        known[value] = index
        return index
      }
      return .levels(codes, set)
    case .numbers(let list):
      var known: [Double: Int32] = [:]
      let codes = list.map { value -> Int32 in
        if let index = known[value] { return index }
        let index = place(
          value == value.rounded() && abs(value) < 9e15 ? String(Int(value)) : String(value))
        known[value] = index
        return index
      }
      return .levels(codes, set)
    default: return .levels(Array(repeating: 0, count: values.count), set)
    }
  }

  /// The values as a column to store; durations become numbers of days.
  func column(named name: String, type: FormulaType, rowCount: Int) -> Column {
    let whole = spread(over: rowCount)
    let values: ColumnValues
    var form = WrittenForm.text
    switch type {
    case .number:
      values = .numbers(whole.numbers)
      form = .number(NumberForm(decimals: 17))
    case .whole:
      values = .wholeNumbers(whole.wholes)
      form = .number(NumberForm())
    case .boolean:
      values = .booleans(whole.booleans)
      form = .boolean(true: "true", false: "false")
    case .text, .missing:
      values = .texts(codes: whole.texts.codes, pool: whole.texts.pool)
    case .category:
      if case .levels(let codes, let set) = whole.values {
        values = .texts(codes: codes.map { UInt32(bitPattern: $0) }, pool: TextPool(set.codes))
      } else {
        values = .texts(codes: whole.texts.codes, pool: whole.texts.pool)
      }
    case .date:
      // A date that no file can hold is missing already, see `bounded`.
      values = .dates(whole.wholes.map { Int32(truncatingIfNeeded: $0) })
      form = .calendar(pattern: "yyyy-MM-dd")
    case .dateTime:
      values = .dateTimes(whole.wholes)
      form = .calendar(pattern: "yyyy-MM-dd HH:mm:ss")
    case .time:
      values = .times(whole.wholes)
      form = .calendar(pattern: "HH:mm:ss")
    case .duration:
      values = .numbers(whole.wholes.map { Double($0) / Double(DurationUnit.day) })
      form = .number(NumberForm(decimals: 17))
    }
    return Column(name: name, values: values, missing: whole.missing, form: form)
  }
}
