// SPDX-License-Identifier: Apache-2.0
import Randomness
import Tables

extension PopulationModel {
  /// The step as it is used: a whole number of them lies between two recorded rows.
  var stepLength: Double { every / max(1, (every / step).rounded()) }

  /// One path in steps of equal length: the counts at the recorded times, time by time.
  ///
  /// Noise of a transition in a step is keyed by (transition, step): the same in every scenario.
  ///
  /// ## Source
  /// Gillespie, "The chemical Langevin equation", Journal of Chemical Physics 113 (2000) 297–306,
  /// equation 23, with counts kept from falling below 0.
  func steppedPath(_ key: RandomKey) throws(DataError) -> [Double] {
    var full = fullState
    var stack = [Double](repeating: 0, count: stackDepth)
    let keys = transitions.map { key.stream(path: ["transition", $0.name]) }
    let count = states.count
    var path: [Double] = []
    var setting = 0
    var triggers = TriggerState(self, &full, &stack)
    let length = stepLength
    let stepsPerRow = Int((every / length).rounded())
    var slopes = [[Double]](repeating: Array(repeating: 0, count: count), count: 4)
    for row in times.indices {
      for inner in 0..<stepsPerRow {
        let time = Double(row) * every + Double(inner) * length
        while setting < settings.count, settings[setting].time <= time + length * 1e-6 {
          set(settings[setting], in: &full)
          setting += 1
        }
        // A condition is looked at once a step: it is seen up to a step late.
        try triggers.fire(&full, &stack)
        if inner == 0 { path.append(contentsOf: full[0..<count]) }
        if row == times.count - 1 { break }
        let base = full
        switch reading {
        case .ode:
          try addSlope(&slopes[0], &full, &stack, time)
          for stage in 1...3 {
            let part = stage == 3 ? length : length / 2
            move(&full, from: base, by: slopes[stage - 1], part)
            try addSlope(&slopes[stage], &full, &stack, time + part)
          }
          for state in 0..<count {
            slopes[0][state] =
              (slopes[0][state] + 2 * slopes[1][state] + 2 * slopes[2][state] + slopes[3][state])
              / 6
          }
          move(&full, from: base, by: slopes[0], length)
        case .euler, .exact, .individuals, .stiff:
          try addSlope(&slopes[0], &full, &stack, time)
          move(&full, from: base, by: slopes[0], length)
        case .sde:
          let period = UInt32(truncatingIfNeeded: row * stepsPerRow + inner)
          full[count + 1] = time
          let rates = try rates(&full, &stack, time)
          for index in transitions.indices {
            var stream = keys[index].stream(entity: 0, period: period)
            let mean = rates[index] * length
            let events = mean + mean.squareRoot() * Draws.normal(using: &stream)
            for change in transitions[index].changes {
              full[change.state] = max(0, full[change.state] + change.amount * events)
            }
          }
          full[count] = full[0..<count].reduce(0, +)
        }
      }
    }
    return path
  }

  private func move(
    _ full: inout [Double], from base: [Double], by slope: [Double], _ length: Double
  ) {
    var total = 0.0
    for state in states.indices {
      full[state] = base[state] + slope[state] * length
      total += full[state]
    }
    full[states.count] = total
  }

  /// How fast each state changes.
  func slope(
    _ full: inout [Double], _ stack: inout [Double], _ time: Double
  ) throws(DataError) -> [Double] {
    var slope = [Double](repeating: 0, count: states.count)
    try addSlope(&slope, &full, &stack, time)
    return slope
  }

  private func addSlope(
    _ slope: inout [Double], _ full: inout [Double], _ stack: inout [Double], _ time: Double
  ) throws(DataError) {
    full[states.count + 1] = time
    for state in slope.indices { slope[state] = 0 }
    let rates = try rates(&full, &stack, time)
    for index in transitions.indices {
      for change in transitions[index].changes {
        slope[change.state] += change.amount * rates[index]
      }
    }
  }

  private func rates(
    _ full: inout [Double], _ stack: inout [Double], _ time: Double
  ) throws(DataError) -> [Double] {
    let rates = full.withUnsafeMutableBufferPointer { full in
      stack.withUnsafeMutableBufferPointer { stack -> [Double] in
        guard let state = full.baseAddress, let room = stack.baseAddress else { return [] }
        return transitions.map { $0.rate.value(state, stack: room) }
      }
    }
    // Between whole individuals, a rate such as X(X − 1)/2 may dip below 0: none then happens.
    for index in rates.indices where !rates[index].isFinite { throw failure(index, at: time) }
    return reading == .sde ? rates.map { max(0, $0) } : rates
  }
}
