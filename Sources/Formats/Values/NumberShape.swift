// SPDX-License-Identifier: Apache-2.0
import Tables

/// How the numbers of a column are written, gathered while they are read.
struct NumberShape {
  private(set) var count = 0
  private var fewest = Int.max
  private var most = 0
  private var trailingZeros = 0
  private var pointZeros = 0
  private var exponentials = 0

  @inline(__always)
  mutating func add(_ number: NumberParser.Number) {
    count += 1
    if number.decimals < fewest { fewest = number.decimals }
    if number.decimals > most { most = number.decimals }
    if number.isExponential { exponentials += 1 }
    guard number.endsInZero else { return }
    trailingZeros += 1
    if number.decimals == 1 { pointZeros += 1 }
  }

  private var isFixed: Bool { fewest == most && most > 0 && (most > 1 || exponentials == 0) }
  private var keepsPointZero: Bool {
    fewest >= 1 && most > 1 && trailingZeros == pointZeros && exponentials == 0
  }

  /// Whether no one form writes all numbers as they were.
  var isIrregular: Bool {
    !isFixed && !(keepsPointZero || (trailingZeros == 0 && exponentials == 0))
  }

  func form(_ form: NumberForm) -> NumberForm {
    var form = form
    form.decimals = exponentials > 0 ? 17 : most
    form.hasFixedDecimals = isFixed
    form.keepsPointZero = !isFixed && keepsPointZero
    return form
  }
}
