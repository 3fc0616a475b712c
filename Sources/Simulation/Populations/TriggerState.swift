// SPDX-License-Identifier: Apache-2.0
import Tables

/// Which conditions of a model hold, so that each fires only as it becomes true.
struct TriggerState {
  private let triggers: [PopulationModel.Trigger]
  private var holds: [Bool]
  private let population: Int
  private static let roundLimit = 1000

  /// Notes what holds at the start; nothing fires then.
  init(_ model: PopulationModel, _ full: inout [Double], _ stack: inout [Double]) {
    triggers = model.triggers
    population = model.states.count
    holds = []
    holds = triggers.map { Self.isTrue($0, &full, &stack) }
  }

  /// Sets the counts of every condition that has become true, in order, also by such a setting.
  ///
  /// - Throws: `DataError` if the conditions set one another off without end.
  mutating func fire(_ full: inout [Double], _ stack: inout [Double]) throws(DataError) {
    var due: [Int] = []
    for _ in 0..<Self.roundLimit {
      for index in triggers.indices {
        let isTrue = Self.isTrue(triggers[index], &full, &stack)
        if isTrue, !holds[index] { due.append(index) }
        holds[index] = isTrue
      }
      guard !due.isEmpty else { return }
      for (state, value) in triggers[due.removeFirst()].settings {
        full[population] += value - full[state]
        full[state] = value
      }
    }
    throw DataError(
      "the conditions under `when` set one another off without end",
      remedy: "Change what one of them sets, so that the other stays false.")
  }

  private static func isTrue(
    _ trigger: PopulationModel.Trigger, _ full: inout [Double], _ stack: inout [Double]
  ) -> Bool {
    full.withUnsafeMutableBufferPointer { full in
      stack.withUnsafeMutableBufferPointer { stack in
        guard let state = full.baseAddress, let room = stack.baseAddress else { return false }
        return trigger.condition.value(state, stack: room) != 0
      }
    }
  }
}
