// SPDX-License-Identifier: Apache-2.0

/// Finds out by which sign fields are parted, and by which they are quoted.
///
/// Each candidate splits the head of the file; the one under which most records agree on a number of
/// fields of two or more wins, and among equals the one with more fields.
struct DialectSniffer {
  private static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  private static let headSize = 1 << 16
  private static let headRecords = 500

  let text: UnsafeBufferPointer<UInt8>

  /// The sign between fields and the sign around them.
  func signs(delimiter: UInt8?, quote: UInt8?) -> FieldSigns {
    let head = wholeLines()
    var best = FieldSigns(delimiter: delimiter ?? 0x2C, quote: quote ?? 0x22)
    var bestScore = -1.0
    for sign in delimiter.map({ [$0] }) ?? Self.delimiters + [0x20] {
      for mark in quote.map({ [$0] }) ?? [0x22, 0x27] {
        if quote == nil, mark == 0x27, !opensFields(head, sign, mark) { continue }
        let score = score(head, sign, mark)
        if score > bestScore {
          bestScore = score
          best = FieldSigns(delimiter: sign, quote: mark)
        }
      }
    }
    return best
  }

  private func wholeLines() -> UnsafeBufferPointer<UInt8> {
    guard text.count > Self.headSize else { return text }
    var end = Self.headSize
    while end > 1, text[end - 1] != 0x0A, text[end - 1] != 0x0D { end -= 1 }
    return UnsafeBufferPointer(rebasing: text[0..<(end > 1 ? end : Self.headSize)])
  }

  /// Whether a mark begins and ends several fields, so that it is no apostrophe.
  private func opensFields(
    _ head: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, _ mark: UInt8
  ) -> Bool {
    var opened = 0
    var closed = 0
    for index in head.indices where head[index] == mark {
      let before = index == 0 ? 0x0A : head[index - 1]
      let after = index + 1 == head.count ? 0x0A : head[index + 1]
      if before == delimiter || before == 0x0A || before == 0x0D { opened += 1 }
      if after == delimiter || after == 0x0A || after == 0x0D { closed += 1 }
    }
    return opened > 1 && opened == closed
  }

  private func score(
    _ head: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, _ quote: UInt8
  ) -> Double {
    let index = FieldIndex(
      head, signs: FieldSigns(delimiter: delimiter, quote: quote), limit: Self.headRecords)
    guard index.recordCount > 0 else { return 0 }
    var counts: [Int: Int] = [:]
    for record in 0..<index.recordCount {
      counts[index.fieldCount(ofRecord: record), default: 0] += 1
    }
    guard
      let (fields, records) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
      fields > 1
    else { return delimiter == 0x2C ? 0.01 : 0 }
    let share = Double(records) / Double(index.recordCount)
    // Quoted fields that begin where this sign says fields begin speak for it.
    let quoted = min(
      Double(index.traits.quotedCount) / Double(max(index.marks.count - index.recordCount, 1)), 1)
    let openPenalty = index.traits.openQuote == nil ? 0.0 : 0.5
    let spacePenalty = delimiter == 0x20 ? 0.3 : 0
    let width = 1 - 1 / Double(fields + 1)
    return share * share + 0.1 * width + 0.2 * quoted - openPenalty - spacePenalty
  }
}
