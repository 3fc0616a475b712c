// SPDX-License-Identifier: Apache-2.0

/// A stretch of one real text, while shapes are counted.
struct TextStretch: Hashable {
  var kind: TextSlot.Kind
  var text: String

  /// How finely texts are told apart.
  enum Grain: CaseIterable {
    /// Runs of digits, of capitals and of small letters each count.
    case fine
    /// A run of letters and digits is one stretch.
    case coarse
  }

  /// Cuts a text into stretches.
  static func stretches(of text: String, grain: Grain) -> [TextStretch] {
    var runs: [(isPlain: Bool, signs: [Unicode.Scalar])] = []
    for sign in text.unicodeScalars {
      let isPlain = isDigit(sign) || sign.properties.isAlphabetic
      if isPlain, let last = runs.last, last.isPlain {
        runs[runs.count - 1].signs.append(sign)
      } else {
        runs.append((isPlain, [sign]))
      }
    }
    let isHexadecimal = isHexadecimal(runs)
    return runs.flatMap { run -> [TextStretch] in
      guard run.isPlain else { return [TextStretch(kind: .sign, text: string(run.signs))] }
      if isHexadecimal || (run.signs.count >= 16 && Self.isHexadecimal([run])) {
        let isSmall = !run.signs.contains { (65...70).contains($0.value) }
        return [
          TextStretch(
            kind: isSmall ? .hexadecimal : .capitalHexadecimal, text: string(run.signs))
        ]
      }
      return cut(run.signs, grain)
    }
  }

  /// Whether all runs are hexadecimal digits, with letters of one case among them, as in a UUID.
  private static func isHexadecimal(
    _ runs: [(isPlain: Bool, signs: [Unicode.Scalar])]
  ) -> Bool {
    var digits = 0
    var smalls = 0
    var capitals = 0
    for run in runs where run.isPlain {
      for sign in run.signs {
        switch sign.value {
        case 48...57: digits += 1
        case 65...70: capitals += 1
        case 97...102: smalls += 1
        default: return false
        }
      }
    }
    return digits > 0 && (smalls == 0) != (capitals == 0) && digits + smalls + capitals >= 16
  }

  private static func cut(_ signs: [Unicode.Scalar], _ grain: Grain) -> [TextStretch] {
    let digits = signs.count(where: isDigit)
    if grain == .coarse, digits > 0, digits < signs.count {
      let isSmall = signs.contains { $0.properties.isLowercase }
      return [TextStretch(kind: isSmall ? .smallCode : .capitalCode, text: string(signs))]
    }
    var stretches: [TextStretch] = []
    var start = 0
    while start < signs.count {
      let isNumber = isDigit(signs[start])
      var end = start + 1
      while end < signs.count, isDigit(signs[end]) == isNumber { end += 1 }
      let run = signs[start..<end]
      stretches.append(
        TextStretch(kind: isNumber ? .digits : letterKind(run), text: string(Array(run))))
      start = end
    }
    return stretches
  }

  private static func letterKind(_ run: ArraySlice<Unicode.Scalar>) -> TextSlot.Kind {
    if !run.contains(where: { !$0.properties.isUppercase }) { return .capitals }
    return run.first.map { $0.properties.isUppercase } == true ? .name : .word
  }

  private static func isDigit(_ sign: Unicode.Scalar) -> Bool { (48...57).contains(sign.value) }

  private static func string(_ signs: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: signs)
    return String(text)
  }
}
