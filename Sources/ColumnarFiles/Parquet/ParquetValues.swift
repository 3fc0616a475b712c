// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// The values of a column as they are gathered from pages: one a row, with zero where it is null.
struct ParquetValues {
  enum Store {
    /// Whole numbers, truth values, dates and times.
    case integers([Int64])
    case numbers([Double])
    /// Texts and bytes, each kept once.
    case texts([UInt32], DistinctTexts)
  }

  private(set) var store: Store
  /// 1 where a row is null; empty as long as none is.
  private(set) var nulls: [UInt8] = []
  private(set) var count = 0

  init(_ physical: ParquetPhysicalType, rowCount: Int) {
    let room = min(rowCount, 1 << 24)
    switch physical {
    case .boolean, .int32, .int64, .int96:
      var list: [Int64] = []
      list.reserveCapacity(room)
      store = .integers(list)
    case .float, .double:
      var list: [Double] = []
      list.reserveCapacity(room)
      store = .numbers(list)
    case .bytes, .fixedBytes:
      var list: [UInt32] = []
      list.reserveCapacity(room)
      store = .texts(list, DistinctTexts())
    }
  }

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

/// The values of one page, nulls left out.
enum ParquetPageValues {
  case integers([Int64])
  case numbers([Double])
  case texts(ParquetTexts)
}

/// Texts of a page: stretches of bytes, and where a dictionary was used, which of them each row has.
struct ParquetTexts {
  var bytes: [UInt8]
  var ranges: [Range<Int>]
  var indices: [UInt32]?

  /// The numbers of the texts in a pool that takes those it lacks.
  func codes(in texts: inout DistinctTexts) -> [UInt32] {
    let numbers = bytes.withUnsafeBufferPointer { bytes in
      ranges.map { texts.number(of: UnsafeBufferPointer(rebasing: bytes[$0])) }
    }
    return indices.map { $0.map { numbers[Int($0)] } } ?? numbers
  }
}
