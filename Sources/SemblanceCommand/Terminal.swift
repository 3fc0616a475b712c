// SPDX-License-Identifier: Apache-2.0
import Formats
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output and standard error.
enum Terminal {
  private static let hasProgress = Mutex(false)

  /// Whether standard error is a terminal.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// Makes the process fit to write, before anything else is opened.
  static func prepare() {
    // A stream that is closed would lend its number to the next file that is opened, and messages
    // would land in it.
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDWR)
    }
    // A limit on file sizes is an error of writing, as a full disk is; it is no reason to die.
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Writes a line to standard output.
  static func output(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Writes bytes to standard output.
  static func output(bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Shows a line of progress in place of the one before.
  static func progress(_ text: String) {
    hasProgress.withLock { $0 = true }
    write("\r\u{1B}[2K" + text, to: STDERR_FILENO)
  }

  /// Takes the line of progress away.
  static func clearProgress() {
    let shown = hasProgress.withLock { shown in
      defer { shown = false }
      return shown
    }
    if shown { write("\r\u{1B}[2K", to: STDERR_FILENO) }
  }

  private static func write(_ text: String, to file: Int32) { write(Array(text.utf8), to: file) }

  private static func write(_ bytes: [UInt8], to file: Int32) {
    guard !bytes.withUnsafeBytes({ FileBytes.writeAll($0, to: file) }) else { return }
    // A reader that went away wants no more, and that is no error; output without room is.
    guard file == STDOUT_FILENO, errno != EPIPE else { return }
    error(
      "error: standard output cannot be written: \(String(cString: strerror(errno)))\n"
        + "  fix: Check that the disk has room, or write to a file with -o.")
    exit(CommandFailure.badInput)
  }
}
