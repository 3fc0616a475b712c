// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
public import Tables

extension Codebook {
  /// Reads a codebook of any format that is known here; `nil` if the bytes are of none.
  ///
  /// - Throws: `DataError` if they are of one, and damaged.
  public init?(bytes: [UInt8], file: String) throws(DataError) {
    if RichText.isRichText(bytes) {
      let text = RichText.text(bytes)
      guard text.contains("Pos. =") else { return nil }
      try self.init(archiveDictionary: text, file: file)
      return
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes[start...].first { $0 > 0x20 }
    if first == 0x3C {
      if let codebook = try Codebook(ddi: bytes, file: file) {
        self = codebook
        return
      }
      if let codebook = try Codebook(ddiLifecycle: bytes, file: file) {
        self = codebook
        return
      }
      throw DataError(
        "the XML document is no codebook that is known here", file: file,
        remedy: "Give a document of DDI-Codebook (version 1 or 2) or DDI-Lifecycle (3.1 to 3.3).")
    }
    guard first == 0x7B else { return nil }
    let root: JSONNode
    do {
      root = try JSONDecoder().decode(JSONNode.self, from: Data(bytes))
    } catch {
      // A brace opens a mapping of YAML too; the reader of dictionaries judges that.
      guard file.lowercased().hasSuffix(".json") else { return nil }
      throw DataError(
        "the codebook is not well-formed JSON", file: file,
        remedy: "Write it anew with the program it comes from.")
    }
    let known =
      Codebook(csvw: root, file: file) ?? Codebook(croissant: root, file: file)
      ?? Codebook(generativeMetadata: root, file: file) ?? Codebook(sdv: root, file: file)
      ?? Codebook(jsonSchema: root, file: file) ?? Codebook(dataPackage: root, file: file)
    guard let codebook = known else {
      throw DataError(
        "the JSON document is no codebook that is known here", file: file,
        remedy:
          "Give a Data Package, Table Schema, JSON Schema, CSVW, Croissant, GMF or SDV metadata, or a dictionary "
          + "as `describe` writes it.")
    }
    self = codebook
  }
}
