// SPDX-License-Identifier: Apache-2.0
import Formats
import Hashing
import Studies
import Tables

/// A partial table whose rows are to be filled in.
public struct GivenRequest: Hashable, Sendable {
  /// The file.
  public var path: String
  /// How many rows are made for each of its rows.
  public var copies: Int

  /// Creates a request.
  public init(path: String, copies: Int = 1) {
    self.path = path
    self.copies = copies
  }

  /// The name of the file, and of the table in it if one is named.
  public var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The hash of the file's bytes.
  func hash() throws(DataError) -> String {
    SHA256.hex(SHA256.digest(try FileBytes.read(TableLocation(argument: path).path)))
  }
}
