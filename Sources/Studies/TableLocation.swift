// SPDX-License-Identifier: Apache-2.0

/// Where a table lies: a file, `-` for standard input or output, or `file#table` for one of several.
public struct TableLocation: Hashable, Sendable {
  /// The path of the file, or `-`.
  public var path: String
  /// The table in the file, where one is named.
  public var table: String?

  /// Creates a location.
  public init(path: String, table: String? = nil) {
    self.path = path
    self.table = table
  }

  /// Reads a location as it is written on a command line: `file.sqlite#table`.
  public init(argument: String) {
    let parts = argument.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let name = parts.first?.lowercased(),
      Self.scheme(of: name) != nil || Self.manyTabled.contains(where: { name.hasSuffix($0) })
    {
      self.init(path: String(parts[0]), table: String(parts[1]))
    } else {
      self.init(path: argument)
    }
  }

  /// The ends of names of files that hold several tables; elsewhere `#` is a letter like others.
  private static let manyTabled = [".sqlite", ".sqlite3", ".db", ".xlsx", ".xlsm"]

  /// The scheme of an address such as `postgresql://host/db`, in small letters; `nil` for a file.
  public var scheme: String? { Self.scheme(of: path) }

  private static func scheme(of path: String) -> String? {
    guard let mark = path.firstRange(of: "://") else { return nil }
    let scheme = path[..<mark.lowerBound].lowercased()
    return !scheme.isEmpty && scheme.allSatisfy { $0.isASCII && $0.isLetter } ? scheme : nil
  }

  /// The extensions of the file in small letters, the last first: `["gz", "csv"]`.
  public var extensions: [String] {
    let file = path.split(separator: "/").last ?? ""
    return file.split(separator: ".").dropFirst().reversed().map { $0.lowercased() }
  }

  /// The file's name without folders and extensions that are named.
  public func baseName(without known: Set<String>) -> String {
    var parts = (path.split(separator: "/").last.map(String.init) ?? "table").split(
      separator: ".", omittingEmptySubsequences: false)
    while parts.count > 1, let last = parts.last, known.contains(last.lowercased()) {
      parts.removeLast()
    }
    return parts.joined(separator: ".")
  }
}
