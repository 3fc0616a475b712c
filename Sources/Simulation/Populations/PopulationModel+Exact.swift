// SPDX-License-Identifier: Apache-2.0
import Numerics
import Randomness
import Tables

extension PopulationModel {
  /// One exact path: the counts at the recorded times, time by time.
  ///
  /// Each transition has a unit-rate Poisson clock and a random stream of its own, so that a
  /// transition added to the model, or a changed rate, leaves the draws of the others as they were.
  ///
  /// ## Source
  /// Anderson, "A modified next reaction method for simulating chemical systems with time dependent
  /// propensities and delays", Journal of Chemical Physics 127 (2007) 214107, algorithm 3.
  func exactPath(_ key: RandomKey) throws(DataError) -> [Double] {
    var full = fullState
    var stack = [Double](repeating: 0, count: stackDepth)
    var streams = transitions.map { key.stream(path: ["transition", $0.name]).stream(entity: 0) }
    var due = streams.indices.map { Draws.exponential(rate: 1, using: &streams[$0]) }
    var spent = [Double](repeating: 0, count: transitions.count)
    var rates = spent
    var triggers = TriggerState(self, &full, &stack)
    var (time, setting, events) = (0.0, 0, 0)
    var path: [Double] = []
    path.reserveCapacity(times.count * states.count)
    var pending = times[...]
    while true {
      full[states.count + 1] = time
      for index in transitions.indices {
        rates[index] = full.withUnsafeMutableBufferPointer { full in
          stack.withUnsafeMutableBufferPointer { stack in
            guard let state = full.baseAddress, let room = stack.baseAddress else { return .nan }
            return transitions[index].rate.value(state, stack: room)
          }
        }
        guard rates[index] >= 0, rates[index].isFinite else { throw failure(index, at: time) }
      }
      var (wait, first) = (Double.infinity, -1)
      for index in rates.indices where rates[index] > 0 {
        let candidate = (due[index] - spent[index]) / rates[index]
        if candidate < wait { (wait, first) = (candidate, index) }
      }
      // A setting comes first, and the waits under the rates after it are reckoned afresh.
      let isSetting = setting < settings.count && settings[setting].time <= time + wait
      let next = isSetting ? settings[setting].time : time + wait
      while let moment = pending.first, moment < next {
        path.append(contentsOf: full[0..<states.count])
        pending.removeFirst()
      }
      if pending.isEmpty { return path }
      for index in rates.indices { spent[index] += rates[index] * (next - time) }
      time = next
      if isSetting {
        set(settings[setting], in: &full)
        setting += 1
        try triggers.fire(&full, &stack)
        continue
      }
      events += 1
      guard events <= Self.eventLimit else {
        throw DataError(
          "a replication has more than \(Self.eventLimit) events",
          remedy: "Shorten `until`, or read the model as `sde` or `ode`.")
      }
      spent[first] = due[first]
      due[first] += Draws.exponential(rate: 1, using: &streams[first])
      for change in transitions[first].changes {
        full[change.state] += change.amount
        full[states.count] += change.amount
      }
      try triggers.fire(&full, &stack)
    }
  }

  func set(_ setting: Setting, in full: inout [Double]) {
    full[states.count] += setting.value - full[setting.state]
    full[setting.state] = setting.value
  }
}
