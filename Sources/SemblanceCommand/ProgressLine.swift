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
      let units = Units(progress)
      var line = "\(progress.phase) \(units.done) of \(units.all)"
      if elapsed > 0.5, progress.completed > 0, progress.completed < progress.total {
        let rate = Double(progress.completed) / elapsed
        let left = Double(progress.total - progress.completed) / rate
        line += ", \(units.text(rate)) a second, \(Units.short(left)) s left"
      }
      return line
    }
    if let line { Terminal.progress(line) }
  }

  /// What is counted, as people read it.
  private struct Units {
    let done: String
    let all: String
    private let isBytes: Bool
    private let names = [" B", " kB", " MB", " GB", " TB"]

    init(_ progress: Progress) {
      isBytes = progress.unit == .bytes
      guard isBytes else {
        (done, all) = (String(progress.completed), String(progress.total))
        return
      }
      let names = names
      let bytes = { (number: Double) in Self.bytes(number, names) }
      (done, all) = (bytes(Double(progress.completed)), bytes(Double(progress.total)))
    }

    func text(_ rate: Double) -> String { isBytes ? Self.bytes(rate, names) : Self.short(rate) }

    static func short(_ number: Double) -> String {
      number >= 10 ? String(Int(number.rounded())) : String((number * 10).rounded() / 10)
    }

    private static func bytes(_ number: Double, _ names: [String]) -> String {
      var number = number
      var unit = 0
      while number >= 1000, unit + 1 < names.count {
        number /= 1000
        unit += 1
      }
      return short(number) + names[unit]
    }
  }
}
