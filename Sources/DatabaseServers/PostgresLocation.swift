// SPDX-License-Identifier: Apache-2.0
import Studies
import Tables

/// Which database, and which table of it or which query.
///
/// A password is never taken here: what stands on a command line is seen by all users of a machine and
/// kept by shells, manifests and logs. The library finds it in `PGPASSWORD`, a password file or a
/// service file.
struct PostgresLocation {
  /// What is read or written.
  enum Subject: Hashable {
    case table(schema: String?, name: String)
    case query(String)
  }

  /// The connection URI, which holds no password.
  let uri: String
  /// The table or query; `nil` if none is named.
  let subject: Subject?

  /// Reads a location such as `postgresql://ann@host/db` with `public.people` or a `SELECT`.
  ///
  /// - Throws: `DataError` if the URI holds a password; the error does not repeat it.
  init(_ location: TableLocation) throws(DataError) {
    guard !Self.holdsPassword(location.path) else {
      throw DataError(
        "the address of the database holds a password, which others could read",
        remedy: "Leave it out, and give it in PGPASSWORD, ~/.pgpass or a service file.")
    }
    uri = location.path
    subject = location.table.flatMap(Self.subject)
  }

  private static func holdsPassword(_ uri: String) -> Bool {
    let rest = uri.drop { $0 != ":" }.dropFirst(3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    // A password may hold slashes that were not written as %2F.
    let user = rest.lastIndex(of: "@").map { rest[..<$0] } ?? authority.prefix(0)
    return user.contains(":") || uri.lowercased().contains("password=")
  }

  private static func subject(_ text: String) -> Subject? {
    guard !text.isEmpty else { return nil }
    let head = text.prefix { $0.isLetter }.lowercased()
    if text.contains(where: \.isWhitespace), ["select", "with", "table", "values"].contains(head) {
      return .query(text)
    }
    let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
    return parts.count == 2
      ? .table(schema: parts[0], name: parts[1]) : .table(schema: nil, name: text)
  }

  /// A name in quotes.
  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// A text in quotes.
  static func literal(_ text: String) -> String {
    "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
