// SPDX-License-Identifier: Apache-2.0
import Tables

/// Copies within what is unpacked; the caller has checked that all of it lies inside.
enum LongCopy {
  @inline(__always)
  static func copy(
    _ input: UnsafeBufferPointer<UInt8>, _ from: Int,
    into output: UnsafeMutableBufferPointer<UInt8>,
    _ to: Int, _ count: Int
  ) {
    guard count > 0, let source = input.baseAddress, let target = output.baseAddress else { return }
    (target + to).initialize(from: source + from, count: count)
  }

  /// Copies bytes that came out before; where both stretches overlap, what was just written repeats.
  @inline(__always)
  static func again(
    _ output: UnsafeMutableBufferPointer<UInt8>, from: Int, to: Int, _ count: Int
  ) {
    guard let base = output.baseAddress else { return }
    if to - from >= count {
      (base + to).initialize(from: base + from, count: count)
    } else {
      for index in 0..<count { base[to + index] = base[from + index] }
    }
  }
}

/// The error for bytes that do not unpack.
enum PackingDamage {
  static func error(_ name: String) -> DataError {
    DataError(
      "the packed bytes are damaged or cut short", file: name,
      remedy: "Get the file again from where it came from.")
  }
}
