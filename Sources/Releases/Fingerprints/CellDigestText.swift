// SPDX-License-Identifier: Apache-2.0
import Tables

/// The cells of a column as the text that is hashed: the same for the same value, however a file stores it.
///
/// 0xFE, which no UTF-8 text holds, marks a missing cell, before the code of its reason.
struct CellDigestText: Sendable {
  private let column: Column
  /// The texts of a column that has them, by their code.
  private let pool: [[UInt8]]

  init(_ column: Column) {
    self.column = column
    pool =
      if case .texts(_, let texts) = column.values {
        texts.indices.map { Array(Self.canonical(texts[$0]).utf8) }
      } else {
        []
      }
  }

  /// Appends the text of a cell.
  func append(_ row: Int, to bytes: inout [UInt8]) {
    if !column.missing.codes.isEmpty, let reason = column.missing.reason(at: row) {
      bytes.append(0xFE)
      bytes.append(contentsOf: reason.code.utf8)
      return
    }
    switch column.values {
    case .texts(let codes, _): bytes.append(contentsOf: pool[Int(codes[row])])
    case .booleans(let list):
      var words = (yes: "true", no: "false")
      if case .boolean(let yes, let no) = column.form { words = (yes, no) }
      bytes.append(contentsOf: (list[row] ? words.yes : words.no).utf8)
    case .numbers(let list): bytes.append(contentsOf: Self.number(list[row]).utf8)
    case .wholeNumbers(let list): bytes.append(contentsOf: String(list[row]).utf8)
    case .dates(let list): bytes.append(contentsOf: String(list[row]).utf8)
    case .times(let list), .dateTimes(let list):
      bytes.append(contentsOf: String(list[row]).utf8)
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
