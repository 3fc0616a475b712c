// SPDX-License-Identifier: Apache-2.0
import Learners
import Randomness
import Synthesis

extension VariableDraw {
  /// Draws the variable for candidates, those under a condition among what satisfies it.
  func fill(_ chunk: CandidateChunk, place: Int, _ conditioned: ConditionedDraw) {
    let isUnder = (0..<chunk.count).map {
      chunk.conditions.hasCondition(row: Int(chunk.rowOfCandidate[$0]), place: place)
    }
    if isUnder.contains(false) {
      fill(
        0..<chunk.count, firstRow: chunk.first, bins: chunk.bins, place: place,
        stride: chunk.stride, into: chunk.outputs)
    }
    guard isUnder.contains(true) else { return }
    let columns = variable.predictors.map { UnsafePointer(chunk.bins + $0 * chunk.stride) }
    ChunkUniforms.with(
      stream, rows: chunk.first, count: chunk.count, isTwice: cells != nil
    ) { uniforms in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 256) { room in
        guard let chances = room.baseAddress else { return }
        let under = Under(
          chunk: chunk, place: place, conditioned: conditioned, columns: columns,
          uniforms: uniforms, chances: chances)
        switch source {
        case .tree(let tree, let cumulativeWeights, let walk):
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(chunk.count, 1)) { leaves in
            guard let leaves = leaves.baseAddress else { return }
            walk.leaves(of: columns, count: chunk.count, into: leaves)
            LeafDraw.with(tree, cumulativeWeights) { tree in
              for offset in 0..<chunk.count where isUnder[offset] {
                settle(offset, under) { _, _ in
                  tree.chances(leaf: Int(leaves[offset]), into: chances)
                }
              }
            }
          }
        case .hierarchy(let hierarchy):
          for offset in 0..<chunk.count where isUnder[offset] {
            settle(offset, under) { condition, isPlain in
              // Only what a route or a limit may move to other bins asks for all of them.
              let wanted = isPlain ? condition.wanted(rareBin: variable.layout.rareBin) : nil
              hierarchy.chances(columns, row: offset, of: wanted, into: chances)
              return Self.usualSupport
            }
          }
        case .distribution(let fitted):
          PartUniforms.with(
            stream, rows: chunk.first, count: chunk.count, isWanted: fitted.hasParts
          ) { parts in
            for offset in 0..<chunk.count where isUnder[offset] {
              settle(offset, under) { _, _ in
                fitted.chances(columns, row: offset, part: parts?[offset], into: chances)
                return Self.usualSupport
              }
            }
          }
        }
      }
    }
  }

  /// The rows that a chance is taken to rest on, where a method does not say.
  private static var usualSupport: Double { 40 }

  /// What all candidates of a chunk share.
  private struct Under {
    let chunk: CandidateChunk
    let place: Int
    let conditioned: ConditionedDraw
    let columns: [UnsafePointer<UInt8>]
    let uniforms: ChunkUniforms
    let chances: UnsafeMutablePointer<Double>
  }

  /// Draws one candidate's cell under its condition.
  ///
  /// - Parameter weigh: Writes the chances of bins, at least of those that the condition asks for where
  ///   nothing moves a row to others; returns the rows they rest on.
  private func settle(
    _ offset: Int, _ under: Under, _ weigh: (CellCondition, Bool) -> Double
  ) {
    let chunk = under.chunk
    guard let condition = chunk.condition(offset, under.place) else { return }
    let output = chunk.outputs[under.place]
    let entity = UInt64(chunk.first + offset)
    let route = variable.missingRoute
    let decided = route.map {
      Int($0.outcomes[Int(chunk.bins[$0.source * chunk.stride + offset])])
    }
    let limits = variable.isLimited ? limits(offset, chunk.outputs) : nil
    under.chances.update(repeating: 0, count: 256)
    var support = 0.0
    if decided.map({ $0 >= missingCount }) ?? true {
      support = weigh(condition, route == nil && limits == nil)
    }
    let outcome = under.conditioned.outcome(
      under.chances, support: support, condition, decided: decided ?? 255, limits: limits,
      uniforms: .init(
        choice: under.uniforms.choice[offset], inside: under.uniforms.inside[offset],
        spike: under.uniforms.spike[offset]
      ) { [stream] in
        let (bin, inside) = stream.uniforms(entity: entity, draw: 2)
        return (bin, stream.uniforms(entity: entity, draw: 3).0, inside)
      }
    ) { group, list in
      levels?.chances(ofGroup: group, columns: under.columns, offset: offset, into: &list)
    }
    chunk.note(outcome, at: offset, place: under.place)
    chunk.bins[under.place * chunk.stride + offset] = UInt8(outcome.bin)
    if !output.missing.isEmpty {
      output.missing[offset] = outcome.bin < missingCount ? UInt8(outcome.bin + 1) : 0
    }
    if !output.numbers.isEmpty { output.numbers[offset] = outcome.number }
    if !output.levels.isEmpty { output.levels[offset] = UInt32(outcome.level) }
  }
}

extension CellCondition {
  /// The bins whose chances it asks for.
  fileprivate func wanted(rareBin: Int?) -> [Bool]? {
    var wanted = shares.map { $0 > 0 }
    if let rareBin, rareBin < wanted.count { wanted[rareBin] = true }
    while wanted.count < 256 { wanted.append(false) }
    return wanted.contains(false) ? wanted : nil
  }
}
