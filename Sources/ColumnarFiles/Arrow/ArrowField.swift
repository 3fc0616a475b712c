// SPDX-License-Identifier: Apache-2.0
import Tables

/// A field of an Arrow schema.
struct ArrowField: Sendable {
  /// How codes into a dictionary stand for the values of a field.
  struct Coding: Hashable {
    /// The number of the dictionary.
    var id: Int
    /// The type of the codes.
    var codes: ArrowType
    /// Whether the order of the dictionary's values means something.
    var isOrdered: Bool
  }

  private static let depthLimit = 32
  /// The words by which programs call what a column means.
  private static let labelKeys: Set<String> = ["label", "description", "comment"]

  var name: String
  /// The type of the values; that of the codes is in the coding.
  var type: ArrowType
  var coding: Coding?
  var children: [ArrowField] = []
  /// What the file says the column means.
  var label = ""

  init(name: String, type: ArrowType, coding: Coding? = nil, label: String = "") {
    self.name = name
    self.type = type
    self.coding = coding
    self.label = label
  }

  /// Reads a field.
  ///
  /// - Throws: `DataError` if it is damaged, or lies too deep.
  init(_ table: FlatTable, depth: Int = 0, left: inout Int, file: String) throws(DataError) {
    left -= 1
    guard depth < Self.depthLimit, left > 0, let described = try table.table(3) else {
      throw ColumnarDamage.error(file)
    }
    name = try table.text(0) ?? ""
    type = try ArrowType(try table.number(2, as: UInt8.self), described, file: file)
    if let dictionary = try table.table(4) {
      var codes = ArrowType.integer(bits: 32, isSigned: true)
      if let stated = try dictionary.table(1) { codes = try ArrowType(2, stated, file: file) }
      coding = Coding(
        id: try dictionary.number(0, as: Int64.self), codes: codes,
        isOrdered: try dictionary.flag(2))
    }
    for child in try table.tables(5) {
      children.append(try ArrowField(child, depth: depth + 1, left: &left, file: file))
    }
    for note in try table.tables(6) {
      guard let key = try note.text(0), Self.labelKeys.contains(key.lowercased()) else { continue }
      if label.isEmpty { label = try note.text(1) ?? "" }
    }
  }

  /// The type of what lies in the buffers.
  var stored: ArrowType { coding?.codes ?? type }

  /// The field as a schema has it.
  var coded: FlatValue {
    let (number, table) = type.coded
    return .table([
      .text(name), .flag(true), .byte(number), table,
      coding.map { coding in
        .table([.long(coding.id), coding.codes.coded.table, .flag(coding.isOrdered)])
      },
      .tables([]),
      label.isEmpty ? nil : .tables([.table([.text("label"), .text(label)])]),
    ])
  }
}
