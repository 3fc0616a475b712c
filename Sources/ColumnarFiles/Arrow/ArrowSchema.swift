// SPDX-License-Identifier: Apache-2.0
import Tables

/// What an Arrow file says of its columns and of itself.
struct ArrowSchema {
  /// More fields than any table has.
  private static let fieldLimit = 1_000_000

  var fields: [ArrowField] = []
  var notes: [(key: String, value: String)] = []

  init(fields: [ArrowField], notes: [(key: String, value: String)]) {
    self.fields = fields
    self.notes = notes
  }

  /// Reads a schema.
  ///
  /// - Throws: `DataError` if it is damaged, or its numbers lie the other way round.
  init(_ table: FlatTable, file: String) throws(DataError) {
    guard try table.number(0, as: Int16.self) == 0 else {
      throw ColumnarDamage.unsupported("numbers with the greatest byte first", file)
    }
    var left = Self.fieldLimit
    for field in try table.tables(1) {
      fields.append(try ArrowField(field, left: &left, file: file))
    }
    for note in try table.tables(2) {
      notes.append((key: try note.text(0) ?? "", value: try note.text(1) ?? ""))
    }
  }

  /// The schema as a file has it.
  var coded: FlatValue {
    .table([
      .short(0), .tables(fields.map(\.coded)),
      .tables(notes.map { .table([.text($0.key), .text($0.value)]) }),
    ])
  }
}
