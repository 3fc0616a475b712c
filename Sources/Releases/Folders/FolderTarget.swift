// SPDX-License-Identifier: Apache-2.0

/// A folder that is to be written whole or not at all.
public struct FolderTarget: Hashable, Sendable {
  /// The final name.
  public var path: String
  /// Whether only the owner of the process may look into it (mode 0700).
  public var isPrivate: Bool

  /// Creates a target.
  public init(_ path: String, isPrivate: Bool = false) {
    self.path = path
    self.isPrivate = isPrivate
  }
}
