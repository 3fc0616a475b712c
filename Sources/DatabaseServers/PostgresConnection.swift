// SPDX-License-Identifier: Apache-2.0
import CPostgres
import Tables

/// A connection to a PostgreSQL server.
final class PostgresConnection {
  private let library: PostgresFunctions
  let handle: OpaquePointer
  /// The address, for errors.
  let address: String

  /// Connects; waits at most ten seconds unless the address says otherwise.
  ///
  /// - Throws: `DataError` with the reason; it never holds a password.
  init(_ location: PostgresLocation) throws(DataError) {
    address = location.uri
    let library = try PostgresLibrary.loaded()
    self.library = library
    let waits = location.uri.contains("connect_timeout=")
    let mark = location.uri.contains("?") ? "&" : "?"
    let uri = waits ? location.uri : "\(location.uri)\(mark)connect_timeout=10"
    guard let handle = library.connectdb(uri) else {
      throw DataError("there is no memory left", remedy: "Close other programs.")
    }
    self.handle = handle
    guard library.status(handle) == CONNECTION_OK else {
      throw DataError(
        "the server cannot be reached: \(Self.words(library.errorMessage(handle)))", file: address,
        remedy: "Check host, database and user; a password is taken from PGPASSWORD or ~/.pgpass.")
    }
    // Notices of the server are no output of ours.
    _ = library.setNoticeProcessor(handle, { _, _ in }, nil)
    try run("SET client_encoding TO 'UTF8'")
    try run("SET datestyle TO 'ISO, YMD'")
    try run("SET timezone TO 'UTC'")
    try run("SET extra_float_digits TO 3")
    try run("SET bytea_output TO 'hex'")
  }

  deinit { library.finish(handle) }

  /// Runs a statement; gives its result.
  @discardableResult
  func run(_ sql: String) throws(DataError) -> PostgresResult {
    let result = PostgresResult(library.exec(handle, sql), library)
    switch library.resultStatus(result.handle) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN: return result
    default: throw failure(result)
    }
  }

  /// The error of a statement.
  ///
  /// The server's first line names tables and columns; what follows (DETAIL, CONTEXT) may quote cells,
  /// and is left out.
  private func failure(_ result: PostgresResult) -> DataError {
    let state = result.field(0x43)  // SQLSTATE
    var words = result.field(0x4D)  // the primary message
    // Messages on values of a wrong form quote the value.
    if state.hasPrefix("22") || state.hasPrefix("23") || words.isEmpty {
      words = "a value or rule does not fit (SQLSTATE \(state))"
    }
    return DataError(
      "the database says: \(words)", file: address,
      remedy: state == "42P07"
        ? "Give the table another name, or drop the one that is there first."
        : "Check the name of the table and what you may do with it.")
  }

  /// Sends bytes of a `COPY … FROM STDIN`.
  func send(_ bytes: [UInt8]) throws(DataError) {
    let sent = bytes.withUnsafeBytes { raw -> Int32 in
      guard let base = raw.bindMemory(to: CChar.self).baseAddress else { return 1 }
      return library.putCopyData(handle, base, Int32(raw.count))
    }
    guard sent == 1 else { throw lost() }
  }

  /// Ends a `COPY … FROM STDIN`.
  func finishSending() throws(DataError) {
    guard library.putCopyEnd(handle, nil) == 1 else { throw lost() }
    var failed: PostgresResult?
    while let next = library.getResult(handle) {
      let result = PostgresResult(next, library)
      if library.resultStatus(result.handle) != PGRES_COMMAND_OK { failed = result }
    }
    if let failed { throw failure(failed) }
  }

  private func lost() -> DataError {
    DataError(
      "the connection to the database broke", file: address,
      remedy: "Check the network and the server, and try again.")
  }

  private static func words(_ message: UnsafeMutablePointer<CChar>?) -> String {
    let text = message.map { String(cString: $0) } ?? "unknown"
    return text.split(separator: "\n").joined(separator: "; ")
  }
}

/// The result of a statement.
final class PostgresResult {
  private let library: PostgresFunctions
  let handle: OpaquePointer?

  init(_ handle: OpaquePointer?, _ library: PostgresFunctions) {
    self.library = library
    self.handle = handle
  }

  deinit { library.clear(handle) }

  var rowCount: Int { Int(library.ntuples(handle)) }
  var columnCount: Int { Int(library.nfields(handle)) }

  /// The text of a cell; `nil` for NULL.
  func text(_ row: Int, _ column: Int) -> String? {
    guard library.getisnull(handle, Int32(row), Int32(column)) == 0 else { return nil }
    return bytes(row, column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a cell, valid as long as the result.
  func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
    guard library.getisnull(handle, Int32(row), Int32(column)) == 0,
      let start = library.getvalue(handle, Int32(row), Int32(column))
    else { return nil }
    let count = Int(library.getlength(handle, Int32(row), Int32(column)))
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: count)
  }

  /// What a column is called, and its type and that type's modifier as the server numbers them.
  func column(_ place: Int) -> (name: String, type: Oid, modifier: Int32) {
    let place = Int32(place)
    return (
      library.fname(handle, place).map { String(cString: $0) } ?? "",
      library.ftype(handle, place), library.fmod(handle, place)
    )
  }

  /// A part of an error, by its letter.
  func field(_ letter: Int32) -> String {
    library.resultErrorField(handle, letter).map { String(cString: $0) } ?? ""
  }
}
