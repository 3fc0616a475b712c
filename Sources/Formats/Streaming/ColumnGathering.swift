// SPDX-License-Identifier: Apache-2.0
import Tables

/// Puts the rows of columns together that are of one type.
struct ColumnGathering: Sendable {
  private let plain: Column
  private var doubles: [Double] = []
  /// Whole numbers, times and date-times.
  private var longs: [Int64] = []
  private var days: [Int32] = []
  private var flags: [Bool] = []
  private var codes: [UInt32] = []
  private var texts = DistinctTexts()
  private var missing: [UInt8] = []
  private var count = 0

  /// Starts without rows.
  init(_ column: Column) {
    var plain = column.selecting(rows: [])
    plain.missing.codes = []
    self.plain = plain
  }

  mutating func append(_ next: Column, _ rows: Range<Int>) {
    switch (plain.values, next.values) {
    case (.numbers, .numbers(let more)): doubles += more[rows]
    case (.texts, .texts(let more, let pool)): append(more[rows], pool, next.missing)
    case (.dates, .dates(let more)): days += more[rows]
    case (.booleans, .booleans(let more)): flags += more[rows]
    case (.wholeNumbers, .wholeNumbers(let more)), (.times, .times(let more)),
      (.dateTimes, .dateTimes(let more)):
      longs += more[rows]
    default: preconditionFailure("columns of different types do not go together")
    }
    if !next.missing.codes.isEmpty {
      if missing.isEmpty { missing = [UInt8](repeating: 0, count: count) }
      missing += next.missing.codes[rows]
    } else if !missing.isEmpty {
      missing += repeatElement(0, count: rows.count)
    }
    count += rows.count
  }

  private mutating func append(
    _ more: ArraySlice<UInt32>, _ pool: TextPool, _ missing: MissingCells
  ) {
    var numbers = [UInt32](repeating: .max, count: pool.count)
    for row in more.indices {
      let code = Int(more[row])
      if missing.isMissing(at: row) {
        codes.append(0)
        continue
      }
      if numbers[code] == .max {
        let range = pool.range(of: code)
        numbers[code] = pool.bytes.withUnsafeBufferPointer {
          texts.number(of: $0.stretch(range.lowerBound, range.upperBound))
        }
      }
      codes.append(numbers[code])
    }
  }

  /// The rows so far.
  var column: Column {
    var column = plain
    switch plain.values {
    case .numbers: column.values = .numbers(doubles)
    case .wholeNumbers: column.values = .wholeNumbers(longs)
    case .times: column.values = .times(longs)
    case .dateTimes: column.values = .dateTimes(longs)
    case .dates: column.values = .dates(days)
    case .booleans: column.values = .booleans(flags)
    case .texts:
      // A column of nothing but missing cells still needs a text to point to.
      var pool = texts.pool
      if pool.count == 0, count > 0 { pool.append("") }
      column.values = .texts(codes: codes, pool: pool)
    }
    column.missing.codes = missing
    return column
  }
}
