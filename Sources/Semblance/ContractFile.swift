// SPDX-License-Identifier: Apache-2.0
public import Contracts
import Formats
public import Tables

/// A contract with the text it was read from.
public struct ContractFile: Hashable, Sendable {
  /// The contract.
  public var contract: Contract
  /// The text.
  public var text: String

  /// Reads a contract's file.
  ///
  /// - Throws: `DataError` with file, line and position where it is no contract.
  public init(path: String) throws(DataError) {
    text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    contract = try Contract(yaml: text, file: path)
  }

  /// A contract whose text stands in another file.
  ///
  /// - Throws: `DataError` where it is no contract.
  init(text: String, file: String) throws(DataError) {
    self.text = text
    contract = try Contract(yaml: text, file: file)
  }
}
