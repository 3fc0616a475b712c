// SPDX-License-Identifier: Apache-2.0
import Releases

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends the command cleanly when it is told to stop: unfinished outputs are removed first.
///
/// The signals are blocked in every thread, and one thread waits for them. Removing files is more than
/// a signal handler may do, but not more than a thread may.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Call it before any other thread is made: threads inherit what is blocked.
  static func listen() {
    var set = waited
    guard pthread_sigmask(SIG_BLOCK, &set, nil) == 0 else { return }
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let made = pthread_create(
      &thread, nil,
      { _ in
        Interruption.waitAndEnd()
        return nil
      }, nil)
    // Without the thread nobody would ever hear the signals.
    if made != 0 { pthread_sigmask(SIG_UNBLOCK, &set, nil) }
  }

  private static var waited: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals where !isIgnored(signal) { sigaddset(&set, signal) }
    return set
  }

  /// Whether who started us wants a signal ignored, as `nohup` does.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == 1
  }

  private static func waitAndEnd() {
    var set = waited
    var number: Int32 = 0
    guard sigwait(&set, &number) == 0 else { return }
    Terminal.clearProgress()
    UnfinishedOutputs.removeForExit {
      // The shell is told the truth: ended by this signal.
      signal(number, SIG_DFL)
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      raise(number)
      _exit(128 + number)
    }
  }
}
