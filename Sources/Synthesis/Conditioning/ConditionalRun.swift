// SPDX-License-Identifier: Apache-2.0
package import Randomness
package import Tables

/// Draws rows under conditions: for each row candidates of their own, of which one is chosen.
///
/// Candidates visit the variables in the model's order. A variable under a condition is drawn among what
/// satisfies it, and the candidate's weight is multiplied by how likely that was given the variables before.
/// The choice by weight has the model's distribution given *all* conditions, wherever in the order they
/// stand, up to an error that falls with the number of candidates. Only variables that a weight hangs on
/// are drawn for candidates; the rest is drawn for the chosen one.
///
/// Row *i* is one function of model, conditions, key and *i*.
package struct ConditionalRun: Sendable {
  /// What is done for a row.
  package struct Effort: Sendable {
    /// How many candidates are drawn, block by block, until there are enough.
    package var blocks: [Int]
    /// The effective sample size that is enough.
    package var enough: Double
    /// The logarithm of the weight at which a candidate is taken at once; `nil` to choose among all.
    ///
    /// Those of less weight are taken in proportion to it.
    package var cap: Double?

    /// Creates an effort.
    package init(blocks: [Int], enough: Double, cap: Double? = nil) {
      self.blocks = blocks
      self.enough = enough
      self.cap = cap
    }

    /// The effort for rows that each have conditions of their own: up to 4,096 candidates.
    package static let ofOneRow = Effort(
      blocks: [32, 32, 64, 128, 256, 512, 1024, 2048], enough: 32)
  }

  /// What came of it.
  package struct Result {
    /// The rows.
    package var table: Table
    /// The effective sample size behind each row; infinite where its conditions were met without weights.
    package var effectiveCounts: [Double]
    /// The rows, by place, whose given values the model never makes together.
    package var unseen: [Int]
    /// The rows, by place, that are impossible, each with the variable whose condition cannot be met.
    package var impossible: [(row: Int, variable: String?)]
  }

  /// Replications from here on are candidates.
  package static let firstReplication = 2_000_000
  /// The candidates that a row gets however many rows there are.
  static let leastCandidates = 64
  private static let chunkSize = 2048

  let model: any ConditionableModel
  let conditions: RowConditions
  /// How many rows there are for each row of the conditions; 0 if all rows have the first's.
  let copies: Int
  let effort: Effort
  let accepts: (@Sendable (Table) -> [Bool])?
  /// The variables that candidates draw.
  let places: [Int]
  /// All drawn variables.
  let variables: [DrawnVariable]

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - copies: How many rows there are for each row of the conditions; 0 if all have the first's.
  ///   - accepts: Which rows satisfy what is left of a condition.
  package init(
    _ model: any ConditionableModel, _ conditions: RowConditions, copies: Int, effort: Effort,
    accepts: (@Sendable (Table) -> [Bool])? = nil
  ) {
    self.init(
      model, conditions, copies: copies, effort: effort, accepts: accepts, places: nil)
  }

  /// - Parameter places: The variables that candidates draw; `nil` for those that weights hang on.
  init(
    _ model: any ConditionableModel, _ conditions: RowConditions, copies: Int, effort: Effort,
    accepts: (@Sendable (Table) -> [Bool])?, places: [Int]?, variables: [DrawnVariable]? = nil
  ) {
    self.model = model
    self.conditions = conditions
    self.copies = copies
    self.effort = effort
    self.accepts = accepts
    let variables = variables ?? model.drawnVariables
    self.variables = variables
    self.places =
      places != nil
      ? places ?? []
      : accepts == nil
        ? model.needed(for: Set(conditions.places)).sorted()
        : Array(variables.indices)
  }

  /// The run with so few candidates a row that all rows together take no more than a number of draws, but
  /// never fewer than ``leastCandidates``.
  ///
  /// How many a row gets hangs on all rows that are given, not on which of them are drawn.
  package func bounded(by draws: Int) -> ConditionalRun {
    let all = 0..<conditions.rowCount * max(1, copies)
    let openCount = all.count - singleRows(all).union(completeRows(all)).count
    let most = max(Self.leastCandidates, draws / max(1, openCount * places.count))
    var total = 0
    var bounded = effort
    bounded.blocks = effort.blocks.prefix {
      total += $0
      return total <= most
    }.map { $0 }
    return with(bounded)
  }

  func conditionRow(_ row: Int) -> Int { copies == 0 ? 0 : row / copies }

  /// The rows of a run.
  package func rows(
    _ rows: Range<Int>, key: RandomKey, threads: Int, progress: ProgressHandler = .silent
  ) -> Result {
    let plain = model.candidateDrawing(key)
    let drawing = copies == 0 ? plain.prepared(for: conditions, places: places) : plain
    let outputs = variables.map { DrawnColumn(layout: $0.layout, count: rows.count) }
    let store = RowBins(rowCount: rows.count, variableCount: max(1, places.count))
    var states = [RowState](repeating: RowState(), count: rows.count)
    let complete = completeRows(rows)
    let singles = singleRows(rows).union(complete)
    var open = rows.indices.map { $0 - rows.lowerBound }.filter { !singles.contains($0) }
    func pass(_ list: [Int], stage: Int, size: Int) -> [Int] {
      let stageKey = RandomKey(
        seed: key.seed, replication: Self.firstReplication + 100 * key.replication + stage)
      let drawing = drawing.keyed(by: stageKey)
      let most = max(1, Self.chunkSize / size)
      let runs = RowRuns.of(list, longest: most)
      // Rows that are left over lie apart; drawn one by one they would cost more for the start than for the draw.
      let batches =
        accepts == nil && drawing.drawsPieces
        ? RowRuns.gathered(runs, longest: most) : runs.map { [$0] }
      let before = states
      let done = ChunkedWork(count: batches.count, threads: threads, chunkSize: 1).map(
        progress: progress, phase: stage == 0 || stage == 99 ? "drawing" : "drawing rare rows"
      ) { numbers in
        numbers.map { number -> [RowState] in
          let members = batches[number].flatMap { Array($0) }
          let batch = CandidateBatch(
            model.frame, variables, drawing, places: places,
            pieces: batches[number].map {
              (rows.lowerBound + $0.lowerBound) * size..<(rows.lowerBound + $0.upperBound) * size
            },
            rowOfCandidate: members.flatMap {
              [Int32](repeating: Int32(conditionRow(rows.lowerBound + $0)), count: size)
            }, conditions: conditions, key: stageKey, accepts: accepts)
          let streams = (
            key.stream(path: ["candidates", "choice", String(stage)]),
            stageKey.stream(path: ["candidates", "accept"])
          )
          return members.enumerated().map { place, row in
            var state = before[row]
            let own = place * size..<(place + 1) * size
            if let chosen = state.add(
              batch, own, effort, row: UInt64(rows.lowerBound + row), streams,
              // The candidate at a place of the batch has the number of its place among its row's.
              firstCandidate: UInt64((rows.lowerBound + row) * size) &- UInt64(own.lowerBound))
            {
              batch.copy(chosen, places: places, to: row, of: outputs, bins: store)
            } else if !state.isSettled, complete.contains(row) {
              // Nothing is to be drawn, whatever the model says of the row.
              batch.copy(own.lowerBound, places: places, to: row, of: outputs, bins: store)
            }
            return state
          }
        }
      }
      var left: [Int] = []
      for (members, list) in zip(batches, done) {
        for (row, state) in zip(members.joined(), list) {
          states[row] = state
          if !state.isDone { left.append(row) }
        }
      }
      return left
    }
    if !singles.isEmpty {
      let list = rows.indices.map { $0 - rows.lowerBound }.filter(singles.contains)
      _ = pass(list, stage: 99, size: 1)
    }
    for (stage, size) in effort.blocks.enumerated() where !open.isEmpty {
      open = pass(open, stage: stage, size: size)
    }
    finish(rows, drawing, outputs, store, threads: threads)
    let table = RowAssembly(frame: model.frame, rows: rows, key: key, threads: threads).table(
      zip(variables, outputs).map { .init(name: $0.name, layout: $0.layout, output: $1) })
    return Result(
      table: table,
      effectiveCounts: states.indices.map {
        singles.contains($0) ? .infinity : states[$0].effectiveCount
      },
      unseen: states.indices.filter { states[$0].isUnseen && !complete.contains($0) },
      impossible: states.indices.filter { !states[$0].isSettled && !complete.contains($0) }.map {
        ($0, states[$0].end >= 0 ? variables[Int(states[$0].end)].name : nil)
      })
  }

  /// Draws what no weight hangs on, given what was chosen.
  private func finish(
    _ rows: Range<Int>, _ drawing: any CandidateDrawing, _ outputs: [DrawnColumn],
    _ store: RowBins, threads: Int
  ) {
    let count = variables.count
    guard places.count < count, !rows.isEmpty else { return }
    let drawn = Set(places)
    let size = Self.chunkSize
    _ = ChunkedWork(
      count: (rows.count + size - 1) / size, threads: threads, chunkSize: 1
    ).map { chunks in
      chunks.map { chunk in
        let range = chunk * size..<min((chunk + 1) * size, rows.count)
        var bins = [UInt8](repeating: 0, count: count * size)
        for (number, place) in places.enumerated() {
          for row in range {
            bins[place * size + row - range.lowerBound] =
              store.bins[number * store.rowCount + row]
          }
        }
        bins.withUnsafeMutableBufferPointer { bins in
          guard let bins = bins.baseAddress else { return }
          drawing.finish(
            range, firstRow: rows.lowerBound, drawn: drawn, bins: bins, stride: size,
            into: outputs)
        }
        return true
      }
    }
  }

  /// The rows whose candidates all have one weight, so that one is enough.
  private func singleRows(_ rows: Range<Int>) -> Set<Int> {
    guard accepts == nil, effort.cap == nil else { return [] }
    var known: [[Bool]: Bool] = [:]
    var singles: Set<Int> = []
    let conditioned = conditions.places
    let limited = variables.map(\.isLimited)
    for row in rows {
      let own = conditionRow(row)
      let pattern = conditioned.flatMap { place -> [Bool] in
        let condition = conditions.condition(row: own, place: place)
        return [condition != nil, condition?.isFixed == true && !limited[place]]
      }
      let isSingle =
        known[pattern]
        ?? {
          let asked = conditioned.indices.filter { pattern[2 * $0] }.map { conditioned[$0] }
          let fixed = Set(
            conditioned.indices.filter { pattern[2 * $0 + 1] }.map { conditioned[$0] })
          let isSingle =
            asked.isEmpty
            || !model.hasLatents
              && asked.allSatisfy {
                model.needed(for: [$0]).subtracting([$0]).isSubset(of: fixed)
              }
          known[pattern] = isSingle
          return isSingle
        }()
      if isSingle { singles.insert(row - rows.lowerBound) }
    }
    return singles
  }

  /// The rows of which everything that is drawn is given.
  private func completeRows(_ rows: Range<Int>) -> Set<Int> {
    guard copies > 0, conditions.places.count == variables.count else { return [] }
    return Set(
      rows.indices.filter { row in
        variables.indices.allSatisfy {
          conditions.condition(row: conditionRow(row), place: $0)?.isFixed == true
        }
      }.map { $0 - rows.lowerBound })
  }
}
