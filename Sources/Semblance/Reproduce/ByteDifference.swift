// SPDX-License-Identifier: Apache-2.0

/// The first place at which two files differ.
struct ByteDifference {
  /// The place in words: line, position in it, and byte.
  let words: String

  /// Compares what should be there with what is; `nil` if they are equal.
  init?(_ expected: [UInt8], _ found: [UInt8]) {
    guard expected != found else { return nil }
    let shared = min(expected.count, found.count)
    let place = (0..<shared).first { expected[$0] != found[$0] } ?? shared
    var line = 1
    var start = 0
    for index in 0..<place where expected[index] == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    let size =
      expected.count == found.count ? "" : "; \(found.count) bytes in place of \(expected.count)"
    words =
      "differs from byte \(place + 1) on (line \(line), byte \(place - start + 1) of it)\(size)"
  }
}
