// SPDX-License-Identifier: Apache-2.0
package import Schemas
package import Tables

/// Where the threads write one column: each row is written once, by one thread.
package final class DrawnColumn: @unchecked Sendable {
  /// Values of a scale.
  package let numbers: UnsafeMutableBufferPointer<Double>
  /// Levels of a category.
  package let levels: UnsafeMutableBufferPointer<UInt32>
  /// The number of the missing reason, counted from 1, or 0.
  package let missing: UnsafeMutableBufferPointer<UInt8>

  /// Makes room for rows of a variable.
  package init(layout: VariableLayout, count: Int) {
    numbers = .allocate(capacity: layout.isScale ? count : 0)
    levels = .allocate(capacity: layout.isScale ? 0 : count)
    missing = .allocate(capacity: layout.missingReasons.isEmpty ? 0 : count)
    numbers.initialize(repeating: 0)
    levels.initialize(repeating: 0)
    missing.initialize(repeating: 0)
  }

  /// Whether a row was drawn as missing.
  @inlinable @inline(__always)
  package func isMissing(_ index: Int) -> Bool { !missing.isEmpty && missing[index] != 0 }

  /// The entry of each row in a lookup by this column: missing reasons, then levels or common values.
  package func lookupBins(layout: VariableLayout) -> [Int] {
    let missingCount = layout.missingReasons.count
    guard layout.isScale else {
      return levels.indices.map {
        isMissing($0) ? Int(missing[$0]) - 1 : missingCount + Int(levels[$0])
      }
    }
    let values = layout.lookupValues
    return numbers.indices.map { row in
      if isMissing(row) { return Int(missing[row]) - 1 }
      var low = 0
      var high = values.count - 1
      while low < high {
        let middle = (low + high) >> 1
        if values[middle] < numbers[row] { low = middle + 1 } else { high = middle }
      }
      return missingCount + low
    }
  }

  deinit {
    numbers.deallocate()
    levels.deallocate()
    missing.deallocate()
  }

  /// The finished column.
  package func column(name: String, layout: VariableLayout, variable: Variable?) -> Column {
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
      case .texts(_, let pool):
        // Where every row is missing there is no level to point to.
        return .texts(codes: Array(levels), pool: pool.count > 0 ? pool : TextPool([""]))
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
