// SPDX-License-Identifier: Apache-2.0
public import Tables

extension PopulationModel {
  /// What is true of the run: the reading, the seed, the start and every parameter, one a row.
  public func truth(seed: String) -> Table {
    var rows = [("run", "reading", reading.rawValue), ("run", "seed", seed)]
    rows.append(("run", "replications", String(replications)))
    if reading != .exact { rows.append(("run", "step", "\(stepLength)")) }
    for (name, count) in zip(states, start) { rows.append(("start", name, "\(count)")) }
    for parameter in parameters { rows.append(("parameter", parameter.name, "\(parameter.value)")) }
    for transition in transitions {
      let changes = transition.changes.map { "\($0.amount) \(states[$0.state])" }
      rows.append(("transition", transition.name, changes.joined(separator: ", ")))
    }
    for setting in settings {
      rows.append(("set at \(setting.time)", states[setting.state], "\(setting.value)"))
    }
    for (index, trigger) in triggers.enumerated() {
      for (state, value) in trigger.settings {
        rows.append(("set by condition \(index + 1)", states[state], "\(value)"))
      }
    }
    let columns = [("kind", rows.map(\.0)), ("name", rows.map(\.1)), ("value", rows.map(\.2))]
    return Table(
      name: "truth",
      columns: columns.map { name, texts in
        Column(
          name: name,
          values: .texts(codes: texts.indices.map(UInt32.init), pool: TextPool(texts)))
      })
  }
}
