// SPDX-License-Identifier: Apache-2.0
import Formats
import Tables

/// The values of a column as they are gathered: one a row, with zero where it is null.
struct ColumnarValues {
  /// What values are kept as.
  enum Kind { case integers, numbers, texts }

  enum Store {
    /// Whole numbers, truth values, dates and times.
    case integers([Int64])
    case numbers([Double])
    /// Texts and bytes, each kept once.
    case texts([UInt32], DistinctTexts)
  }

  var store: Store
  /// 1 where a row is null; empty as long as none is.
  var nulls: [UInt8] = []
  var count = 0

  init(_ kind: Kind, rowCount: Int) {
    let room = min(rowCount, 1 << 24)
    switch kind {
    case .integers:
      var list: [Int64] = []
      list.reserveCapacity(room)
      store = .integers(list)
    case .numbers:
      var list: [Double] = []
      list.reserveCapacity(room)
      store = .numbers(list)
    case .texts:
      var list: [UInt32] = []
      list.reserveCapacity(room)
      store = .texts(list, DistinctTexts())
    }
  }

  /// Appends whole numbers, one a row and zero where it is null; no nulls at all where none is.
  mutating func append(_ values: [Int64], nulls: [UInt8]) {
    note(nulls, values.count)
    guard case .integers(var list) = store else { return }
    store = .numbers([])
    if list.isEmpty { list = values } else { list += values }
    store = .integers(list)
  }

  /// Appends numbers, one a row and zero where it is null.
  mutating func append(_ values: [Double], nulls: [UInt8]) {
    note(nulls, values.count)
    guard case .numbers(var list) = store else { return }
    store = .integers([])
    if list.isEmpty { list = values } else { list += values }
    store = .numbers(list)
  }

  /// Appends texts, by their numbers among those that are known.
  mutating func appendTexts(
    nulls: [UInt8], rowCount: Int,
    _ codes: (inout DistinctTexts) throws(DataError) -> [UInt32]
  ) throws(DataError) {
    guard case .texts(var list, var texts) = store else { return }
    store = .integers([])
    defer { store = .texts(list, texts) }
    let codes = try codes(&texts)
    note(nulls, rowCount)
    list += codes
  }

  private mutating func note(_ nulls: [UInt8], _ rowCount: Int) {
    defer { count += rowCount }
    guard !nulls.isEmpty || !self.nulls.isEmpty else { return }
    if self.nulls.isEmpty { self.nulls = [UInt8](repeating: 0, count: count) }
    self.nulls += nulls.isEmpty ? [UInt8](repeating: 0, count: rowCount) : nulls
  }
}
