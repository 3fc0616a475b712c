// SPDX-License-Identifier: Apache-2.0

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
}
