// SPDX-License-Identifier: Apache-2.0
import Studies

/// Times and date-times as the server writes them: fractions as long as they need, UTC as `+00`.
enum PostgresMoment {
  /// Microseconds since midnight.
  static func time(_ text: String) -> Int64? {
    // 24:00:00 is a time of the server's, and none of ours.
    guard let moment = ISOMoment("1970-01-01 " + padded(text)) else { return nil }
    return moment.microseconds
  }

  /// Microseconds since 1970.
  static func stamp(_ text: String) -> Int64? {
    let plain = text.hasSuffix("+00") ? String(text.dropLast(3)) : text
    guard let moment = ISOMoment(padded(plain)), moment.hasTime else { return nil }
    return Int64(moment.days) * 86_400_000_000 + moment.microseconds
  }

  /// A text whose fraction, if it has one, has six digits.
  private static func padded(_ text: String) -> String {
    guard let point = text.lastIndex(of: ".") else { return text }
    let digits = text[text.index(after: point)...].count
    return text + String(repeating: "0", count: max(0, 6 - digits))
  }

  /// The part of a pattern for what is below a second.
  static func fraction(_ list: [Int64]) -> String {
    if list.allSatisfy({ $0 % 1_000_000 == 0 }) { return "" }
    return list.allSatisfy { $0 % 1000 == 0 } ? ".SSS" : ".SSSSSS"
  }
}
