// SPDX-License-Identifier: Apache-2.0

/// Sums of first and second derivatives by predictor and bin, for several leaves in one room.
struct GradientSums {
  private let offsets: [Int]
  private let binTotal: Int
  private let codes: UnsafeBufferPointer<UInt8>
  private let derivatives: UnsafeBufferPointer<SIMD2<Float>>
  private let sums: UnsafeMutablePointer<SIMD2<Double>>

  /// - Parameter sums: Room for the bins of all leaves.
  init(
    _ coded: CodedRows, _ codes: UnsafeBufferPointer<UInt8>,
    _ derivatives: UnsafeBufferPointer<SIMD2<Float>>, sums: UnsafeMutablePointer<SIMD2<Double>>
  ) {
    offsets = coded.offsets
    binTotal = coded.binTotal
    self.codes = codes
    self.derivatives = derivatives
    self.sums = sums
  }

  /// The sums of a number.
  func bins(_ number: Int) -> UnsafePointer<SIMD2<Double>> {
    UnsafePointer(sums + number * binTotal)
  }

  /// The sums of all rows, whatever their bins.
  func total(_ rows: UnsafeBufferPointer<Int32>) -> SIMD2<Double> {
    var total = SIMD2<Double>.zero
    for row in rows { total += SIMD2<Double>(derivatives[Int(row)]) }
    return total
  }

  /// Sums rows.
  func count(_ rows: UnsafeBufferPointer<Int32>, into number: Int) {
    let bins = sums + number * binTotal
    bins.initialize(repeating: .zero, count: binTotal)
    guard let codes = codes.baseAddress, let derivatives = derivatives.baseAddress else { return }
    offsets.withUnsafeBufferPointer { offsets in
      let width = offsets.count
      // Row by row: neighbouring additions go to different predictors, so none waits for the last.
      for row in rows {
        let sum = SIMD2<Double>(derivatives[Int(row)])
        let own = codes + Int(row) &* width
        for predictor in 0..<width { bins[offsets[predictor] &+ Int(own[predictor])] += sum }
      }
    }
  }

  /// Takes sums off a parent's, which leaves those of the other child.
  func subtract(_ number: Int, from parent: Int) {
    let rest = sums + parent * binTotal
    let taken = sums + number * binTotal
    for bin in 0..<binTotal { rest[bin] -= taken[bin] }
  }
}
