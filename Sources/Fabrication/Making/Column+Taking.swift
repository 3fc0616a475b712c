// SPDX-License-Identifier: Apache-2.0
import Tables

extension Column {
  /// Takes cells of another column of the same kind into some rows.
  mutating func take(_ cells: [(row: Int, place: Int)], from other: Column) {
    func put<Value>(_ list: inout [Value], _ new: [Value]) {
      for (row, place) in cells { list[row] = new[place] }
    }
    switch (values, other.values) {
    case (.numbers(var list), .numbers(let new)):
      put(&list, new)
      values = .numbers(list)
    case (.wholeNumbers(var list), .wholeNumbers(let new)):
      put(&list, new)
      values = .wholeNumbers(list)
    case (.booleans(var list), .booleans(let new)):
      put(&list, new)
      values = .booleans(list)
    case (.dates(var list), .dates(let new)):
      put(&list, new)
      values = .dates(list)
    case (.times(var list), .times(let new)):
      put(&list, new)
      values = .times(list)
    case (.dateTimes(var list), .dateTimes(let new)):
      put(&list, new)
      values = .dateTimes(list)
    case (.texts(var codes, var pool), .texts(let new, let texts)):
      // Levels keep their places; other texts are put at the end.
      var known: [UInt32: UInt32] = [:]
      let isShared = pool == texts && pool.count <= 1000
      for (row, place) in cells {
        let code = new[place]
        if isShared {
          codes[row] = code
          continue
        }
        if known[code] == nil {
          known[code] = UInt32(pool.count)
          pool.append(texts[Int(code)])
        }
        codes[row] = known[code] ?? 0
      }
      values = .texts(codes: codes, pool: pool)
    default: preconditionFailure("an attempt makes cells of the column's own kind")
    }
    guard !missing.codes.isEmpty || !other.missing.codes.isEmpty else { return }
    var reasons = missing.reasons
    let renumbered = other.missing.reasons.map { reason -> UInt8 in
      if let known = reasons.firstIndex(of: reason) { return UInt8(known + 1) }
      guard reasons.count < 255 else { return 255 }
      reasons.append(reason)
      return UInt8(reasons.count)
    }
    var codes = missing.codes.isEmpty ? [UInt8](repeating: 0, count: count) : missing.codes
    for (row, place) in cells {
      let code = other.missing.codes.isEmpty ? 0 : other.missing.codes[place]
      codes[row] = code == 0 ? 0 : renumbered[Int(code) - 1]
    }
    missing = MissingCells(reasons: reasons, codes: codes)
  }
}
