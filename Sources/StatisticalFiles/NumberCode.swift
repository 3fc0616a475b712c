// SPDX-License-Identifier: Apache-2.0

/// Numbers as the texts of codes, and the decimals they are written with.
enum NumberCode {
  /// The shortest text of a number: `-9`, `2.5`.
  static func text(_ number: Double) -> String {
    if number == number.rounded(), number.magnitude < 9e15 { return String(Int64(number)) }
    return String(number)
  }

  private static let powers: [Double] = (0...15).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  /// The fewest decimals, from a least number on, that give a value back; 17 if 12 are not enough.
  static func decimals(_ value: Double, atLeast least: Int) -> Int {
    var decimals = least
    while decimals <= 12 {
      let scaled = value.magnitude * powers[decimals]
      if scaled >= 9e15 { return 17 }
      if scaled.rounded() / powers[decimals] == value.magnitude { return decimals }
      decimals += 1
    }
    return 17
  }

  /// The shortest decimal that names a number of single precision, as a double.
  ///
  /// A file that holds 3.1 in four bytes means 3.1 and not 3.0999999046325684; written in four bytes
  /// again, the result gives the same bits.
  static func decimal(ofSingle value: Float) -> Double {
    let double = Double(value)
    if double == double.rounded() { return double }
    for decimals in 1...6 {
      let scaled = (double * powers[decimals]).rounded()
      guard scaled.magnitude < 9e15 else { break }
      let candidate = scaled / powers[decimals]
      if Float(candidate) == value { return candidate }
    }
    return Double(value.description) ?? double
  }
}
