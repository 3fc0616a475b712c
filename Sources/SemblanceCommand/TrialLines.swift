// SPDX-License-Identifier: Apache-2.0
import Semblance

/// What a script did on clean and faulty rows, for the terminal and for `--json`.
enum TrialLines {
  /// Prints each trial that broke the script, and those in which it stayed silent.
  static func print(_ trials: [CodeDevelopment.Trial]) {
    guard let clean = trials.first else { return }
    Terminal.output(
      "Script on clean rows: \(clean.outcome.isFine ? "runs" : "does not run, \(clean.outcome.words)")"
    )
    let faulty = trials.dropFirst()
    let broken = faulty.filter(\.isBroken)
    Terminal.output(
      "Script on faulty rows: broken by \(broken.count) of \(faulty.count) kinds of fault")
    for trial in broken {
      Terminal.output(
        "  broke on \(trial.kind ?? ""): \(trial.outcome.words) (assumed: \(trial.assumption))")
    }
    for trial in faulty where !trial.isBroken && trial.saysTheSame {
      Terminal.output(
        "  no sign of \(trial.kind ?? ""): ends well, and says what it says on clean rows")
    }
  }

  /// Adds the trials to a summary.
  static func add(_ trials: [CodeDevelopment.Trial], to summary: inout JSONObject) {
    guard !trials.isEmpty else { return }
    summary.add(
      "trials",
      .list(
        trials.map { trial in
          .object(
            JSONObject([
              ("kind", .text(trial.kind ?? "clean")), ("assumption", .text(trial.assumption)),
              ("ended", .text(trial.outcome.words)), ("broken", .flag(trial.isBroken)),
              ("saysTheSame", .flag(trial.saysTheSame)),
            ]))
        }))
  }
}
