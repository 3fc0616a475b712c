// SPDX-License-Identifier: Apache-2.0
import Numerics

/// Probabilities and losses by log-odds, all as whole numbers, so that sums are exact in any order.
struct OddsTable: Sendable {
  /// Units of log-odds in one.
  static let unit = 16384.0
  /// Units of a probability in one.
  static let one = 1 << 20
  /// How many units of log-odds share an entry: two to the power of this.
  private static let shift = 5
  /// Log-odds beyond this many units count as this many.
  private static let limit = 12 << 14

  static let shared = OddsTable()

  /// The probability at the middle of each entry.
  let probabilities: [Int32]
  /// The loss, −log of the probability, of each entry.
  let losses: [Float]

  private init() {
    let count = 2 * Self.limit >> Self.shift
    var probabilities: [Int32] = []
    var losses: [Float] = []
    for index in 0..<count {
      let odds = (Double(index << Self.shift) + Double(1 << Self.shift) / 2 - Double(Self.limit))
      let p = 1 / (1 + ElementaryFunctions.exp(-odds / Self.unit))
      probabilities.append(Int32((p * Double(Self.one)).rounded()))
      losses.append(Float(-ElementaryFunctions.log(p)))
    }
    self.probabilities = probabilities
    self.losses = losses
  }

  /// The entry of some log-odds.
  @inline(__always)
  static func index(_ odds: Int32) -> Int {
    (min(max(Int(odds), -limit), limit - 1) + limit) >> shift
  }
}
