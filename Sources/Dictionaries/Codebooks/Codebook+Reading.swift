// SPDX-License-Identifier: Apache-2.0
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
    return nil
  }
}
