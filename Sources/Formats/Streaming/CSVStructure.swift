// SPDX-License-Identifier: Apache-2.0
import Tables

/// What one walk through a delimited text under some signs found: its shape and where it is at fault.
struct CSVStructure {
  let signs: FieldSigns
  var shape: StreamShape
  var traits = FieldIndex.Traits()
  var sample: RowSample
  /// Where a line has more fields than any table.
  var endlessLine: Int?
  var textSize = 0

  init(_ signs: FieldSigns, shape: StreamShape, sample: RowSample) {
    self.signs = signs
    self.shape = shape
    self.sample = sample
  }

  /// Where the signs do not fit: text after a closing quote, or a quote that never closes.
  var fault: Int? { traits.strayText ?? traits.openQuote }

  /// Takes the next records; `false` where going on can change nothing.
  mutating func take(_ block: inout RecordBlocks.Block) -> Bool {
    let next = block.index.traits
    let offset = block.offset
    traits.openQuote = traits.openQuote ?? next.openQuote.map { $0 + offset }
    traits.strayText = traits.strayText ?? next.strayText.map { $0 + offset }
    traits.hasPaddedStray = traits.hasPaddedStray || next.hasPaddedStray
    traits.lineFeeds += next.lineFeeds
    traits.pairs += next.pairs
    traits.carriageReturns += next.carriageReturns
    if next.isTooWide {
      endlessLine = offset + block.index.start(ofRecord: block.index.recordCount - 1)
    }
    guard endlessLine == nil, traits.strayText == nil else { return false }
    let (text, signs) = (block.text, signs)
    text.withUnsafeBufferPointer {
      shape.take(
        &block.index, LineReader(text: $0, signs: signs), offset: offset, sample: &sample)
    }
    return true
  }
}
