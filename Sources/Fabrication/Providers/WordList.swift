// SPDX-License-Identifier: Apache-2.0

/// Words to choose from, kept as UTF-8 and drawn evenly.
struct WordList: Sendable {
  /// The words, each padded to whole vectors.
  private let vectors: [SIMD16<UInt8>]
  private let lengths: [UInt8]
  private let vectorsEach: Int

  /// Words between spaces.
  init(_ text: String) { self.init(lines: text.split(separator: " ").map(String.init)) }

  /// Words that may hold spaces; each of at most 255 bytes.
  init(lines: [String]) {
    let longest = lines.map(\.utf8.count).max() ?? 0
    precondition(longest <= 255 && !lines.isEmpty, "words have at most 255 bytes")
    let each = max(1, (longest + 15) / 16)
    var vectors = [SIMD16<UInt8>](repeating: .zero, count: lines.count * each)
    for (word, line) in lines.enumerated() {
      for (place, byte) in line.utf8.enumerated() {
        vectors[word * each + place / 16][place % 16] = byte
      }
    }
    vectorsEach = each
    lengths = lines.map { UInt8($0.utf8.count) }
    self.vectors = vectors
  }

  var count: Int { lengths.count }

  /// Appends the word of an index.
  @inline(__always)
  func append(_ word: Int, to cells: inout CellBuffer) {
    var rest = Int(lengths[word])
    var place = word &* vectorsEach
    while rest > 16 {
      cells.append(vectors[place], length: 16)
      place &+= 1
      rest &-= 16
    }
    cells.append(vectors[place], length: rest)
  }

  @inline(__always)
  func append(to cells: inout CellBuffer, _ draws: inout SmallDraws) {
    append(draws.index(below: lengths.count), to: &cells)
  }
}
