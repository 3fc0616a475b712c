// SPDX-License-Identifier: Apache-2.0
public import Randomness
public import Tables

/// A draw `~ distribution(…)` whose names and types are known to fit a scope.
public struct CompiledDraw: Sendable {
  enum Law: Sendable {
    case numbers(Sampler)
    /// Levels with their weights; `isLogit` if weights are logarithms.
    case levels(LevelSet, [CompiledPart], isLogit: Bool)
  }

  /// What is drawn.
  public let type: FormulaType
  let law: Law
  let scope: FormulaScope
  let place: SourcePlace
  /// The columns its arguments name.
  public let references: Set<ColumnReference>

  /// Checks a draw, which is the call after `~`.
  ///
  /// - Throws: `DataError` with line, column and a suggestion.
  public init(_ call: Expression, in scope: FormulaScope) throws(DataError) {
    let notes = ReferenceNotes()
    let compiler = DrawCompiler(
      formulas: FormulaCompiler(scope: scope, table: scope.current, notes: notes))
    (type, law) = try compiler.law(of: call)
    references = notes.references
    self.scope = scope
    place = call.place
  }

  /// Draws a value for each row of the current table.
  ///
  /// - Parameters:
  ///   - key: The column's stream.
  ///   - firstEntity: The number of the first row in the whole table; row *i* of `data` is entity
  ///     `firstEntity + i`.
  ///   - period: The period, 0 where there is none.
  /// - Throws: `DataError` if a row's arguments give no distribution, such as a negative
  ///   standard deviation; it names the first such row and no value.
  public func column(
    named name: String, _ data: FormulaData, key: StreamKey, firstEntity: Int = 0,
    period: UInt32 = 0
  ) throws(DataError) -> Column {
    try column(
      named: name, data, key: key, firstRow: firstEntity, isConsecutive: true, period: period
    ) {
      UInt64(firstEntity + $0)
    }
  }

  /// Draws a value for each row of the current table, whose rows are known by keys of their own.
  ///
  /// - Parameters:
  ///   - key: The column's stream.
  ///   - entities: The entity of each row.
  ///   - period: The period, 0 where there is none.
  /// - Throws: `DataError` if a row's arguments give no distribution; it names the first such row.
  public func column(
    named name: String, _ data: FormulaData, key: StreamKey, entities: [UInt64], period: UInt32 = 0
  ) throws(DataError) -> Column {
    try column(
      named: name, data, key: key, firstRow: 0, isConsecutive: false, period: period
    ) { entities[$0] }
  }

  /// The value of each row of the current table at a given place of its law: the least value at or below
  /// which that share of the law lies.
  ///
  /// Levels lie in the order in which they are written.
  ///
  /// - Parameters:
  ///   - shares: The place of each row, in (0, 1).
  ///   - firstRow: The number of the first row, for errors.
  /// - Throws: `DataError` if a row's arguments give no distribution; it names the first such row.
  public func column(
    named name: String, _ data: FormulaData, at shares: [Double], firstRow: Int = 0
  ) throws(DataError) -> Column {
    let frame = Frame(data: data, scope: scope, table: scope.current)
    precondition(shares.count == frame.rowCount, "each row has a place")
    switch law {
    case .numbers(let sampler):
      let bound = BoundSampler(sampler, frame)
      var values = [Double](repeating: 0, count: shares.count)
      var missing: [Int] = []
      for row in shares.indices {
        do {
          values[row] = try bound.quantile(shares[row], row)
        } catch {
          switch error {
          case .missing: missing.append(row)
          case .invalid(let place, let message, let remedy):
            throw place.error("\(message) in row \(firstRow + row + 1)", remedy: remedy)
          }
        }
      }
      return vector(values, missing: missing).column(
        named: name, type: type, rowCount: shares.count)
    case .levels(let set, let parts, let isLogit):
      return try levels(set, parts, isLogit: isLogit, frame, firstRow: firstRow) { shares[$0] }
        .column(named: name, type: type, rowCount: shares.count)
    }
  }

  @inline(__always)
  private func column(
    named name: String, _ data: FormulaData, key: StreamKey, firstRow: Int,
    isConsecutive: Bool, period: UInt32, entity: (Int) -> UInt64
  ) throws(DataError) -> Column {
    let frame = Frame(data: data, scope: scope, table: scope.current)
    let count = frame.rowCount
    switch law {
    case .numbers(let sampler):
      let bound = BoundSampler(sampler, frame)
      if let values = bound.batch(count: count, key: key, period: period, entity: entity) {
        return vector(values, missing: []).column(named: name, type: type, rowCount: count)
      }
      if isConsecutive, count > 0 { try bound.checkConstants() }
      var values = [Double](repeating: 0, count: count)
      var missing: [Int] = []
      try key.forEachStream(count: count, period: period, entity: entity) {
        (row, stream) throws(DataError) in
        do throws(SamplerFailure) {
          values[row] = try bound.draw(row, &stream)
        } catch {
          switch error {
          case .missing: missing.append(row)
          case .invalid(let place, let message, let remedy):
            throw place.error("\(message) in row \(firstRow + row + 1)", remedy: remedy)
          }
        }
      }
      return vector(values, missing: missing).column(named: name, type: type, rowCount: count)
    case .levels(let set, let parts, let isLogit):
      let drawn = try levels(
        set, parts, isLogit: isLogit, frame, key: key, firstRow: firstRow, period: period,
        entity: entity)
      return drawn.column(named: name, type: type, rowCount: count)
    }
  }

