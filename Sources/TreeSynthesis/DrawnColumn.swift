// SPDX-License-Identifier: Apache-2.0
import Schemas
import Synthesis
import Tables

/// Where the threads write one column: each row is written once, by one thread.
final class DrawnColumn: @unchecked Sendable {
  let numbers: UnsafeMutableBufferPointer<Double>
  let levels: UnsafeMutableBufferPointer<UInt32>
  let missing: UnsafeMutableBufferPointer<UInt8>

  init(layout: VariableLayout, count: Int) {
    numbers = .allocate(capacity: layout.isScale ? count : 0)
    levels = .allocate(capacity: layout.isScale ? 0 : count)
    missing = .allocate(capacity: layout.missingReasons.isEmpty ? 0 : count)
    numbers.initialize(repeating: 0)
    levels.initialize(repeating: 0)
    missing.initialize(repeating: 0)
  }

  /// Whether a row was drawn as missing.
  @inline(__always)
  func isMissing(_ index: Int) -> Bool { !missing.isEmpty && missing[index] != 0 }

  /// The row's bin of missing reasons, then levels; for lookups.
  func lookupBin(_ index: Int, missingCount: Int) -> Int {
    isMissing(index) ? Int(missing[index]) - 1 : missingCount + Int(levels[index])
  }

  deinit {
    numbers.deallocate()
    levels.deallocate()
    missing.deallocate()
  }

  /// The finished column.
  func column(name: String, layout: VariableLayout, variable: Variable?) -> Column {
    Column(
      name: name, values: values(layout, kind: variable?.kind),
      missing: MissingCells(reasons: layout.missingReasons, codes: Array(missing)),
      form: variable?.form ?? .text)
  }

  private func values(_ layout: VariableLayout, kind: VariableKind?) -> ColumnValues {
    switch layout.content {
    case .scale(let scale): return scale.storage.values(Array(numbers))
    case .levels(let levelLayout):
      switch levelLayout.levels {
      case .texts(_, let pool): return .texts(codes: Array(levels), pool: pool)
      case .wholeNumbers(let values): return .wholeNumbers(pick(values, default: 0))
      case .numbers(let values): return .numbers(pick(values, default: 0))
      case .dates(let values): return .dates(pick(values, default: 0))
      case .times(let values): return .times(pick(values, default: 0))
      case .dateTimes(let values): return .dateTimes(pick(values, default: 0))
      case .booleans(let values): return .booleans(pick(values, default: false))
      }
    }
  }

  private func pick<Value>(_ values: [Value], default: Value) -> [Value] {
    guard !values.isEmpty else { return [Value](repeating: `default`, count: levels.count) }
    return levels.map { values[Int($0)] }
  }
}
