// SPDX-License-Identifier: Apache-2.0
import Schemas
import Tables

/// The types of a table as metadata of the Synthetic Data Vault, which has room for nothing else.
///
/// ## Source
/// SDV, metadata specification V1 (`METADATA_SPEC_VERSION`).
public struct SDVMetadata: Sendable {
  private let package: DataPackage

  /// Creates metadata.
  public init(_ package: DataPackage) { self.package = package }

  /// The document.
  public var value: JSONValue {
    var columns: [String: JSONValue] = [:]
    var key: String?
    for column in package.table.columns {
      let variable = package.schema.variable(named: column.name)
      if variable?.role == .key, column.missing.isEmpty { key = key ?? column.name }
      columns[column.name] = .object(Self.type(column, variable))
    }
    var table: [String: JSONValue] = ["columns": .object(columns)]
    if let key { table["primary_key"] = .text(key) }
    return .object([
      "METADATA_SPEC_VERSION": .text("V1"),
      "tables": .object([package.name: .object(table)]), "relationships": .list([]),
    ])
  }

  private static func type(_ column: Column, _ variable: Variable?) -> [String: JSONValue] {
    switch variable?.role {
    case .key, .parentKey, .identifier: return ["sdtype": .text("id")]
    default: break
    }
    switch column.values {
    case .booleans: return ["sdtype": .text("boolean")]
    case .dates, .dateTimes:
      guard case .calendar(let pattern) = column.form else {
        return ["sdtype": .text("categorical")]
      }
      return [
        "sdtype": .text("datetime"), "datetime_format": .text(CodebookText.strftime(pattern)),
      ]
    case .numbers where variable?.kind.isCategorical != true:
      return ["sdtype": .text("numerical"), "computer_representation": .text("Float")]
    case .wholeNumbers where variable?.kind.isCategorical != true:
      return ["sdtype": .text("numerical"), "computer_representation": .text("Int64")]
    default:
      return variable?.kind == .text
        ? ["sdtype": .text("unknown"), "pii": .flag(true)] : ["sdtype": .text("categorical")]
    }
  }
}
