// SPDX-License-Identifier: Apache-2.0

/// Where a clause stands in its file; no line for one that no file says.
public struct ClausePlace: Hashable, Sendable {
  /// The line, counted from 1.
  public var line: Int?
  /// The place in the line, counted from 1.
  public var column: Int?

  /// Creates a place.
  public init(line: Int? = nil, column: Int? = nil) {
    self.line = line
    self.column = column
  }
}
