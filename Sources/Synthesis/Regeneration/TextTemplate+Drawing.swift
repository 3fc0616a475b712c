// SPDX-License-Identifier: Apache-2.0
import Randomness

extension TextTemplate {
  /// A text of one of some shapes, each picked by its weight.
  ///
  /// - Parameters:
  ///   - code: For distinct texts, the number that only this row has; its digits fill the stretches.
  static func text(
    from templates: [TextTemplate], code: DistinctCode?,
    using generator: inout some RandomNumberGenerator
  ) -> String {
    let chosen = pick(templates, by: \.weight, using: &generator)
    guard let chosen else { return "" }
    var pieces: [(fixed: String, alphabets: [[UInt8]])] = chosen.slots.map { slot in
      let total = slot.otherWeight + slot.common.reduce(0) { $0 + $1.weight }
      var rest = Draws.uniform(using: &generator) * total
      for entry in slot.common {
        if rest < entry.weight { return (entry.text, []) }
        rest -= entry.weight
      }
      guard slot.otherWeight > 0, slot.longest > 0 || !slot.prefix.isEmpty else {
        return (slot.common.last?.text ?? "", [])
      }
      let length =
        slot.shortest + Draws.integer(below: slot.longest - slot.shortest + 1, using: &generator)
      return (slot.prefix, slot.alphabets(length: length))
    }
    if let code {
      code.lengthen(&pieces)
      return code.text(pieces, using: &generator)
    }
    var bytes: [UInt8] = []
    for piece in pieces {
      bytes += Array(piece.fixed.utf8)
      for alphabet in piece.alphabets {
        bytes.append(alphabet[Draws.integer(below: alphabet.count, using: &generator)])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func pick(
    _ templates: [TextTemplate], by weight: (TextTemplate) -> Double,
    using generator: inout some RandomNumberGenerator
  ) -> TextTemplate? {
    var rest = Draws.uniform(using: &generator) * templates.reduce(0) { $0 + weight($1) }
    for template in templates {
      if rest < weight(template) { return template }
      rest -= weight(template)
    }
    return templates.last
  }
}
