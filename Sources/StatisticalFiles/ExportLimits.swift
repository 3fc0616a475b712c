// SPDX-License-Identifier: Apache-2.0

/// How much a version of a format can hold.
struct ExportLimits {
  /// The version that is written.
  let version: Int
  /// Bytes of a variable's name.
  let nameBytes: Int
  /// Characters of a variable's name.
  let nameCharacters: Int
  /// Bytes of a variable's label.
  let labelBytes: Int
  /// Characters of a variable's label.
  let labelCharacters: Int
  /// Bytes of a value's label.
  let valueLabelBytes: Int
  /// Bytes of a text that stands in the row.
  let textBytes: Int
  /// Bytes of the file's label.
  let fileLabelBytes: Int
  /// Bytes of a note; 0 where there are none.
  let noteBytes: Int
  /// Whether text may be in any script.
  let isUnicode: Bool

  static let spss = ExportLimits(
    version: 2, nameBytes: 64, nameCharacters: 64, labelBytes: 255, labelCharacters: 255,
    valueLabelBytes: 120, textBytes: 32_767, fileLabelBytes: 64, noteBytes: 80, isUnicode: true)
  static let portable = ExportLimits(
    version: 0, nameBytes: 8, nameCharacters: 8, labelBytes: 255, labelCharacters: 255,
    valueLabelBytes: 60, textBytes: 255, fileLabelBytes: 20, noteBytes: 0, isUnicode: false)

  static func stata(version: Int) -> ExportLimits {
    let isUnicode = version >= 118
    return ExportLimits(
      version: version, nameBytes: isUnicode ? 128 : 32, nameCharacters: 32,
      labelBytes: isUnicode ? 320 : 80, labelCharacters: 80, valueLabelBytes: 32_000,
      textBytes: version >= 117 ? 2045 : 244, fileLabelBytes: isUnicode ? 320 : 80,
      noteBytes: 60_000, isUnicode: isUnicode)
  }

  static func transport(version: Int) -> ExportLimits {
    ExportLimits(
      version: version, nameBytes: version == 5 ? 8 : 32, nameCharacters: version == 5 ? 8 : 32,
      labelBytes: version == 5 ? 40 : 256, labelCharacters: 256, valueLabelBytes: 0,
      textBytes: version == 5 ? 200 : 32_767, fileLabelBytes: 40, noteBytes: 0, isUnicode: true)
  }

  /// Cuts a text to a number of bytes and characters, never inside a character.
  static func cut(_ text: String, bytes: Int, characters: Int = .max) -> String {
    if text.utf8.count <= bytes, text.count <= characters { return text }
    var result = ""
    var used = 0
    for (place, character) in text.enumerated() {
      let size = character.utf8.count
      guard used + size <= bytes, place < characters else { break }
      result.append(character)
      used += size
    }
    return result
  }
}
