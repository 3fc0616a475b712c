// SPDX-License-Identifier: Apache-2.0
import Tables

/// Takes records out of blocks that hold no row: comments, blank lines and titles.
struct RowFilter {
  /// The number of fields that most records have.
  let commonWidth: Int
  /// How many titles are still to come.
  var titlesLeft: Int

  /// What was taken out of a block.
  struct Gone {
    /// How many comments.
    var commentCount = 0
    /// Where the first comment or blank line starts in the text.
    var firstAside: Int?
    /// How many titles.
    var titleCount = 0
    /// Where the first title starts in the text.
    var firstTitle: Int?
  }

  mutating func apply(to index: inout FieldIndex, _ lines: LineReader) -> Gone {
    var result = Gone()
    guard commonWidth > 1 else { return result }
    var gone: [Int] = []
    for record in 0..<index.recordCount {
      if index.fieldCount(ofRecord: record) < commonWidth {
        let isComment = lines.startsWithHash(index, record)
        if isComment
          || (index.fieldCount(ofRecord: record) == 1 && lines.isBlank(index, record))
        {
          if isComment { result.commentCount += 1 }
          result.firstAside = result.firstAside ?? index.start(ofRecord: record)
          gone.append(record)
          continue
        }
      }
      if titlesLeft > 0 {
        titlesLeft -= 1
        result.titleCount += 1
        result.firstTitle = result.firstTitle ?? index.start(ofRecord: record)
        gone.append(record)
      }
    }
    index.remove(records: gone)
    return result
  }
}
