// SPDX-License-Identifier: Apache-2.0
public import Evaluation
public import Randomness
public import Schemas
public import Synthesis
public import Tables

/// Checks a written contract, clause by clause, on the rows that were made.
public struct ContractCheck: Sendable {
  /// The number by which the 95 % point of fresh real rows is multiplied to give a default limit.
  public static let ceilingFactor = 1.5
  /// What a clause on structure counts.
  static let structureMeasure = "departures in type and levels"
  /// What clauses count that do not hang on how values are spread, or that protect.
  private static let strictMeasures: Set = [
    structureMeasure, "values beyond", "statistics learned from it", "rows still named",
    "p-value of independence",
  ]
  /// The draws of real rows that references of this target rest on.
  static let referenceCount = 40

  /// The contract in force, written out.
  let contract: Contract
  let real: Table
  let synthetic: Table
  let schema: Schema
  let plan: Plan
  let fidelity: FidelityReport?
  let disclosure: DisclosureReport?
  let key: RandomKey
  let aligned: [String: AlignedColumn]

  /// Creates a check.
  ///
  /// - Parameters:
  ///   - contract: The contract in force, written out.
  ///   - real: The real rows the generator was fitted on, before any transform.
  ///   - synthetic: The rows made, with the marking column if there is one.
  ///   - schema: What the columns mean.
  ///   - plan: The plan that was followed.
  ///   - fidelity: What was measured of fidelity; without it clauses that need it are not computable.
  ///   - disclosure: What was measured of disclosure.
  ///   - key: Names the draws of references and permutations.
  /// - Throws: `DataError` if the tables share no column.
  public init(
    contract: Contract, real: Table, synthetic: Table, schema: Schema, plan: Plan,
    fidelity: FidelityReport?, disclosure: DisclosureReport?, key: RandomKey
  ) throws(DataError) {
    self.contract = contract
    self.real = real
    self.synthetic = synthetic
    self.schema = schema
    self.plan = plan
    self.fidelity = fidelity
    self.disclosure = disclosure
    self.key = key
    aligned = Dictionary(
      try TableAlignment([real, synthetic], schema: schema).columns.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The results, in the order of the contract.
  public func results() -> [ClauseResult] {
    var results = volume()
    var compared: [ClauseResult] = []
    for clause in contract.variables { compared += self.results(of: clause) }
    for clause in contract.relationships {
      compared += clause.isKept ? kept(clause) : broken(clause)
    }
    if contract.relationships.isEmpty, contract.balance.isEmpty { compared += pairs() }
    results += excused(compared)
    results += outliers()
    results += nearMatches()
    results += excused(contract.analyses.map(analysis))
    results += rules()
    for clause in contract.balance { results += balance(clause) }
    results += rareLevels()
    results += DocumentationCheck(contract: contract, tables: [(synthetic, schema)]).results()
    results += Self.marking(contract, [synthetic], marksAll: plan.partial?.condition == nil)
    return results
  }

  /// The results, of which those do not count as broken that values given to the generator decide.
  private func excused(_ results: [ClauseResult]) -> [ClauseResult] {
    guard let given = plan.given else { return results }
    return results.map { result in
      guard result.outcome == .broken, !Self.strictMeasures.contains(result.measure ?? "") else {
        return result
      }
      var excused = result
      excused.outcome = .notComputable
      excused.note =
        "values of \(given.columns.joined(separator: ", ")) were given, which need not be spread as in the real "
        + "table, and what hangs on them neither"
      return excused
    }
  }

  // MARK: Whole table

  private func volume() -> [ClauseResult] {
    guard let rows = contract.rows.flatMap({ Int($0) }) else { return [] }
    // What the contract's own remedy leaves out is no broken promise.
    let dropped = disclosure?.remedy?.droppedRowCount ?? 0
    return [
      ClauseResult(
        "volume: \(rows) rows", line: nil, measure: "rows too many or too few",
        figure: Double((synthetic.rowCount + dropped - rows).magnitude), limit: 0)
    ]
  }

  /// The purpose's promise on pairs, where no relationship is named.
  private func pairs() -> [ClauseResult] {
    guard let limit = contract.purpose.pairLimit else { return [] }
    let clause = "relationships of all pairs, on average"
    guard let score = fidelity?.trendError, let value = score.value else {
      return [
        ClauseResult(
          clause, line: nil,
          notComputable: fidelity?.trendError.reason ?? "fidelity was not measured")
      ]
    }
    let ceiling = (score.limit ?? 0) / 100 * Self.ceilingFactor
    guard let fidelity, contract.variables.contains(where: \.isReplaced) else {
      let left = rareShare(ofPairs: fidelity?.pairs ?? [], of: fidelity)
      return [
        ClauseResult(
          clause, line: nil, measure: "mean error", figure: value / 100,
          limit: max(limit, ceiling + left), reference: score.reference.map { $0 / 100 },
          note: left > 0 ? Self.rareNote : nil)
      ]
    }
    // What is replaced is unrelated to anything on purpose.
    let kept = fidelity.pairs.filter { pair in
      [pair.first, pair.second].allSatisfy {
        contract.variable(fidelity.columns[$0].name)?.isReplaced != true
      }
    }
    let errors = kept.compactMap(\.error.value)
    guard let error = Self.mean(errors) else {
      return [ClauseResult(clause, line: nil, notComputable: "all other variables are replaced")]
    }
    let left = rareShare(ofPairs: kept, of: fidelity)
    return [
      ClauseResult(
        clause, line: nil, measure: "mean error", figure: error,
        limit: max(limit, ceiling + left),
        reference: Self.mean(kept.compactMap(\.error.reference)),
        note: "without what is replaced" + (left > 0 ? "; \(Self.rareNote)" : ""))
    ]
  }

  /// The share of the real rows, on average over some pairs, with a level that is held by too few to be
  /// shown.
  private func rareShare(ofPairs pairs: [PairFidelity], of fidelity: FidelityReport?) -> Double {
    guard let fidelity else { return 0 }
    let shares = fidelity.columns.map { rareShare($0.name) }
    let errors = pairs.filter { $0.error.value != nil }.map {
      1 - (1 - shares[$0.first]) * (1 - shares[$0.second])
    }
    return Self.mean(errors) ?? 0
  }

  private func rareLevels() -> [ClauseResult] {
    let minimum = plan.minimumLevelCount
    var shown = 0
    for step in plan.steps where step.action == .learned || step.action == .constant {
      // Real cells are not shown by a generator.
      if let partial = plan.partial,
        partial.condition != nil || partial.kept.contains(step.variable)
      {
        continue
      }
      guard let column = aligned[step.variable], !column.isContinuous else { continue }
      var counts = [Int](repeating: 0, count: column.levels.count + 1)
      for code in column.sides[0].codes { counts[Int(code)] += 1 }
      for code in Set(column.sides[1].codes)
      where code != 0 && counts[Int(code)] > 0 && counts[Int(code)] < minimum { shown += 1 }
    }
    return [
      ClauseResult(
        "disclosure: every level shown is held by \(minimum) real rows or more",
        line: contract.disclosure.place.line, measure: "levels of fewer rows",
        figure: Double(shown),
        limit: 0,
        note: plan.partial == nil
          ? nil : "of columns all of whose cells are generated; others are real")
    ]
  }

  /// The result of the column that marks each row, over the tables that are handed out.
  ///
  /// - Parameter marksAll: Whether every row has generated values.
  static func marking(
    _ contract: Contract, _ tables: [Table], marksAll: Bool = true
  ) -> [ClauseResult] {
    guard let name = contract.marking?.column else { return [] }
    let line = contract.marking?.place.line
    let unmarked = tables.reduce(0) { sum, table in
      guard let column = table.column(named: name), case .wholeNumbers(let marks) = column.values
      else { return sum + table.rowCount }
      return sum + marks.count { $0 != 1 && (marksAll || $0 != 0) }
    }
    return [
      ClauseResult(
        "marking: column \"\(name)\" is 1 in every \(marksAll ? "row" : "row with generated values, else 0")",
        line: line, measure: "rows without a mark",
        figure: Double(unmarked), limit: 0)
    ]
  }

  private func balance(_ clause: BalanceClause) -> [ClauseResult] {
    let line = clause.place.line
    guard let column = aligned[clause.variable], !synthetic.isEmpty else {
      return [
        ClauseResult(
          "balance of \(clause.variable)", line: line, notComputable: "it cannot be compared")
      ]
    }
    return clause.shares.sorted { $0.key < $1.key }.map { level, share in
      let name = "balance: \(clause.variable) \"\(level)\" is \(Self.percent(share)) of the rows"
      let count: Int
      if column.isContinuous {
        guard let value = Double(level) else {
          return ClauseResult(name, line: line, notComputable: "the level is no number")
        }
        count = column.sides[1].values.indices.count {
          column.sides[1].codes[$0] != 0 && column.sides[1].values[$0] == value
        }
      } else {
        guard let place = column.levels.firstIndex(of: level) else {
          return ClauseResult(
            name, line: line, measure: "difference of shares", figure: share, limit: 0,
            note: "no row of the real table has this level, so none can be learned")
        }
        count = column.sides[1].codes.count { Int($0) == place + 1 }
      }
      return Self.balanced(name, line, share: share, count: count, of: synthetic.rowCount)
    }
  }

  /// The result of a level that is to have a share of the rows.
  static func balanced(
    _ name: String, _ line: Int?, share: Double, count: Int, of rowCount: Int
  ) -> ClauseResult {
    let figure = Double(count) / Double(rowCount)
    // Four standard errors of the draw, and half a per cent for what calibration leaves.
    let error = (share * (1 - share) / Double(rowCount)).squareRoot()
    return ClauseResult(
      name, line: line, measure: "difference of shares", figure: (figure - share).magnitude,
      limit: 4 * error + 0.005)
  }

  static func percent(_ share: Double) -> String {
    "\((share * 1000).rounded() / 10) %"
  }
}

extension Table {
  fileprivate var isEmpty: Bool { rowCount == 0 }
}
