// SPDX-License-Identifier: Apache-2.0
import Formulas
import Randomness
import Tables

extension Run {
  /// The JSON of a structure for some rows.
  func structure(
    _ structure: Structure, named name: String, _ table: Int, path: [String], _ batch: RowBatch,
    _ data: FormulaData
  ) throws(DataError) -> Column {
    switch structure {
    case .object(let fields), .tuple(let fields):
      var isObject = false
      if case .object = structure { isObject = true }
      var parts: [Column] = []
      for (place, field) in fields.enumerated() {
        let step = isObject ? field.name : String(place)
        parts.append(try part(field, table, path: path + [step], batch, data))
      }
      let names = fields.map { JSONText.quoted($0.name) }
      return texts(name, batch.count) { row, bytes in
        bytes.append(UInt8(ascii: isObject ? "{" : "["))
        for (place, part) in parts.enumerated() {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          if isObject { bytes += names[place] + [UInt8(ascii: ":")] }
          JSONText.append(part, row, isRaw: fields[place].isStructure, to: &bytes)
        }
        bytes.append(UInt8(ascii: isObject ? "}" : "]"))
      }
    case .array(let length, let entry):
      let counts = try lengths(length, table, path: path, batch, data)
      var parts: [Column] = []
      for place in 0..<(counts.max() ?? 0) {
        parts.append(try part(entry, table, path: path + [String(place)], batch, data))
      }
      return texts(name, batch.count) { row, bytes in
        bytes.append(UInt8(ascii: "["))
        for place in 0..<counts[row] {
          if place > 0 { bytes.append(UInt8(ascii: ",")) }
          JSONText.append(parts[place], row, isRaw: entry.isStructure, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
      }
    }
  }

  private func part(
    _ column: Specification.Column, _ table: Int, path: [String], _ batch: RowBatch,
    _ data: FormulaData
  ) throws(DataError) -> Column {
    var made = try values(column, table, path: path, batch, data)
    column.finish(&made)
    for (place, gap) in column.gaps.enumerated() {
      let key = key.stream(
        table: specification.tables[table].name, path: path + ["missing", String(place)])
      made.missing = gap.cells(made.missing, batch, data, key: key)
    }
    return made
  }

  private func lengths(
    _ length: Structure.Length, _ table: Int, path: [String], _ batch: RowBatch,
    _ data: FormulaData
  ) throws(DataError) -> [Int] {
    switch length {
    case .fixed(let count): return Array(repeating: count, count: batch.count)
    case .maker(let maker):
      let column = Specification.Column(name: "length", maker: maker)
      let made = try values(column, table, path: path + ["length"], batch, data)
      return (0..<batch.count).map { row in
        guard !made.missing.isMissing(at: row) else { return 0 }
        let number: Double =
          switch made.values {
          case .numbers(let list): list[row]
          case .wholeNumbers(let list): Double(list[row])
          default: 0
          }
        return Int(max(0, min(Double(Structure.maximumLength), number.rounded())))
      }
    }
  }
}

extension Specification.Column {
  /// Whether its texts are JSON already.
  var isStructure: Bool { if case .structure = maker { true } else { false } }
}
