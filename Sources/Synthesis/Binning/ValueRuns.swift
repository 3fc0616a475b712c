// SPDX-License-Identifier: Apache-2.0

/// The distinct values of a column in ascending order, with how many rows have each.
struct ValueRuns {
  var values: [Double] = []
  var counts: [Double] = []

  /// Counts the values of the rows that are present.
  init(_ column: [Double], isMissing: (Int) -> Bool) {
    var keys: [UInt64] = []
    keys.reserveCapacity(column.count)
    for row in column.indices where !isMissing(row) {
      keys.append(Self.key(column[row]))
    }
    Self.sort(&keys)
    var index = 0
    while index < keys.count {
      var end = index + 1
      while end < keys.count, keys[end] == keys[index] { end += 1 }
      values.append(Self.value(keys[index]))
      counts.append(Double(end - index))
      index = end
    }
  }

  var total: Double { counts.reduce(0, +) }

  /// The runs of at least a weight, which take over the rows of their rarer neighbours.
  ///
  /// Codes of an ordered category are not to be filled in between: a level of few rows is never shown,
  /// and its rows count for the next common level above, or for the greatest.
  func keeping(atLeast weight: Double) -> ValueRuns {
    var kept = self
    let common = counts.indices.filter { counts[$0] >= weight }
    kept.values = common.map { values[$0] }
    kept.counts = common.map { counts[$0] }
    guard !common.isEmpty else { return kept }
    for index in counts.indices where counts[index] < weight {
      kept.counts[Binner.index(of: values[index], in: kept.values)] += counts[index]
    }
    return kept
  }

  /// A number whose unsigned order is the order of the values; −0 and 0 are one value.
  @inline(__always)
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 0 ? bits | (1 << 63) : ~bits
  }

  @inline(__always)
  private static func value(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }

  /// Sorts by eleven bits at a time, leaving out digits in which all keys agree.
  private static func sort(_ keys: inout [UInt64]) {
    guard keys.count > 256 else {
      keys.sort()
      return
    }
    var all: UInt64 = 0
    var common = UInt64.max
    for key in keys {
      all |= key
      common &= key
    }
    let varying = all ^ common
    var other = keys
    for shift in stride(from: 0, to: 64, by: 11) where (varying >> UInt64(shift)) & 2047 != 0 {
      var starts = [Int](repeating: 0, count: 2049)
      for key in keys { starts[Int((key >> UInt64(shift)) & 2047) + 1] += 1 }
      for digit in 0..<2048 { starts[digit + 1] += starts[digit] }
      keys.withUnsafeBufferPointer { source in
        other.withUnsafeMutableBufferPointer { destination in
          starts.withUnsafeMutableBufferPointer { starts in
            for key in source {
              let digit = Int((key >> UInt64(shift)) & 2047)
              destination[starts[digit]] = key
              starts[digit] &+= 1
            }
          }
        }
      }
      swap(&keys, &other)
    }
  }
}
