// SPDX-License-Identifier: Apache-2.0
import Tables

extension Table {
  /// The same table with each text once in its pool.
  ///
  /// A column that is written block by block does without: to look every text up costs more than to
  /// make it.
  func interned() -> Table {
    let columns = columns.map { column -> Column in
      guard case .texts(let codes, let pool) = column.values else { return column }
      var result = column
      var numbers: [String: UInt32] = [:]
      var distinct = TextPool()
      let places = codes.map { code -> UInt32 in
        let text = pool[Int(code)]
        if let known = numbers[text] { return known }
        let number = UInt32(distinct.count)
        numbers[text] = number
        distinct.append(text)
        return number
      }
      result.values = .texts(codes: places, pool: distinct)
      return result
    }
    return Table(name: name, columns: columns, rowCount: rowCount)
  }
}
