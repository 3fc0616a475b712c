// SPDX-License-Identifier: Apache-2.0

/// What of a table was given to the generator, which filled in the rest.
public struct GivenExtent: Hashable, Sendable, Codable {
  /// The name of the file that gave it.
  public var file: String
  /// The hash of that file, in hexadecimal digits.
  public var sha256: String
  /// Its columns.
  public var columns: [String]
  /// How many rows there are for each of its rows.
  public var copies: Int

  /// Creates an extent.
  public init(file: String, sha256: String, columns: [String], copies: Int) {
    self.file = file
    self.sha256 = sha256
    self.columns = columns
    self.copies = copies
  }

  /// What was given, in a sentence.
  public var words: String {
    "Values of \(columns.joined(separator: ", ")) were given by \(file), and all others generated given "
      + "them: if the given values describe real persons or records, so may rows here."
  }
}
