// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

extension ColumnarValues {
  /// Appends the values of a page, which has one for each row that is not null.
  ///
  /// - Returns: Whether there were as many as rows that are not null.
  mutating func append(_ page: ParquetPageValues, rowCount: Int, present: [Bool]?) -> Bool {
    defer { count += rowCount }
    if let present {
      if nulls.isEmpty { nulls = [UInt8](repeating: 0, count: count) }
      nulls += present.map { $0 ? 0 : 1 }
    } else if !nulls.isEmpty {
      nulls += [UInt8](repeating: 0, count: rowCount)
    }
    switch (store, page) {
    case (.integers(var list), .integers(let values)):
      store = .numbers([])
      let isWhole = Self.append(values, to: &list, rowCount, present, zero: 0)
      store = .integers(list)
      return isWhole
    case (.numbers(var list), .numbers(let values)):
      store = .integers([])
      let isWhole = Self.append(values, to: &list, rowCount, present, zero: 0)
      store = .numbers(list)
      return isWhole
    case (.texts(var list, var texts), .texts(let values)):
      store = .integers([])
      let codes = values.codes(in: &texts)
      let isWhole = Self.append(codes, to: &list, rowCount, present, zero: 0)
      store = .texts(list, texts)
      return isWhole
    default: return false
    }
  }

  private static func append<Value>(
    _ values: [Value], to list: inout [Value], _ rowCount: Int, _ present: [Bool]?, zero: Value
  ) -> Bool {
    guard let present else {
      list += values
      return values.count == rowCount
    }
    var index = 0
    for isPresent in present {
      guard isPresent else {
        list.append(zero)
        continue
      }
      guard index < values.count else { return false }
      list.append(values[index])
      index += 1
    }
    return index == values.count
  }
}
