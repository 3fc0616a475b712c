// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
public import Schemas

/// A schema as JSON, for programs.
public enum SchemaJSON {
  /// The JSON of a schema, keys in order.
  public static func bytes(of schema: Schema) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(schema))
  }
}
