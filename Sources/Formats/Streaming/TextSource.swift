// SPDX-License-Identifier: Apache-2.0
import Tables

/// The text of a file as UTF-8, piece by piece, from whatever encoding it has.
final class TextSource {
  /// How a file's characters became bytes.
  struct Coding {
    var encoding: CSVDialect.Encoding
    var hasByteOrderMark: Bool
    /// How many bytes at the start of the file are no text.
    var markSize: Int
  }

  private let source: any ByteSource
  private let coding: Coding
  private var skipped = 0
  /// Bytes of a character that is not whole yet.
  private var rest: [UInt8] = []
  private let checksUTF8: Bool
  /// Whether bytes were met that are no UTF-8.
  private(set) var isBroken = false

  /// How many bytes of the file were read so far.
  var bytesRead: Int { source.bytesRead }

  /// Creates a source of text.
  ///
  /// - Parameters:
  ///   - checksUTF8: Whether to look whether all bytes are UTF-8.
  init(_ source: any ByteSource, coding: Coding, checksUTF8: Bool) {
    self.source = source
    self.coding = coding
    self.checksUTF8 = checksUTF8 && coding.encoding == .utf8
  }

  /// The next stretch of text, perhaps without a character; `nil` at the end.
  func next(_ count: Int) throws(DataError) -> [UInt8]? {
    guard var bytes = try source.next(count) else {
      guard !rest.isEmpty else { return nil }
      if checksUTF8 { isBroken = true }
      defer { rest = [] }
      return decoded(rest, isLast: true)
    }
    if skipped < coding.markSize {
      let gone = min(coding.markSize - skipped, bytes.count)
      skipped += gone
      bytes.removeFirst(gone)
    }
    return decoded(bytes, isLast: false)
  }

  private func decoded(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    switch coding.encoding {
    case .utf8:
      if checksUTF8, !isLast { check(bytes) }
      return bytes
    case .windows1252: return TextDecoding.utf8(fromWindows1252: bytes)
    case .utf16LittleEndian, .utf16BigEndian:
      let all = isLast ? bytes : rest + bytes
      let isLittle = coding.encoding == .utf16LittleEndian
      var end = all.count / 2 * 2
      // A pair of units stays together.
      if !isLast, end >= 2, all[isLittle ? end - 1 : end - 2] & 0xFC == 0xD8 { end -= 2 }
      if !isLast { rest = Array(all[end...]) }
      return TextDecoding.utf8(fromUTF16: all[..<end], isLittleEndian: isLittle)
    }
  }

  /// Looks whether bytes are UTF-8; those of a last character that is not whole wait for the next ones.
  private func check(_ bytes: [UInt8]) {
    let all = rest.isEmpty ? bytes : rest + bytes
    let end = TextDecoding.wholeCharacters(all)
    rest = Array(all[end...])
    if !TextDecoding.isUTF8(end == all.count ? all : Array(all[..<end])) { isBroken = true }
  }
}
