// SPDX-License-Identifier: Apache-2.0
package import Tables

/// How many decimals numbers need that came without a written form.
package enum DecimalPlaces {
  /// The most that are told from full precision.
  private static let most = 12
  private static let powers: [Double] = (0...most).map {
    (0..<$0).reduce(1.0) { power, _ in power * 10 }
  }

  /// The form of numbers: as many decimals as each needs, or 17 for full precision.
  package static func form(of numbers: some Sequence<Double>) -> NumberForm {
    var decimals = 0
    for number in numbers where decimals <= most {
      decimals = count(of: number, atLeast: decimals)
    }
    return form(decimals)
  }

  /// The form of numbers that need some decimals.
  package static func form(_ decimals: Int) -> NumberForm {
    NumberForm(decimals: decimals > most ? 17 : decimals)
  }

  /// How many decimals a number needs, if others need some already; more than the most where it needs
  /// full precision.
  package static func count(of number: Double, atLeast least: Int) -> Int {
    var decimals = least
    while decimals <= most, !has(number, decimals) { decimals += 1 }
    return decimals
  }

  private static func has(_ number: Double, _ decimals: Int) -> Bool {
    let power = powers[decimals]
    let scaled = number * power
    return scaled.magnitude < 9e15 && scaled.rounded() / power == number
  }
}
