// SPDX-License-Identifier: Apache-2.0

/// The names of what one run writes.
public struct ReleasePaths: Hashable, Sendable {
  /// The folder to hand over.
  public var release: String
  /// The folder to keep.
  public var owner: String
  /// The name of the data file within the release folder.
  public var dataFile: String

  /// Creates the names.
  ///
  /// - Parameters:
  ///   - name: The input's name without folders and extension.
  ///   - pathExtension: The input's extension.
  ///   - output: The release folder as asked for; `nil` is `NAME.release` in the working folder.
  public init(name: String, pathExtension: String, output: String?) {
    dataFile = "\(name).synthetic.\(pathExtension)"
    release = ReleasePaths.trimmed(output ?? "\(name).release")
    let stem = release.hasSuffix(".release") ? String(release.dropLast(8)) : release
    owner = stem + ".owner"
  }

  /// A path without the slashes at its end.
  public static func trimmed(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Whether a path names a folder that can be made or replaced: not `.`, `..` or `/`.
  public static func isNameable(_ path: String) -> Bool {
    let last = trimmed(path).split(separator: "/").last
    return last != nil && last != "." && last != ".."
  }
}
