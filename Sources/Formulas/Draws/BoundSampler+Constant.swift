// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

extension BoundSampler {
  /// The draws of consecutive entities, where all rows have the same arguments; `nil` otherwise.
  ///
  /// They are those of ``draw(_:_:)``; only what is the same in each row is done once.
  func constantDraws(
    count: Int, key: StreamKey, firstEntity: Int, period: UInt32
  ) throws(SamplerFailure) -> [Double]? {
    guard count > 0 else { return [] }
    func fill(_ draw: (inout RandomStream) -> Double) -> [Double] {
      Array(unsafeUninitializedCapacity: count) { room, filled in
        for row in 0..<count {
          var stream = key.stream(entity: UInt64(firstEntity + row), period: period)
          room[row] = draw(&stream)
        }
        filled = count
      }
    }
    switch self {
    case .family(let form, _, _, let numbers, let place, isConstant: true):
      var arguments = SIMD4<Double>()
      for (index, list) in numbers.enumerated() { arguments[index] = list[0] }
      try Self.check(form, arguments, place)
      return fill { form.draw(arguments, &$0) }
    case .days(let lows, let low, let highs, let high, _)
    where lows.isConstant && highs.isConstant && lows.missing.codes.isEmpty
      && highs.missing.codes.isEmpty && low[0] <= high[0]:
      let from = Double(low[0])
      let days = Int(high[0] - low[0]) + 1
      return fill { from + Double(Draws.integer(below: days, using: &$0)) }
    default: return nil
    }
  }
}
