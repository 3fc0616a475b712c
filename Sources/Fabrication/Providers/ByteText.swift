// SPDX-License-Identifier: Apache-2.0
import Randomness

extension [UInt8] {
  mutating func append(text: StaticString) {
    append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(digits count: Int, _ stream: inout RandomStream) {
    for _ in 0..<count { append(0x30 + UInt8(Draws.integer(below: 10, using: &stream))) }
  }

  mutating func append(number: Int, width: Int = 1) {
    var digits: [UInt8] = []
    var rest = number
    while rest > 0 || digits.count < width {
      digits.append(0x30 + UInt8(rest % 10))
      rest /= 10
    }
    append(contentsOf: digits.reversed())
  }

  mutating func append(oneOf letters: StaticString, _ stream: inout RandomStream) {
    append(
      letters.utf8Start[Draws.integer(below: letters.utf8CodeUnitCount, using: &stream)])
  }

  /// Appends ASCII letters in lower case.
  mutating func append(lowered letters: [UInt8]) {
    for letter in letters { append(letter >= 0x41 && letter <= 0x5A ? letter | 0x20 : letter) }
  }
}
