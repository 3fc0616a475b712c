// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables
import Yams

/// Reads a column that is made by a pattern.
struct PatternReader {
  let file: SpecificationFile

  func maker(
    _ node: Node, length: Node?, _ unique: Node?
  ) throws(DataError) -> Specification.Maker {
    guard let text = node.scalar?.string else {
      throw file.problem("the pattern is no text", node, "Put it into quotes.")
    }
    let pattern = try TextPattern(text, at: file.place(of: node))
    var lengths: ClosedRange<Int>?
    if let length {
      guard let list = length.sequence, list.count == 2,
        let low = list[0].string.flatMap({ Int($0) }),
        let high = list[1].string.flatMap({ Int($0) }), low >= 0, low <= high
      else { throw file.problem("`length` is no range", length, "Write `length: [5, 10]`.") }
      lengths = low...high
    }
    let sampler = try PatternSampler(pattern, lengths: lengths, at: file.place(of: node))
    guard let unique, unique.bool == true else { return .pattern(sampler) }
    guard let size = sampler.languageSize, size < 0x1p53 else {
      throw file.problem(
        "the pattern has no end of texts, or more than can be counted", unique,
        "Bound it, as `[A-Z]{2}[0-9]{6}`, or by `length: [5, 8]`.")
    }
    return .permuted(sampler, count: Int(size))
  }
}
