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
    guard bytes.first(where: { $0 > 0x20 }) == 0x7B else { return nil }
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
    guard let codebook = Codebook(dataPackage: root, file: file) else {
      throw DataError(
        "the JSON document is no codebook that is known here", file: file,
        remedy: "Give a Data Package or a Table Schema, or a dictionary as `describe` writes it.")
    }
    self = codebook
  }
}
