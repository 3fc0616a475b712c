// SPDX-License-Identifier: Apache-2.0

/// The texts that cells of a workbook share, numbered as they come up.
struct SharedTexts {
  private var places: [String: Int] = [:]
  private var items: [UInt8] = []
  /// How many texts were too long for a cell, and cut.
  private(set) var cutCount = 0

  /// The number of a text.
  mutating func place(of text: String) -> Int {
    if let place = places[text] { return place }
    let place = places.count
    places[text] = place
    var kept = text
    if text.utf8.count > CellText.lengthLimit, text.utf16.count > CellText.lengthLimit {
      cutCount += 1
      kept = String(text.prefix(CellText.lengthLimit / 2))
    }
    items += Array("<si><t xml:space=\"preserve\">".utf8)
    CellText.append(kept, to: &items)
    items += Array("</t></si>".utf8)
    return place
  }

  /// The part that holds them.
  func part() -> [UInt8] {
    let head =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      + "<sst xmlns=\"\(WorkbookWriting.namespace)\" uniqueCount=\"\(places.count)\">"
    return Array(head.utf8) + items + Array("</sst>".utf8)
  }

  /// Whether a spreadsheet program would take a text for a formula if it were typed.
  static func looksLikeFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    return first == 0x3D || first == 0x2B || first == 0x2D || first == 0x40 || first == 0x09
      || first == 0x0D
  }
}
