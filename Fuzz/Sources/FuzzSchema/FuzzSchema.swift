// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Schemas
import Tables

/// Reads any text as the YAML of a schema and lays it over another one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSchema(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
  guard let overrides = try? SchemaOverrides(yaml: text, file: "schema.yaml") else { return 0 }
  let schema = Schema(variables: [
    Variable(name: "a", kind: .number, measure: .scale),
    Variable(name: "b", kind: .category, measure: .nominal),
  ])
  guard let changed = try? overrides.applied(to: schema) else { return 0 }
  let written = SchemaYAML.text(for: changed, rowCount: 10)
  // What is written must be readable.
  guard (try? SchemaOverrides(yaml: written, file: "schema.yaml")) != nil else {
    fatalError("a written schema cannot be read")
  }
  return 0
}
