// SPDX-License-Identifier: Apache-2.0

extension TextTemplate {
  /// The most stretches of a shape that is kept.
  private static let maximumSlotCount = 32
  /// The most shapes kept.
  private static let maximumTemplateCount = 40
  /// The most texts kept as they are in one stretch.
  private static let maximumCommonCount = 64

  /// Finds the shapes of texts that enough rows share; `nil` if half of the rows have a rare one.
  ///
  /// - Parameters:
  ///   - minimumCount: The fewest rows behind a shape, or behind a text that stays.
  ///   - isDistinct: Whether made-up texts must differ, so that none may meet one that stays.
  static func templates(
    of texts: [String], minimumCount: Int, isDistinct: Bool
  ) -> [TextTemplate]? {
    for grain in TextStretch.Grain.allCases {
      var rowsOfShape: [[TextStretch]: [[TextStretch]]] = [:]
      for text in texts {
        let stretches = TextStretch.stretches(of: text, grain: grain)
        guard stretches.count <= maximumSlotCount, !stretches.isEmpty else { continue }
        // Signs are part of the shape; of other stretches only the kind is.
        let shape = stretches.map { $0.kind == .sign ? $0 : TextStretch(kind: $0.kind, text: "") }
        rowsOfShape[shape, default: []].append(stretches)
      }
      let common = rowsOfShape.filter { $0.value.count >= minimumCount }
      let covered = common.reduce(0) { $0 + $1.value.count }
      guard covered > 0, covered * 2 >= texts.count else { continue }
      let templates = common.map { shape, rows in
        TextTemplate(
          slots: shape.indices.map { place in
            slot(
              shape[place].kind, rows.map { $0[place].text }, minimumCount: minimumCount,
              isDistinct: isDistinct)
          }, weight: Double(rows.count))
      }
      // Pictures may be alike, so what settles a tie is the whole shape.
      let keyed = templates.map { (template: $0, key: key(of: $0)) }
      return keyed.sorted { ($1.template.weight, $0.key) < ($0.template.weight, $1.key) }
        .prefix(maximumTemplateCount).map(\.template)
    }
    return nil
  }

  private static func key(of template: TextTemplate) -> String {
    template.slots.map { slot in
      slot.kind.rawValue + (slot.kind == .sign ? slot.common.first?.text ?? "" : "")
    }.joined(separator: "\u{1}")
  }

  private static func slot(
    _ kind: TextSlot.Kind, _ texts: [String], minimumCount: Int, isDistinct: Bool
  ) -> TextSlot {
    var counts: [String: Int] = [:]
    for text in texts { counts[text, default: 0] += 1 }
    var common: [TextSlot.Common] = []
    if kind != .hexadecimal, kind != .capitalHexadecimal {
      common = counts.filter { $0.value >= minimumCount }
        .map { TextSlot.Common(text: $0.key, weight: Double($0.value)) }
        .sorted { ($1.weight, $0.text) < ($0.weight, $1.text) }
      common = Array(common.prefix(maximumCommonCount))
    }
    var other = Double(texts.count) - common.reduce(0) { $0 + $1.weight }
    // A made-up word meets none that stays but by rare chance; a short number would.
    if isDistinct, other > 0, kind != .name, kind != .word {
      common = []
      other = Double(texts.count)
    }
    let stays = Set(common.map(\.text))
    let made = texts.filter { !stays.contains($0) }
    let isHexadecimal = kind == .hexadecimal || kind == .capitalHexadecimal
    let prefix = made.count >= minimumCount && !isHexadecimal ? sharedPrefix(of: made) : ""
    let lengths = made.map { $0.unicodeScalars.count - prefix.unicodeScalars.count }.sorted()
    let edge = lengths.count / 20
    return TextSlot(
      kind: kind, common: common, otherWeight: other, prefix: prefix,
      shortest: lengths.isEmpty ? 0 : lengths[edge],
      longest: lengths.isEmpty ? 0 : lengths[lengths.count - 1 - edge],
      startsWithZero: !prefix.isEmpty
        || texts.count { $0.hasPrefix("0") && $0 != "0" } >= minimumCount)
  }

  /// What all texts start with.
  private static func sharedPrefix(of texts: [String]) -> String {
    guard let first = texts.first else { return "" }
    var length = first.unicodeScalars.count
    for text in texts {
      length =
        zip(first.unicodeScalars.prefix(length), text.unicodeScalars)
        .prefix { $0 == $1 }.count
      if length == 0 { return "" }
    }
    var shared = String.UnicodeScalarView()
    shared.append(contentsOf: first.unicodeScalars.prefix(length))
    return String(shared)
  }
}
