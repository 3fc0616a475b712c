// SPDX-License-Identifier: Apache-2.0
import Tables

/// How much text may come out of a packed file that is read at once: a few packed bytes can stand for
/// billions.
///
/// Tables pack to a third, a tenth, at the most a hundredth of their size; what comes to less is made to
/// fill the memory, or is so regular that its owner can unpack it first.
struct UnpackingBounds {
  /// So many bytes of text may come out of any file.
  var free = 1 << 26
  /// How many times as long as the packed bytes a longer text may be.
  var greatestRatio = 200
  /// The most bytes of a line; the same as for a record of a text that is read block by block.
  var line = 1 << 28
  /// The most bytes of a text: as many as one that is not packed may have.
  var text = 0xFFFF_0000
  /// Where the last line begins.
  private var lineStart = 0

  /// Looks at a text after more of it came out.
  ///
  /// - Parameters:
  ///   - text: All of it so far.
  ///   - added: How many bytes of it are new.
  ///   - packedCount: Out of how many packed bytes it came.
  /// - Throws: `DataError` if it is too much.
  mutating func check(
    _ text: [UInt8], added: Int, packedCount: Int, name: String
  ) throws(DataError) {
    let unpack = "If you trust where it comes from, unpack it and give the unpacked file."
    guard text.count <= self.text else {
      throw DataError(
        "the file unpacks to more than \(self.text) bytes", file: name,
        remedy: "Unpack it yourself, if you trust where it comes from, and give a part of it.")
    }
    guard text.count <= max(free, greatestRatio * packedCount) else {
      throw DataError(
        "the file unpacks to more than \(greatestRatio) times its size: its first \(packedCount) "
          + "bytes to more than \(text.count)",
        file: name, remedy: unpack)
    }
    if let end = text[(text.count - added)...].lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      lineStart = end + 1
    }
    guard text.count - lineStart <= line else {
      throw DataError(
        "a line is longer than \(line >> 20) MiB", file: name,
        line: 1 + text[..<lineStart].count { $0 == 0x0A },
        remedy: "Check that the file has one record a line. " + unpack)
    }
  }
}
