// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Formats
public import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs a user's script on a data file in an empty environment: a folder of its own with nothing but the
/// data, and no variable but the few without which no program starts.
public struct ScriptRun: Sendable {
  /// How a run ended.
  public struct Outcome: Hashable, Sendable {
    /// The exit status; `nil` if a signal or the time limit ended it.
    public var status: Int32?
    /// The signal that ended it.
    public var signal: Int32?
    /// Whether it was stopped because it took too long.
    public var isTooLong: Bool
    /// The last lines of what it said on standard error, in short.
    public var complaint: String
    /// What it said on standard output.
    public var output: [UInt8]
    /// The files it left in its folder beside those it was given, by name.
    public var files: [String: [UInt8]] = [:]

    /// Whether it ended well.
    public var isFine: Bool { status == 0 }

    /// How it ended, in words.
    public var words: String {
      if isTooLong { return "stopped: it took too long" }
      if let signal { return "ended by signal \(signal)" }
      return "exit status \(status ?? 0)" + (complaint.isEmpty ? "" : ": \(complaint)")
    }
  }

  /// The script.
  public let script: String
  /// The seconds after which a run is stopped.
  public let timeLimit: Double
  /// The program that runs it and its first arguments; empty lets the script's extension decide.
  public let command: [String]

  /// The most bytes that are kept of the files a script leaves.
  private static let mostBytes = 64 << 20

  /// Creates a runner.
  ///
  /// - Throws: `DataError` if there is no such script.
  public init(
    script: String, command: [String] = [], timeLimit: Double = 60
  ) throws(DataError) {
    _ = try FileBytes.size(script)
    self.command = command
    self.script =
      script.hasPrefix("/") ? script : FileManager.default.currentDirectoryPath + "/" + script
    self.timeLimit = timeLimit
  }

  /// What starts a script, by its extension; the script itself where none is known.
  private var arguments: [String] {
    if !command.isEmpty { return command + [script] }
    let starters = [
      ".py": ["python3"], ".R": ["Rscript", "--vanilla"], ".r": ["Rscript", "--vanilla"],
      ".sh": ["sh"], ".jl": ["julia", "--startup-file=no"], ".pl": ["perl"], ".js": ["node"],
    ]
    let starter = starters.first { script.hasSuffix($0.key) }?.value ?? []
    return starter + [script]
  }

  /// Runs the script on a table.
  ///
  /// - Parameters:
  ///   - bytes: The data file.
  ///   - name: Its name; the script finds it in its working folder, and gets it as its argument.
  /// - Throws: `DataError` if the script cannot be started.
  public func outcome(on bytes: [UInt8], named name: String) throws -> Outcome {
    try outcome(on: [(name, bytes)])
  }

  /// Runs the script in a folder of files, the first of which is its argument.
  ///
  /// - Throws: `DataError` if the script cannot be started.
  func outcome(on files: [(name: String, bytes: [UInt8])]) throws -> Outcome {
    let folder =
      FileManager.default.temporaryDirectory.path
      + "/semblance-run-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder + "/work", withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for file in files { try FileBytes.write(file.bytes, to: "\(folder)/work/\(file.name)") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, folder + "/output", flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, folder + "/complaint", flags, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This program blocks the signals that would stop it; a script must hear them.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETPGROUP))
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    let environment = ["PATH=\(path)", "HOME=\(folder)", "TMPDIR=\(folder)", "LANG=C.UTF-8"]
    // The header of the C library hides the call that changes the folder, so a shell does it.
    let shell = ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder + "/work"]
    var words = (shell + arguments + files.prefix(1).map(\.name)).map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer {
      words.forEach { free($0) }
      variables.forEach { free($0) }
    }
    var process: pid_t = 0
    let failure = posix_spawnp(
      &process, "sh", &actions, &attributes, &words, &variables)
    guard failure == 0 else {
      throw DataError(
        "the script cannot be started: \(String(cString: strerror(failure)))", file: script,
        remedy: "Check that a shell can be started here.")
    }
    var outcome = wait(for: process)
    outcome.output = (try? FileBytes.read(folder + "/output")) ?? []
    outcome.complaint = Self.ending(of: (try? FileBytes.read(folder + "/complaint")) ?? [])
    outcome.files = Self.left(in: folder + "/work", beside: Set(files.map(\.name)))
    return outcome
  }

  /// The plain files in a folder but for some.
  private static func left(in folder: String, beside known: Set<String>) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var total = 0
    let manager = FileManager.default
    for name in ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
      let path = "\(folder)/\(name)"
      // A link could lead to any file of this machine.
      guard !known.contains(name),
        let facts = try? manager.attributesOfItem(atPath: path),
        facts[.type] as? FileAttributeType == .typeRegular,
        let size = try? FileBytes.size(path), total + size <= mostBytes,
        let bytes = try? FileBytes.read(path)
      else { continue }
      total += size
      files[name] = bytes
    }
    return files
  }

  private func wait(for process: pid_t) -> Outcome {
    var outcome = Outcome(status: nil, signal: nil, isTooLong: false, complaint: "", output: [])
    let started = ContinuousClock.now
    var state: Int32 = 0
    while true {
      let ended = waitpid(process, &state, WNOHANG)
      if ended == process || (ended < 0 && errno != EINTR) { break }
      if started.duration(to: .now) > .seconds(timeLimit) {
        // Its whole group, so that nothing it started stays behind.
        kill(-process, SIGKILL)
        waitpid(process, &state, 0)
        outcome.isTooLong = true
        return outcome
      }
      usleep(2000)
    }
    // The low seven bits are the signal, the next byte the status.
    if state & 0x7F == 0 {
      outcome.status = (state >> 8) & 0xFF
    } else {
      outcome.signal = state & 0x7F
    }
    return outcome
  }

  /// The last line that says something, within two hundred signs.
  private static func ending(of bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes.suffix(4096), as: UTF8.self).split(separator: "\n")
    let last = lines.last { !$0.allSatisfy(\.isWhitespace) } ?? ""
    return String(last.unicodeScalars.filter { $0.value >= 0x20 }.map(Character.init).prefix(200))
  }
}
