// SPDX-License-Identifier: Apache-2.0

/// Currency signs before numbers, and per cent signs and units after them.
enum UnitAffix {
  private static let prefixes = [
    "£", "$", "€", "¥", "₹", "US$", "A$", "C$", "GBP", "USD", "EUR", "CHF",
  ]
  private static let suffixes = [
    "%", "€", "£", "$", "kg", "g", "mg", "cm", "mm", "m", "km", "ml", "l", "lb", "lbs", "°C", "°F",
    "GBP", "USD", "EUR",
  ]

  /// What stands before and after the digits of a cell, where it is a known sign; else nothing.
  static func affixes(of cell: UnsafeBufferPointer<UInt8>) -> (prefix: String, suffix: String) {
    guard let first = cell.firstIndex(where: { $0 &- 0x30 < 10 }),
      let last = cell.lastIndex(where: { $0 &- 0x30 < 10 })
    else { return ("", "") }
    var before = String(decoding: cell[..<first], as: UTF8.self)
    while let sign = before.first, sign == "-" || sign == "+" { before.removeFirst() }
    while let sign = before.last, sign == "-" || sign == "." || sign == "," { before.removeLast() }
    let after = String(decoding: cell[(last + 1)...], as: UTF8.self)
    return (known(before, prefixes), known(after, suffixes))
  }

  private static func known(_ text: String, _ list: [String]) -> String {
    list.contains { text == $0 || text == $0 + " " || text == " " + $0 } ? text : ""
  }
}