  private func vector(_ values: [Double], missing: [Int]) -> ValueVector {
    var result: ValueVector
    switch type {
    case .whole, .date:
      result = ValueVector(.wholes(values.map { abs($0) < 9.2e18 ? Int64($0) : 0 }))
    case .boolean: result = ValueVector(.booleans(values.map { $0 != 0 }))
    default: result = ValueVector(.numbers(values)).finite()
    }
    if !missing.isEmpty {
      let rows = Set(missing)
      result.mark(MissingReason(code: "")) { rows.contains($0) }
    }
    return result
  }

  private func levels(
    _ set: LevelSet, _ parts: [CompiledPart], isLogit: Bool, _ frame: Frame, key: StreamKey,
    firstRow: Int, period: UInt32, entity: (Int) -> UInt64
  ) throws(DataError) -> ValueVector {
    let count = frame.rowCount
    let numbers = [UInt64](unsafeUninitializedCapacity: count) { room, filled in
      key.fillFirstNumbers(
        period: period, entity: entity,
        into: UnsafeMutableBufferPointer(rebasing: room[..<count]))
      filled = count
    }
    if let fixed = try fixedWeights(parts, isLogit, frame) {
      let codes = numbers.map { Int32(truncatingIfNeeded: fixed.index(at: Draws.unitInterval($0))) }
      return ValueVector(.levels(codes, set))
    }
    return try levels(set, parts, isLogit: isLogit, frame, firstRow: firstRow) {
      Draws.unitInterval(numbers[$0])
    }
  }

  /// The weights, where all rows have the same ones.
  private func fixedWeights(
    _ parts: [CompiledPart], _ isLogit: Bool, _ frame: Frame
  ) throws(DataError) -> CumulativeWeights? {
    let vectors = parts.map { $0.evaluate(frame) }
    guard vectors.allSatisfy({ $0.isConstant && $0.missing.codes.isEmpty }) else { return nil }
    let fixed = try? CumulativeWeights(
      weights: Self.weights(vectors.map { $0.numbers[0] }, isLogit))
    guard let fixed else { throw weightError(row: nil) }
    return fixed
  }

  private func levels(
    _ set: LevelSet, _ parts: [CompiledPart], isLogit: Bool, _ frame: Frame, firstRow: Int,
    uniform: (Int) -> Double
  ) throws(DataError) -> ValueVector {
    let fixed = try fixedWeights(parts, isLogit, frame)
    let vectors = fixed == nil ? parts.map { $0.evaluate(frame) } : []
    let numbers = vectors.map(\.numbers)
    let hasMissing = vectors.contains { !$0.missing.codes.isEmpty }
    var weights = [Double](repeating: 0, count: numbers.count)
    var codes = [Int32](repeating: 0, count: frame.rowCount)
    var missing: Set<Int> = []
    for row in 0..<frame.rowCount {
      let u = uniform(row)
      if let fixed {
        codes[row] = Int32(fixed.index(at: u))
        continue
      }
      if hasMissing, vectors.contains(where: { $0.isMissing(at: row) }) {
        missing.insert(row)
        continue
      }
      for index in numbers.indices { weights[index] = numbers[index][row & vectors[index].mask] }
      if isLogit { Self.raise(&weights) }
      var (total, isFine) = (0.0, true)
      for weight in weights {
        total += weight
        if !(weight >= 0) { isFine = false }
      }
      guard total > 0, isFine else { throw weightError(row: firstRow + row + 1) }
      var rest = u * total
      var chosen = -1
      for index in weights.indices {
        if rest < weights[index] {
          chosen = index
          break
        }
        rest -= weights[index]
      }
      if chosen < 0 { chosen = weights.lastIndex { $0 > 0 } ?? 0 }
      codes[row] = Int32(chosen)
    }
    var result = ValueVector(.levels(codes, set))
    if !missing.isEmpty { result.mark(MissingReason(code: "")) { missing.contains($0) } }
    return result
  }

  private func weightError(row: Int?) -> DataError {
    place.error(
      "the weights are negative or all 0" + (row.map { " in row \($0)" } ?? ""),
      remedy: "Use weights of 0 or above, one of them above 0.")
  }

  private static func weights(_ numbers: [Double], _ isLogit: Bool) -> [Double] {
    guard isLogit else { return numbers }
    var weights = numbers
    raise(&weights)
    return weights
  }

  /// Turns logarithms of weights into weights, of which the largest is 1.
  private static func raise(_ logits: inout [Double]) {
    let largest = logits.max() ?? 0
    for index in logits.indices {
      logits[index] = FormulaCompiler.power(2.718_281_828_459_045, logits[index] - largest)
    }
  }
}
