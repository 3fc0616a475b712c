// SPDX-License-Identifier: Apache-2.0

/// A set of Unicode scalars, as ascending ranges that do not touch.
struct ScalarSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  /// All scalars; surrogates are none.
  static let all = ScalarSet([0...0xD7FF, 0xE000...0x10FFFF])
  static let digits = ScalarSet([0x30...0x39])
  static let wordSigns = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let spaces = ScalarSet([0x09...0x0D, 0x20...0x20])
  static let lineEndings = ScalarSet([0x0A...0x0A, 0x0D...0x0D])
  /// What is drawn from a set that was written as "all but": printable ASCII.
  static let printable = ScalarSet([0x20...0x7E])

  var isEmpty: Bool { ranges.isEmpty }

  /// The number of scalars.
  var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

  func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  var inverted: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    for whole in ScalarSet.all.ranges {
      var start = whole.lowerBound
      for range in ranges where range.upperBound >= whole.lowerBound {
        guard range.lowerBound <= whole.upperBound else { break }
        if range.lowerBound > start { result.append(start...range.lowerBound - 1) }
        start = max(start, range.upperBound + 1)
      }
      if start <= whole.upperBound { result.append(start...whole.upperBound) }
    }
    return ScalarSet(result)
  }

  func intersection(_ other: ScalarSet) -> ScalarSet { inverted.union(other.inverted).inverted }

  /// The scalar at a place, in ascending order.
  func scalar(at place: Int) -> Unicode.Scalar {
    var rest = UInt32(place)
    for range in ranges {
      let size = range.upperBound - range.lowerBound + 1
      if rest < size { return Unicode.Scalar(range.lowerBound + rest) ?? "?" }
      rest -= size
    }
    return "?"
  }
}
