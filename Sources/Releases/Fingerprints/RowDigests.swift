// SPDX-License-Identifier: Apache-2.0
import Hashing
import Tables

/// Keyed hashes of rows by what their cells mean, however a file stores them.
enum RowDigests {
  /// The SHA-256 of the key and each row's cells.
  static func all(of table: Table, variables: [String], key: String) -> [[UInt8]] {
    let columns = variables.compactMap { table.column(named: $0) }.map(texts)
    let keyBytes = Array(key.utf8) + [0xFF]
    return (0..<table.rowCount).map { row in
      var hash = SHA256()
      hash.update(keyBytes)
      for column in columns {
        hash.update(column[row])
        hash.update([0xFF])
      }
      return hash.finalize()
    }
  }

  /// One text a cell; 0xFE and 0xFF, which no UTF-8 text holds, mark missing cells and ends.
  private static func texts(_ column: Column) -> [[UInt8]] {
    let plain: [[UInt8]]
    switch column.values {
    case .texts(let codes, let pool):
      let texts = pool.indices.map { Array(canonical(pool[$0]).utf8) }
      plain = codes.map { texts[Int($0)] }
    case .booleans(let list):
      var words = (yes: "true", no: "false")
      if case .boolean(let yes, let no) = column.form { words = (yes, no) }
      plain = list.map { Array(($0 ? words.yes : words.no).utf8) }
    case .numbers(let list): plain = list.map { Array(number($0).utf8) }
    case .wholeNumbers(let list): plain = list.map { Array(String($0).utf8) }
    case .dates(let list): plain = list.map { Array(String($0).utf8) }
    case .times(let list), .dateTimes(let list): plain = list.map { Array(String($0).utf8) }
    }
    guard !column.missing.codes.isEmpty else { return plain }
    return plain.indices.map { row in
      column.missing.reason(at: row).map { [0xFE] + Array($0.code.utf8) } ?? plain[row]
    }
  }

  /// A text that is a number counts as that number, since another file may store it so.
  private static func canonical(_ text: String) -> String {
    Double(text).map(number) ?? text
  }

  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
  }
}
