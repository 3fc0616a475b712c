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
  private var pluses = 0
  private var positives = 0
  private var missingZeros = 0
  private var fractions = 0

  @inline(__always)
  mutating func add(_ number: NumberParser.Number) {
    count += 1
    if number.decimals < fewest { fewest = number.decimals }
    if number.decimals > most { most = number.decimals }
    if number.value > 0 { positives += 1 }
    if number.hasPlus { pluses += 1 }
    if number.isExponential { exponentials += 1 }
    guard number.decimals > 0 else { return }
    if number.value > -1, number.value < 1, !number.isExponential { fractions += 1 }
    if number.lacksZero { missingZeros += 1 }
    guard number.endsInZero else { return }
    trailingZeros += 1
    if number.decimals == 1 { pointZeros += 1 }
  }

  /// Whether plus signs are those of numbers: all of them above zero, beside some below or at zero.
  ///
  /// A column in which each number has one holds telephone numbers or the like.
  var signsAgree: Bool { pluses == 0 || (pluses == positives && positives < count) }

  private var isFixed: Bool { fewest == most && most > 0 && (most > 1 || exponentials == 0) }
  private var keepsPointZero: Bool {
    fewest >= 1 && most > 1 && trailingZeros == pointZeros && exponentials == 0
  }
  private var omitsZero: Bool { missingZeros > 0 && missingZeros == fractions }

  /// Whether no one form writes all numbers as they were.
  var isIrregular: Bool {
    let isRegular = isFixed || keepsPointZero || (trailingZeros == 0 && exponentials == 0)
    return !isRegular || (missingZeros > 0 && !omitsZero)
  }

  func form(_ form: NumberForm) -> NumberForm {
    var form = form
    form.decimals = exponentials > 0 ? 17 : most
    form.hasFixedDecimals = isFixed
    form.keepsPointZero = !isFixed && keepsPointZero
    form.showsPlus = pluses > 0
    form.omitsZero = omitsZero
    return form
  }
}
