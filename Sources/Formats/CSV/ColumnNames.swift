// SPDX-License-Identifier: Apache-2.0
import Tables

/// The names of the columns: those of the header, made distinct, or V1, V2 … where there is none.
struct ColumnNames {
  /// The names, all distinct, none empty, and none with spaces around it.
  private(set) var names: [String] = []
  /// The names as the header spells them.
  private(set) var original: [String] = []
  /// What was changed.
  private(set) var diagnostics: [Diagnostic] = []

  /// The longest name, in bytes.
  private static let lengthLimit = 65_536

  init(_ cells: FieldText, hasHeader: Bool, hasRowNames: Bool, file: String) throws(DataError) {
    guard hasHeader else {
      names = (0..<cells.width).map { "V\($0 + 1)" }
      original = names
      diagnostics.append(
        Diagnostic(
          .note, "the first line holds values, so the columns are named V1 to V\(cells.width)"))
      return
    }
    let count = cells.width - (hasRowNames ? 1 : 0)
    for column in 0..<count {
      guard cells.bytes(row: 0, column: column).count <= Self.lengthLimit else {
        throw DataError(
          "the name of column \(column + 1) is longer than \(Self.lengthLimit) bytes", file: file,
          line: 1, position: column + 1,
          remedy: "Check that the file is a table with one record a line and a header.")
      }
      original.append(cells.string(row: 0, column: column))
    }
    makeDistinct((hasRowNames ? [""] : []) + original)
  }

  private mutating func makeDistinct(_ given: [String]) {
    var taken: Set<String> = []
    var copies: [String: Int] = [:]
    var changed = 0
    for (column, spelled) in given.enumerated() {
      let trimmed = Self.trimmed(spelled)
      let name = trimmed.isEmpty ? "V\(column + 1)" : trimmed
      var candidate = name
      while !taken.insert(candidate).inserted {
        copies[name, default: 1] += 1
        candidate = "\(name)_\(copies[name] ?? 1)"
      }
      if candidate != trimmed { changed += 1 }
      names.append(candidate)
    }
    if changed > 0 {
      diagnostics.append(
        Diagnostic(
          .warning,
          "\(changed) column name(s) were empty or stood twice; they got a name of their own",
          line: 1))
    }
  }

  private static func trimmed(_ name: String) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    let bytes = Array(name.utf8)
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
