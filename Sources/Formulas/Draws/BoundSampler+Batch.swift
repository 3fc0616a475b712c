// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

extension BoundSampler {
  /// The draws of many rows at once; nil where a row must be looked at by itself, to draw or to refuse.
  ///
  /// They are those of ``draw(_:_:)``: arguments are checked column by column, and the first blocks of
  /// bits are made eight at a time.
  @inline(__always)
  func batch(
    count: Int, key: StreamKey, period: UInt32, entity: (Int) -> UInt64
  ) -> [Double]? {
    switch self {
    case .family(let form, _, let vectors, let numbers, _, _):
      guard vectors.allSatisfy({ $0.missing.codes.isEmpty }), numbers.count <= 4,
        Self.areInDomain(form, numbers)
      else { return nil }
      let zero = [0.0]
      func list(_ index: Int) -> [Double] { index < numbers.count ? numbers[index] : zero }
      func mask(_ index: Int) -> Int { index < numbers.count ? vectors[index].mask : 0 }
      let masks = (mask(0), mask(1), mask(2), mask(3))
      let draw = form.draw
      return list(0).withUnsafeBufferPointer { a in
        list(1).withUnsafeBufferPointer { b in
          list(2).withUnsafeBufferPointer { c in
            list(3).withUnsafeBufferPointer { d in
              func arguments(_ row: Int) -> SIMD4<Double> {
                SIMD4(a[row & masks.0], b[row & masks.1], c[row & masks.2], d[row & masks.3])
              }
              if let isValid = form.isValid {
                for row in 0..<count where !isValid(arguments(row)) { return nil }
              }
              return Array(unsafeUninitializedCapacity: count) { room, filled in
                if let fill = form.fill {
                  withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { numbers in
                    key.fillFirstNumbers(period: period, entity: entity, into: numbers)
                    fill(
                      DrawBlock(
                        numbers: numbers, first: (a, masks.0), second: (b, masks.1),
                        values: UnsafeMutableBufferPointer(rebasing: room[..<count])))
                  }
                } else {
                  key.forEachStream(count: count, period: period, entity: entity) { row, stream in
                    room[row] = draw(arguments(row), &stream)
                  }
                }
                filled = count
              }
            }
          }
        }
      }
    case .days(let lows, let low, let highs, let high, _)
    where lows.isConstant && highs.isConstant && lows.missing.codes.isEmpty
      && highs.missing.codes.isEmpty && low[0] <= high[0]:
      let from = Double(low[0])
      let days = Int(high[0] - low[0]) + 1
      return Array(unsafeUninitializedCapacity: count) { room, filled in
        key.forEachStream(count: count, period: period, entity: entity) { row, stream in
          room[row] = from + Double(Draws.integer(below: days, using: &stream))
        }
        filled = count
      }
    default: return nil
    }
  }

  /// Refuses arguments that are wrong in every row, which are no row's own.
  func checkConstants() throws(DataError) {
    guard case .family(let form, _, _, let numbers, let place, isConstant: true) = self else {
      return
    }
    var arguments = SIMD4<Double>()
    for (index, list) in numbers.enumerated() { arguments[index] = list[0] }
    do {
      try Self.check(form, arguments, place)
    } catch {
      if case .invalid(let place, let message, let remedy) = error {
        throw place.error(message, remedy: remedy)
      }
    }
  }

  private static func areInDomain(
    _ form: DistributionFamily.Form, _ numbers: [[Double]]
  ) -> Bool {
    for (parameter, list) in zip(form.parameters, numbers) {
      let isFine =
        switch parameter.domain {
        case .any: true
        case .positive: all(list) { $0 > 0 }
        case .notNegative: all(list) { $0 >= 0 }
        case .probability: all(list) { $0 >= 0 && $0 <= 1 }
        case .count: list.allSatisfy { $0 >= 0 && $0 == $0.rounded() && $0 < 0x1p53 }
        }
      guard isFine else { return false }
    }
    return true
  }

  /// Whether all numbers pass a test, which is asked of every one so that many are asked at once.
  @inline(__always)
  private static func all(_ list: [Double], _ test: (Double) -> Bool) -> Bool {
    var failed: UInt64 = 0
    for number in list { failed |= test(number) ? 0 : 1 }
    return failed == 0
  }
}
