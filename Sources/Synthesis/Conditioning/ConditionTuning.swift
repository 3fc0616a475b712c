// SPDX-License-Identifier: Apache-2.0
import Numerics
package import Randomness
package import Tables

/// How rows under one condition are drawn best, found out by trial candidates.
///
/// Trials say how weights spread. Where they spread widely, variables that bear on the condition are
/// proposed more often in the bins in which it is more often met (cross-entropy), which weights make up for.
/// Then each row takes the first candidate that is kept with a chance of its weight over a cap, which is
/// exact but for the share of weight above the cap.
///
/// ## Source
/// Rejection by weight: Liu, Chen and Wong, "Rejection control and sequential importance sampling", *JASA*
/// 93 (1998). Proposals: Rubinstein and Kroese, *The Cross-Entropy Method*, Springer, 2004, with one
/// multiplier a bin and variable.
package struct ConditionTuning: Sendable {
  /// The share of weight above the cap, at most.
  static let neglected = 0.002
  /// The least and the most trial candidates of a round.
  static let trialCounts = (1024, 1 << 17)
  /// The effective sample size of a trial that says how to propose.
  static let enoughTrials = 24.0
  /// Proposals are changed where a row would need more candidates than this.
  static let cheapCount = 12.0
  /// The most candidates a row may need on average.
  package static let mostCandidates = 20_000.0

  /// The run that draws.
  package let run: ConditionalRun
  /// The chance that the model gives the condition.
  package let rate: Double
  /// The effective sample size of a candidate, in 0...1.
  package let efficiency: Double
  /// How many candidates a row needs on average.
  package let candidateCount: Double

  /// Tries conditions that are the same for all rows.
  ///
  /// - Parameters:
  ///   - conditions: The conditions, one row.
  ///   - accepts: Which rows satisfy what is left of the condition.
  ///   - key: Names the trials.
  /// - Throws: `Impossible` if no trial meets the condition.
  package init(
    _ model: any ConditionableModel, _ conditions: RowConditions,
    accepts: (@Sendable (Table) -> [Bool])?, key: RandomKey, threads: Int
  ) throws(Impossible) {
    for place in conditions.places
    where conditions.common(place: place)?.shares.contains(where: { $0 > 0 }) == false {
      throw Impossible(variable: model.drawnVariables[place].name)
    }
    let effort = ConditionalRun.Effort(blocks: [1], enough: 1)
    var run = ConditionalRun(model, conditions, copies: 0, effort: effort, accepts: accepts)
    let drawing = model.candidateDrawing(key)
    var trial = Trial(run, drawing, key: key, round: 0, count: Self.trialCounts.0, threads: threads)
    var round = 1
    // Weights say how little likely a condition is; what is checked on whole rows takes more of them.
    let most = accepts == nil ? Self.trialCounts.1 / 8 : Self.trialCounts.1
    while trial.effectiveCount < Self.enoughTrials, trial.count < Self.trialCounts.1,
      trial.effectiveCount > 0 || trial.count < most
    {
      // Few trials that met it say little; many more are drawn, aimed by what is known.
      if trial.effectiveCount >= 4 {
        run = run.proposing(trial.tilts(run), from: conditions)
      }
      trial = Trial(
        run, drawing, key: key, round: round, count: trial.count * 4, threads: threads)
      round += 1
    }
    guard trial.effectiveCount > 0 else {
      throw Impossible(variable: trial.end.map { run.variables[$0].name })
    }
    var best = (run: run, trial: trial)
    if best.trial.candidateCount > Self.cheapCount {
      for _ in 0..<3 {
        let full = best.trial.tilts(best.run)
        var better: (run: ConditionalRun, trial: Trial)?
        for power in [1, 0.75, 0.5] {
          let other = best.run.proposing(full.map { Self.power($0, power) }, from: conditions)
          let trial = Trial(
            other, drawing, key: key, round: round, count: max(2048, best.trial.count / 4),
            threads: threads)
          round += 1
          guard trial.effectiveCount >= Self.enoughTrials,
            trial.candidateCount < (better ?? best).trial.candidateCount
          else { continue }
          better = (other, trial)
        }
        guard let found = better else { break }
        let gain = best.trial.candidateCount / found.trial.candidateCount
        best = found
        if gain < 1.5 || found.trial.candidateCount <= Self.cheapCount { break }
      }
    }
    rate = best.trial.mean
    efficiency = best.trial.effectiveCount / Double(best.trial.count)
    candidateCount = best.trial.candidateCount
    self.run = best.run.with(
      ConditionalRun.Effort(
        blocks: Self.blocks(candidateCount), enough: .infinity, cap: best.trial.cap))
  }

  /// That no trial meets a condition, and the variable at which most of them end.
  package struct Impossible: Error {
    /// The variable; `nil` where it is not one variable's part that ends them.
    package var variable: String?
  }

  private static func power(_ tilts: [Double], _ power: Double) -> [Double] {
    power == 1
      ? tilts : tilts.map { ElementaryFunctions.exp(power * ElementaryFunctions.log($0)) }
  }

  /// Blocks of candidates of which one is found but once in e³⁰ rows where a row needs so many on average.
  private static func blocks(_ mean: Double) -> [Int] {
    var size = 1
    while Double(size) < 0.6 * mean, size < 2048 { size *= 2 }
    var blocks: [Int] = []
    var total = 0
    while Double(total) < 30 * mean, blocks.count < 95 {
      blocks.append(size)
      total += size
      if blocks.count > 2, size < 2048 { size *= 2 }
    }
    return blocks
  }
}

extension ConditionalRun {
  /// The run with another effort.
  func with(_ effort: Effort) -> ConditionalRun {
    ConditionalRun(
      model, conditions, copies: copies, effort: effort, accepts: accepts, places: places,
      variables: variables)
  }

