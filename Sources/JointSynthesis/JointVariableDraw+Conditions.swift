// SPDX-License-Identifier: Apache-2.0
import Randomness
import Synthesis

extension JointVariableDraw {
  /// Draws the variable for candidates, those under a condition among what satisfies it.
  func fill(
    _ chunk: CandidateChunk, _ joint: any JointChunk, place: Int, _ conditioned: ConditionedDraw
  ) {
    fill(
      0..<chunk.count, firstRow: chunk.first, joint, place: place, bins: chunk.bins,
      stride: chunk.stride, into: chunk.outputs)
    let isUnder = (0..<chunk.count).map {
      chunk.conditions.hasCondition(row: Int(chunk.rowOfCandidate[$0]), place: place)
    }
    guard isUnder.contains(true) else { return }
    ChunkUniforms.with(
      stream, rows: chunk.first, count: chunk.count, isTwice: cells != nil
    ) { uniforms in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 257) { room in
        guard let chances = room.baseAddress else { return }
        for offset in 0..<chunk.count where isUnder[offset] {
          settle(chunk, joint, place, conditioned, offset, uniforms, chances)
        }
      }
    }
  }

  /// Draws one candidate's cell under its condition.
  private func settle(
    _ chunk: CandidateChunk, _ joint: any JointChunk, _ place: Int,
    _ conditioned: ConditionedDraw, _ offset: Int, _ uniforms: ChunkUniforms,
    _ chances: UnsafeMutablePointer<Double>
  ) {
    guard var condition = chunk.condition(offset, place) else { return }
    let output = chunk.outputs[place]
    let entity = UInt64(chunk.first + offset)
    var decided = variable.missingRoute.map {
      Int($0.outcomes[Int(chunk.bins[$0.source * chunk.stride + offset])])
    }
    if decided == 255 { decided = nil }
    chances.update(repeating: 0, count: 257)
    var before = 1.0
    if decided == nil, joint.missingChances(place, offset: offset, into: chances) {
      // Whether the cell is missing is a step of its own, with a weight of its own.
      let isPresentAllowed = condition.shares.dropFirst(missingCount).contains { $0 > 0 }
      for reason in 0..<missingCount { chances[reason] *= condition.shares[reason] }
      if !isPresentAllowed { chances[missingCount] = 0 }
      before = (0...missingCount).reduce(0) { $0 + chances[$1] }
      var rest = stream.uniforms(entity: entity, draw: 5).0 * before
      var reason = missingCount
      for candidate in 0...missingCount where chances[candidate] > 0 {
        reason = candidate
        if rest < chances[candidate] { break }
        rest -= chances[candidate]
      }
      joint.hold(
        place, offset: offset, missingFor: reason,
        uniform: stream.uniforms(entity: entity, draw: 5).1)
      chances.update(repeating: 0, count: 257)
      if reason < missingCount {
        chances[reason] = 1
      } else {
        for reason in 0..<missingCount { condition.shares[reason] = 0 }
      }
      if reason == missingCount { joint.chances(place, offset: offset, into: chances) }
    } else if decided.map({ $0 >= missingCount }) ?? true {
      joint.chances(place, offset: offset, into: chances)
    }
    var outcome = conditioned.outcome(
      chances, support: Self.usualSupport, condition, decided: decided ?? 255,
      limits: variable.isLimited ? limits(offset, chunk.outputs) : nil,
      uniforms: .init(
        choice: uniforms.choice[offset], inside: uniforms.inside[offset],
        spike: uniforms.spike[offset]
      ) { [stream] in
        let (bin, inside) = stream.uniforms(entity: entity, draw: 2)
        return (bin, stream.uniforms(entity: entity, draw: 3).0, inside)
      }
    ) { group, list in
      levels?.fillShares(ofGroup: group, into: &list)
    }
    outcome.weight *= before
    outcome.backedWeight *= before > 0 ? before : 0
    joint.hold(
      place, offset: offset, bin: outcome.bin,
      uniform: stream.uniforms(entity: entity, draw: 6).0)
    chunk.note(outcome, at: offset, place: place)
    chunk.bins[place * chunk.stride + offset] = UInt8(outcome.bin)
    if !output.missing.isEmpty {
      output.missing[offset] = outcome.bin < missingCount ? UInt8(outcome.bin + 1) : 0
    }
    if !output.numbers.isEmpty { output.numbers[offset] = outcome.number }
    if !output.levels.isEmpty { output.levels[offset] = UInt32(outcome.level) }
  }

  /// The rows that a chance is taken to rest on: few enough that no chance of 0 means never.
  private static var usualSupport: Double { 40 }
}
