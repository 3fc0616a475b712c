// SPDX-License-Identifier: Apache-2.0
import Tables

extension PopulationModel {
  /// The path of the differential equation in steps of any length, for rates that lie far apart.
  ///
  /// A condition is looked at after each step.
  func stiffPath() throws(DataError) -> [Double] {
    var full = fullState
    var stack = [Double](repeating: 0, count: stackDepth)
    var triggers = TriggerState(self, &full, &stack)
    var solver = StiffSolver(firstStep: min(step, every) * 1e-3)
    var values = Array(full[0..<states.count])
    var path: [Double] = []
    var (time, setting) = (0.0, 0)
    func fill(_ values: [Double]) {
      for state in states.indices { full[state] = values[state] }
      full[states.count] = values.reduce(0, +)
    }
    for moment in times {
      while true {
        let stop = setting < settings.count ? min(moment, settings[setting].time) : moment
        while time < stop {
          time = try solver.advance(
            &values, from: time, to: stop,
            slope: { (values, time) throws(DataError) in
              fill(values)
              return try slope(&full, &stack, time)
            },
            isOver: { (values) throws(DataError) in
              guard !self.triggers.isEmpty else { return false }
              fill(values)
              let before = Array(full[0..<states.count])
              try triggers.fire(&full, &stack)
              values = Array(full[0..<states.count])
              return values != before
            })
        }
        guard setting < settings.count, settings[setting].time <= moment else { break }
        fill(values)
        set(settings[setting], in: &full)
        setting += 1
        try triggers.fire(&full, &stack)
        values = Array(full[0..<states.count])
      }
      path.append(contentsOf: values)
    }
    return path
  }
}
