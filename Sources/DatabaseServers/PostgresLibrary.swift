// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Tables

/// PostgreSQL's client library, loaded when it is first asked for.
///
/// ## Source
/// PostgreSQL documentation, "libpq — C Library": a library of that name is found by its version 5,
/// which has been its interface since 2006.
enum PostgresLibrary {
  /// The functions; `nil` where the machine has no libpq.
  private static let functions: PostgresFunctions? = {
    var functions = PostgresFunctions()
    return postgres_load(&functions) == 1 ? functions : nil
  }()

  /// The functions.
  ///
  /// - Throws: `DataError` if the library is not on this machine.
  static func loaded() throws(DataError) -> PostgresFunctions {
    guard let functions else {
      throw DataError(
        "PostgreSQL's client library (libpq) is not on this machine",
        remedy: "Install it (Debian and Ubuntu: apt install libpq5), or export the table to a file."
      )
    }
    return functions
  }
}
