// SPDX-License-Identifier: Apache-2.0
import Dictionaries
import Formats
import Schemas
import Studies
import Tables

/// What a file beside the data says of its columns: a dictionary, a codebook or a SAS catalogue.
struct StatedMeaning {
  private var overrides: SchemaOverrides?
  private var codebook: Codebook?
  private var cataloguePath: String?

  /// Reads a file; without one, nothing is stated.
  ///
  /// - Throws: `DataError` if it is no dictionary.
  init(path: String?) throws(DataError) {
    guard let path else { return }
    if path.lowercased().hasSuffix(".sas7bcat") {
      cataloguePath = path
      return
    }
    let bytes = try FileBytes.read(path)
    codebook = try Codebook(bytes: bytes, file: path)
    if codebook == nil {
      overrides = try SchemaOverrides(yaml: String(decoding: bytes, as: UTF8.self), file: path)
    }
  }

  /// How the data are read in the light of it.
  func options(threads: Int) -> ReadingOptions {
    ReadingOptions(
      textColumns: overrides?.textColumns ?? codebook?.textColumns ?? [],
      cataloguePath: cataloguePath, threads: threads)
  }

  /// Puts what is stated in place of what was found out.
  func applied(to schema: Schema) throws(DataError) -> (Schema, [Diagnostic]) {
    var schema = schema
    var notices: [Diagnostic] = []
    if let overrides { schema = try overrides.applied(to: schema) }
    if let codebook {
      let (described, more) = try codebook.applied(to: schema)
      schema = described
      notices = more
    }
    return (schema, notices)
  }
}
