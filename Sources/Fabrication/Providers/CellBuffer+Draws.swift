// SPDX-License-Identifier: Apache-2.0

extension CellBuffer {
  /// Appends so many random digits.
  @inline(__always)
  mutating func append(digits count: Int, _ draws: inout SmallDraws) {
    var left = count
    while left > 4 {
      append(number: draws.index(below: 10_000), width: 4)
      left -= 4
    }
    let bounds = (1, 10, 100, 1000, 10_000)
    let bound =
      switch left {
      case 0: bounds.0
      case 1: bounds.1
      case 2: bounds.2
      case 3: bounds.3
      default: bounds.4
      }
    if left > 0 { append(number: draws.index(below: bound), width: left) }
  }

  /// Appends one of some ASCII signs.
  @inline(__always)
  mutating func append(oneOf signs: StaticString, _ draws: inout SmallDraws) {
    append(signs.utf8Start[draws.index(below: signs.utf8CodeUnitCount)])
  }
}
