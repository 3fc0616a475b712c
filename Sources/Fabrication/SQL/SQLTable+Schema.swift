// SPDX-License-Identifier: Apache-2.0
public import Schemas
import Tables

extension SQLTable {
  /// What the declarations say of the columns.
  public var schema: Schema {
    Schema(
      table: name,
      variables: columns.map { column in
        let isAlone = column.isUnique || primaryKey == [column.name]
        let kind = column.levels.isEmpty ? Self.kind(of: column) : .category
        return Variable(
          name: column.name, kind: kind, role: isAlone ? .key : nil,
          valueLabels: column.levels.map { ValueLabel(code: $0, label: [:]) },
          measure: kind.isContinuous ? .scale : .nominal, minimum: column.least,
          maximum: column.greatest)
      })
  }

  /// The columns that may not be NULL.
  public var requiredColumns: [String] {
    columns.filter { $0.isRequired || primaryKey.contains($0.name) }.map(\.name)
  }

  /// The most characters of texts, by column.
  public var longestTexts: [String: Int] {
    var result: [String: Int] = [:]
    for column in columns where SQLTypes.kind(of: column) == .text {
      result[column.name] = column.sizes.first
    }
    return result
  }

  private static func kind(of column: Column) -> VariableKind {
    switch SQLTypes.kind(of: column) {
    case .whole: .wholeNumber
    case .number: .number
    case .boolean: .boolean
    case .date: .date
    case .dateTime: .dateTime
    case .time: .time
    case .text, .uuid, .bytes: .text
    }
  }
}
