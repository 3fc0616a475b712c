// SPDX-License-Identifier: Apache-2.0

/// Ten bins of equal width over the range of the real values, with open ends.
///
/// The edges come from the real table alone: bins from each table's own range would let a shifted
/// copy look perfect.
struct EqualWidthBins: Sendable {
  /// The number of bins.
  static let count = 10

  private let low: Double
  private let width: Double

  /// Creates bins; a constant c gets the range c − ½ to c + ½, and no values the range 0 to 1.
  init(of real: [Double]) {
    var low = real.min() ?? 0
    var high = real.max() ?? 1
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    self.low = low
    let width = (high - low) / Double(Self.count)
    self.width = width.isFinite ? width : high / Double(Self.count) - low / Double(Self.count)
  }

  /// The bin of a value, from 0; a value on an edge belongs to the bin above it.
  func bin(of value: Double) -> Int {
    let last = Self.count - 1
    guard width > 0 else { return value < low ? 0 : last }
    let guess = (value - low) / width
    var bin = guess <= 0 ? 0 : guess >= Double(last) ? last : Int(guess)
    // Division and multiplication may disagree about a value on an edge: the edges decide.
    while bin < last, value >= edge(bin + 1) { bin += 1 }
    while bin > 0, value < edge(bin) { bin -= 1 }
    return bin
  }

  private func edge(_ index: Int) -> Double { Double(index) * width + low }
}
