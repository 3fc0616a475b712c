// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A PostgreSQL server of the tests' own: in a temporary folder, on loopback only, gone at the end.
///
/// The server refuses to run as root, so that root hands it to the user `postgres`.
final class PostgresServer: Sendable {
  /// The server that all tests share; `nil` where none can be started, with the reason.
  static let shared: PostgresServer? = try? PostgresServer()

  let port: Int
  private let folder: String
  private let programs: String
  /// Whoever may connect with this password only, as a real server has it.
  static let password = "pa ss:w/o@rd"

  private init() throws {
    let versions =
      (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let places = versions.sorted().map { "/usr/lib/postgresql/\($0)/bin" } + ["/usr/bin"]
    guard
      let programs = places.last(where: {
        FileManager.default.isExecutableFile(atPath: "\($0)/initdb")
      })
    else { throw CocoaError(.fileNoSuchFile) }
    self.programs = programs
    port = 40_000 + Int(getpid()) % 20_000
    folder = "/tmp/semblance-pg-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("\(Self.password)\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/word"))
    if getuid() == 0 { try Self.run("chown -R postgres \(folder)") }
    // No fsync: the data are thrown away.
    try control(
      "\(programs)/initdb -D \(folder)/data -A scram-sha-256 --pwfile=\(folder)/word -U tester "
        + "-E UTF8 --locale=C.UTF-8 -N")
    try control(
      "\(programs)/pg_ctl -D \(folder)/data -l \(folder)/log -w -t 30 -o '-p \(port) -k \(folder) "
        + "-c listen_addresses=127.0.0.1 -c fsync=off' start")
    setenv("PGPASSWORD", Self.password, 1)
    Self.last.withLock { $0 = (folder, programs) }
    atexit {
      // The process ends without unwinding, so that the server is stopped here.
      guard let (folder, programs) = PostgresServer.last.withLock({ $0 }) else { return }
      try? PostgresServer.control("\(programs)/pg_ctl -D \(folder)/data -m immediate stop")
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  private static let last = Mutex<(String, String)?>(nil)

  /// The address of the database, without a password.
  var address: String { "postgresql://tester@127.0.0.1:\(port)/postgres" }

  /// Runs statements.
  func run(_ sql: String) throws { _ = try rows(sql) }

  /// The rows of a query, as the server's own program prints them.
  func rows(_ sql: String) throws -> [String] {
    let script = "\(folder)-\(UUID().uuidString.prefix(8)).sql"
    try Data(sql.utf8).write(to: URL(fileURLWithPath: script))
    defer { try? FileManager.default.removeItem(atPath: script) }
    return try Self.run(
      "\(programs)/psql -q -A -t -v ON_ERROR_STOP=1 '\(address)' -f \(script)"
    ).split(separator: "\n").map(String.init)
  }

  private func control(_ command: String) throws { try Self.control(command) }

  private static func control(_ command: String) throws {
    if getuid() == 0 {
      let script = "/tmp/semblance-\(UUID().uuidString).sh"
      try Data(command.utf8).write(to: URL(fileURLWithPath: script))
      defer { try? FileManager.default.removeItem(atPath: script) }
      try run("su postgres -s /bin/sh \(script)")
    } else {
      try run(command)
    }
  }

  /// Runs a command of the shell, and gives what it prints.
  ///
  /// Not by `Process`: it waits until the server ends, which keeps what it inherits open.
  @discardableResult
  private static func run(_ command: String) throws -> String {
    let output = "/tmp/semblance-\(UUID().uuidString).out"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let words = ["sh", "-c", "cd /tmp; { \(command)\n} >\(output) 2>&1 </dev/null"]
    var arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var child: pid_t = 0
    guard posix_spawn(&child, "/bin/sh", nil, nil, arguments, environ) == 0 else {
      throw CocoaError(.executableNotLoadable)
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    guard status == 0 else {
      throw NSError(
        domain: "PostgresServer", code: Int(status),
        userInfo: [NSLocalizedDescriptionKey: text])
    }
    return text
  }
}