  /// The run with some bins proposed more often.
  ///
  /// - Parameters:
  ///   - tilts: For each variable a multiplier of each bin; empty for none.
  ///   - original: The conditions without any.
  func proposing(_ tilts: [[Double]], from original: RowConditions) -> ConditionalRun {
    var conditions = original
    for (place, list) in tilts.enumerated() where !list.isEmpty {
      if var condition = original.common(place: place) {
        condition.tilts = list
        conditions.set(condition, place: place)
      } else {
        conditions.set(CellCondition(tilts: list), place: place)
      }
    }
    return ConditionalRun(
      model, conditions, copies: copies, effort: effort, accepts: accepts, places: places,
      variables: variables)
  }
}

/// Candidates that are drawn to see how their weights spread.
struct Trial {
  /// The number of candidates.
  let count: Int
  /// The mean weight, which is the chance of the condition.
  let mean: Double
  /// The effective sample size.
  let effectiveCount: Double
  /// The logarithm of the weight above which the little that is neglected lies.
  let cap: Double
  /// How many candidates a row needs on average.
  let candidateCount: Double
  /// The variable at which most candidates became impossible.
  let end: Int?
  private let weights: [Double]
  private let bins: [[UInt8]]

  init(
    _ run: ConditionalRun, _ drawing: any CandidateDrawing, key: RandomKey, round: Int, count: Int,
    threads: Int
  ) {
    let own = RandomKey(
      seed: key.seed,
      replication: ConditionalRun.firstReplication + 100 * key.replication + round)
    let size = 1024
    let drawing = drawing.prepared(for: run.conditions, places: run.places).keyed(by: own)
    let batches = ChunkedWork(count: count / size, threads: threads, chunkSize: 1).map { numbers in
      numbers.map {
        CandidateBatch(
          run.model.frame, run.variables, drawing, places: run.places,
          pieces: [$0 * size..<($0 + 1) * size],
          rowOfCandidate: [Int32](repeating: 0, count: size), conditions: run.conditions, key: own,
          accepts: run.accepts)
      }
    }
    self.count = batches.count * size
    let logarithms = batches.flatMap(\.weights)
    bins = run.variables.indices.map { place in
      batches.flatMap { $0.bins[place * size..<(place + 1) * size] }
    }
    var ends: [Int: Int] = [:]
    for end in batches.flatMap(\.ends) where end >= 0 { ends[Int(end), default: 0] += 1 }
    end = ends.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    let greatest = logarithms.max() ?? -.infinity
    let weights = logarithms.map {
      $0 > -.infinity ? ElementaryFunctions.exp($0 - greatest) : 0
    }
    self.weights = weights
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    effectiveCount = squares > 0 ? sum * sum / squares : 0
    mean = sum > 0 ? sum / Double(weights.count) * ElementaryFunctions.exp(greatest) : 0
    // The least cap above which no more than the neglected share of weight lies.
    let sorted = weights.filter { $0 > 0 }.sorted(by: >)
    var over = 0.0
    var cap = sorted.first ?? 0
    for (number, weight) in sorted.enumerated() {
      // What lies above this weight, if it were the cap.
      let excess = over - Double(number) * weight
      if excess > ConditionTuning.neglected * sum { break }
      cap = weight
      over += weight
    }
    self.cap = cap > 0 ? greatest + ElementaryFunctions.log(cap) : 0
    candidateCount = sum > 0 ? max(1, cap * Double(weights.count) / sum) : .infinity
  }

  /// For each variable, how much more often each of its bins meets the condition than a bin does on
  /// average; empty where proposals stay.
  func tilts(_ run: ConditionalRun) -> [[Double]] {
    let places = Set(run.places)
    let average = weights.reduce(0, +) / Double(max(1, weights.count))
    return run.variables.enumerated().map { place, variable in
      guard places.contains(place), !variable.isLimited, !variable.layout.hasGroups, average > 0
      else { return [] }
      let before = run.conditions.common(place: place)?.tilts ?? []
      let binCount = max(1, variable.layout.binCount)
      var counts = [Double](repeating: 0, count: binCount)
      var sums = counts
      for (row, bin) in bins[place].enumerated() {
        counts[Int(bin)] += 1
        sums[Int(bin)] += weights[row]
      }
      let groups = Self.groups(counts, variable.layout)
      var groupCounts: [Int: Double] = [:]
      var groupSums: [Int: Double] = [:]
      for bin in 0..<binCount {
        groupCounts[groups[bin], default: 0] += counts[bin]
        groupSums[groups[bin], default: 0] += sums[bin]
      }
      let prior = 8.0
      return (0..<binCount).map { bin in
        let group = groups[bin]
        let rate =
          ((groupSums[group] ?? 0) + prior * average) / ((groupCounts[group] ?? 0) + prior)
        return min(max(rate / average, 0.02), 50) * (before.isEmpty ? 1 : before[bin])
      }
    }
  }

  /// Neighbours on a scale together, about as many trials in each group; levels each by itself.
  private static func groups(_ counts: [Double], _ layout: VariableLayout) -> [Int] {
    guard layout.isScale else { return Array(counts.indices) }
    let missingCount = layout.missingReasons.count
    let aim = counts.dropFirst(missingCount).reduce(0, +) / 24
    var group = missingCount
    var held = 0.0
    return counts.enumerated().map { bin, count in
      guard bin >= missingCount else { return bin }
      if held >= aim {
        group += 1
        held = 0
      }
      held += count
      return group
    }
  }
}

extension VariableLayout {
  /// Whether there are too many levels for a bin each.
  package var hasGroups: Bool {
    if case .levels(let levels) = content { return !levels.groupStarts.isEmpty }
    return false
  }
}
