// SPDX-License-Identifier: Apache-2.0

/// Linear combinations of predictors as sums of one number for each predictor's bin.
struct LinearTable: Sendable {
  private let outputCount: Int
  private let constants: [Double]
  /// What each bin adds to each combination: 256 bins a predictor.
  private let effects: [Double]
  private let predictorCount: Int

  /// Lays out coefficients: one a column of the design for each combination in turn.
  init(_ design: RegressionDesign, _ coefficients: [Double]) {
    let width = design.columnCount
    let outputCount = coefficients.count / width
    constants = (0..<outputCount).map { coefficients[$0 * width] }
    var effects = [Double](repeating: 0, count: design.entries.count * 256 * outputCount)
    for (place, list) in design.entries.enumerated() {
      for (bin, entry) in list.enumerated() where entry.column > 0 {
        for output in 0..<outputCount {
          effects[(place * 256 + bin) * outputCount + output] =
            coefficients[output * width + entry.column] * entry.value
        }
      }
    }
    self.effects = effects
    self.outputCount = outputCount
    predictorCount = design.entries.count
  }

  /// Writes the combinations of a row; nothing where there are none.
  func add(
    _ columns: [UnsafePointer<UInt8>], _ row: Int, into result: UnsafeMutablePointer<Double>
  ) {
    for output in 0..<outputCount { result[output] = constants[output] }
    effects.withUnsafeBufferPointer { effects in
      for place in 0..<predictorCount {
        let first = (place &* 256 &+ Int(columns[place][row])) &* outputCount
        for output in 0..<outputCount { result[output] += effects[first &+ output] }
      }
    }
  }
}
