// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Tables

/// Shows progress with rate and time left on one line of the terminal.
final class ProgressLine: Sendable {
  private struct State {
    var phase = ""
    var started = ContinuousClock.now
    var shown = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let isShown: Bool

  init(isQuiet: Bool) { isShown = !isQuiet && Terminal.isInteractive }

  /// A handler that draws the line at most ten times a second.
  var handler: ProgressHandler {
    guard isShown else { return .silent }
    return ProgressHandler { [self] in show($0) }
  }

  private func show(_ progress: Progress) {
    let line = state.withLock { state -> String? in
      let now = ContinuousClock.now
      if progress.phase != state.phase {
        state.phase = progress.phase
        state.started = now
      } else if now - state.shown < .milliseconds(100), progress.completed < progress.total {
        return nil
      }
      state.shown = now
      let elapsed = (now - state.started) / .seconds(1)
      var line = "\(progress.phase) \(progress.completed) of \(progress.total)"
      if elapsed > 0.5, progress.completed > 0, progress.completed < progress.total {
        let rate = Double(progress.completed) / elapsed
        let left = Double(progress.total - progress.completed) / rate
        line += ", \(Self.short(rate)) a second, \(Self.short(left)) s left"
      }
      return line
    }
    if let line { Terminal.progress(line) }
  }

  private static func short(_ number: Double) -> String {
    number >= 10 ? String(Int(number.rounded())) : String((number * 10).rounded() / 10)
  }
}
