// SPDX-License-Identifier: Apache-2.0

/// Numbers as a reader wants them: few digits, thin groups, a unit.
enum Figure {
  /// A number with so many digits after the point.
  static func fixed(_ value: Double, _ places: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "–" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let units = Int64((abs(value) * scale).rounded())
    let sign = value < 0 && units != 0 ? "−" : ""
    guard places > 0 else { return sign + grouped(units) }
    let whole = Int64(scale)
    let rest = String(units % whole)
    return sign + grouped(units / whole) + "."
      + String(repeating: "0", count: places - rest.count) + rest
  }

  /// A whole number with thin spaces between groups of three digits.
  static func count(_ value: Int) -> String { (value < 0 ? "−" : "") + grouped(Int64(abs(value))) }

  /// A share as a percentage: `0.42 %`, `12.3 %`; the smallest are `under 0.01 %`.
  ///
  /// The space does not break, so that the sign never begins a line.
  static func percent(ofShare share: Double) -> String { percent(share * 100) }

  /// A percentage.
  static func percent(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let size = abs(value)
    if size == 0 { return "0\u{A0}%" }
    if size < 0.01 { return "under 0.01\u{A0}%" }
    return fixed(value, size < 1 ? 2 : 1) + "\u{A0}%"
  }

  /// A number of any size with about four significant digits.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let size = abs(value)
    if size == 0 { return "0" }
    if size >= 1e15 || size < 1e-4 { return exponential(value) }
    if value == value.rounded(), size < 1e6 { return fixed(value, 0) }
    return fixed(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4)
  }

  /// A coordinate of a drawing.
  static func place(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let rest = abs(tenths) % 10
    let whole = (tenths < 0 ? "-" : "") + String(abs(tenths) / 10)
    return rest == 0 ? whole : whole + "." + String(rest)
  }

  private static func exponential(_ value: Double) -> String {
    var size = abs(value)
    var power = 0
    while size >= 10 { (size, power) = (size / 10, power + 1) }
    while size < 1 { (size, power) = (size * 10, power - 1) }
    // What rounds up to 10 has a digit too many.
    if (size * 100).rounded() >= 1000 { (size, power) = (1, power + 1) }
    return (value < 0 ? "−" : "") + fixed(size, 2) + "e" + (power < 0 ? "−" : "")
      + String(abs(power))
  }

  private static func grouped(_ value: Int64) -> String {
    let digits = String(value)
    guard digits.count > 4 else { return digits }
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += "\u{202F}" }
      text.append(digit)
    }
    return text
  }
}
