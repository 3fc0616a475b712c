// SPDX-License-Identifier: Apache-2.0
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Refuses what is no delimited text.
enum TextCheck {
  static func refuse(_ text: UnsafeBufferPointer<UInt8>, _ name: String) throws(DataError) {
    let blanks: Set<UInt8> = [0x0A, 0x0D, 0x20, 0x09]
    guard text.contains(where: { !blanks.contains($0) }) else {
      throw DataError(
        "the file is empty", file: name, remedy: "Give a file with a header and rows.")
    }
    guard let base = text.baseAddress, let zero = memchr(base, 0, text.count) else { return }
    let place = UnsafeRawPointer(zero) - UnsafeRawPointer(base)
    throw DataError(
      "the file holds a zero byte, so it is no text", file: name,
      line: LineReader.number(of: place, in: text), position: position(of: place, text),
      remedy: "Give a text file, or remove the zero bytes.")
  }

  /// The place of a byte in its line, counted from 1.
  static func position(of place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
    var start = place
    while start > 0, text[start - 1] != 0x0A, text[start - 1] != 0x0D { start -= 1 }
    return place - start + 1
  }
}
