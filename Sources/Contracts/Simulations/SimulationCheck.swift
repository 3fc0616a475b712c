// SPDX-License-Identifier: Apache-2.0
public import Evaluation
import Formulas
import Numerics
public import Randomness
import Synthesis
public import Tables

/// Checks a contract, clause by clause, on tables that a model made: there is no real table, so what needs
/// one is not computable, and says so.
public struct SimulationCheck: Sendable {
  let contract: Contract
  let tables: SimulatedTables
  let truth: SimulationTruth
  let key: RandomKey

  /// Why a clause that compares with real rows has no figure.
  static let noRealTable =
    "a simulation has no real table to compare with; where there is one, semblance evaluate compares"

  /// Creates a check.
  ///
  /// - Parameters:
  ///   - contract: The contract as it was read.
  ///   - tables: The tables that are handed out, marked.
  ///   - truth: What the model knows besides.
  ///   - key: Names the permutations.
  /// - Throws: `DataError` with the clause's line, if it names what is not there, contradicts another, or
  ///   asks for rows that a model cannot be given.
  public init(
    contract: Contract, tables: SimulatedTables, truth: SimulationTruth, key: RandomKey
  ) throws(DataError) {
    self.contract = contract
    self.tables = tables
    self.truth = truth
    self.key = key
    try Self.refuse(contract)
    for clause in contract.variables { _ = try place(clause.name, clause.place) }
    for clause in contract.relationships {
      _ = try places(clause.variables, clause.place, "a relationship")
    }
    for clause in contract.analyses {
      _ = try places([clause.response] + clause.terms, clause.place, "an analysis")
    }
    for clause in contract.balance { _ = try place(clause.variable, clause.place) }
    for name in contract.disclosure.keys { _ = try place(name, contract.disclosure.place) }
    for clause in contract.rules { _ = try tables.count(clause, file: contract.file) }
  }

  /// Refuses what no model can keep, before it is run.
  ///
  /// - Throws: `DataError` with the lines of the clauses.
  public static func refuse(_ contract: Contract) throws(DataError) {
    if let clause = contract.extrapolated.first {
      throw DataError(
        "rows are extrapolated from a real table, and a simulation has none", file: contract.file,
        line: clause.place.line, position: clause.place.column,
        remedy: "Take `extrapolated` out, and let the model draw such cases.")
    }
    try Contradictions(contract: contract).refuse()
  }

  /// Tables with the column that marks each row, where the contract wants one.
  ///
  /// - Throws: `DataError` with the line, if a table has a column of its name.
  public static func marked(
    _ tables: [Table], by contract: Contract
  ) throws(DataError) -> [Table] {
    guard let name = contract.marking?.column else { return tables }
    if let table = tables.first(where: { $0.columnNames.contains(name) }) {
      throw DataError(
        "the marking column has the name of a column of `\(table.name)`", file: contract.file,
        line: contract.marking?.place.line, position: contract.marking?.place.column, column: name,
        remedy: "Give `marking` another name, such as `is_synthetic`.")
    }
    return tables.map { table in
      let mark = Column(
        name: name, values: .wholeNumbers(Array(repeating: 1, count: table.rowCount)),
        form: .number(NumberForm()))
      return Table(name: table.name, columns: table.columns + [mark], rowCount: table.rowCount)
    }
  }

  /// How the contract was kept.
  public func report() -> ContractReport {
    ContractReport(
      purpose: contract.purpose.rawValue, isDefault: false,
      level: truth.populationFiles.isEmpty ? .valid : .replica, clauses: results())
  }

  /// The results, in the order of the contract.
  func results() -> [ClauseResult] {
    var results = volume()
    for clause in contract.variables { results += self.results(of: clause) }
    for clause in contract.relationships {
      results += clause.isKept ? kept(clause) : broken(clause)
    }
    if contract.outliers != nil {
      results.append(
        ClauseResult(
          "outliers", line: contract.outliersPlace.line, notComputable: Self.noRealTable))
    }
    for clause in contract.analyses { results += analysis(clause) }
    results += contract.rules.map(rule)
    for clause in contract.balance { results += balance(clause) }
    results.append(disclosure)
    let all = zip(tables.tables, tables.schemas).map { (table: $0, schema: $1) }
    results += DocumentationCheck(contract: contract, tables: all).results()
    results += ContractCheck.marking(contract, tables.tables)
    return results
  }

  // MARK: Names

  func place(_ name: String, _ line: ClausePlace) throws(DataError) -> SimulatedTables.Place {
    try tables.place(of: name, in: contract.file, line)
  }

  /// Columns of one table.
  private func places(
    _ names: [String], _ line: ClausePlace, _ what: String
  ) throws(DataError) -> [SimulatedTables.Place] {
    var places: [SimulatedTables.Place] = []
    for name in names { places.append(try place(name, line)) }
    if let first = places.first, let other = places.first(where: { $0.table != first.table }) {
      throw DataError(
        "\(what) names columns of two tables: \"\(tables.name(first))\" and \"\(tables.name(other))\"",
        file: contract.file, line: line.line, position: line.column,
        remedy: "Name columns of one table, or let the model write the one into the other.")
    }
    return places
  }

  /// Places of names that were checked when the check was made.
  func known(_ names: [String]) -> [SimulatedTables.Place] {
    names.compactMap { try? place($0, ClausePlace()) }
  }

  // MARK: Whole tables

  private func volume() -> [ClauseResult] {
    guard let rows = contract.rows else { return [] }
    let name = "volume: \(rows) rows"
    guard let count = Int(rows) else {
      return [
        ClauseResult(
          name, line: nil, notComputable: "a multiple is of a real table’s rows, and there is none")
      ]
    }
    guard tables.tables.count == 1 else {
      return [
        ClauseResult(
          name, line: nil,
          notComputable: "the model makes \(tables.tables.count) tables, and `rows` speaks of one")
      ]
    }
    return [
      ClauseResult(
        name, line: nil, measure: "rows too many or too few",
        figure: Double((tables.tables[0].rowCount - count).magnitude), limit: 0)
    ]
  }

  private var disclosure: ClauseResult {
    let files = truth.populationFiles.joined(separator: ", ")
    let reason =
      files.isEmpty
      ? "the model takes its rows from no table, so there is no real record to disclose"
      : "the model takes rows from \(files); if they are real, measure with semblance evaluate"
    return ClauseResult(
      "disclosure of real records", line: contract.disclosure.place.line, notComputable: reason)
  }

  private func rule(_ clause: RuleClause) -> ClauseResult {
    let name = "rule \(clause.text)"
    guard let (table, count) = try? tables.count(clause, file: contract.file) else {
      return ClauseResult(
        name, line: clause.place.line, notComputable: "the rule cannot be read for these rows")
    }
    return ClauseResult(
      name, line: clause.place.line, measure: "rows that break it", figure: Double(count.broken),
      limit: 0, note: tables.tables.count == 1 ? nil : "rows of \(tables.tables[table].name)")
  }

  private func balance(_ clause: BalanceClause) -> [ClauseResult] {
    let line = clause.place.line
    guard let place = known([clause.variable]).first,
      let levels = LevelCounts(tables, place), levels.rowCount > 0
    else {
      return [
        ClauseResult("balance of \(clause.variable)", line: line, notComputable: "there is no row")
      ]
    }
    return clause.shares.sorted { $0.key < $1.key }.map { level, share in
      ContractCheck.balanced(
        "balance: \(clause.variable) \"\(level)\" is \(ContractCheck.percent(share)) of the rows",
        line, share: share, count: levels.counts[level] ?? 0, of: levels.rowCount)
    }
  }

  // MARK: Relationships

  private func kept(_ clause: RelationshipClause) -> [ClauseResult] {
    let title = "between " + clause.variables.joined(separator: ", ")
    let measures = clause.limits.isEmpty ? ["tv"] : clause.limits.map(\.measure.rawValue)
    return measures.map {
      ClauseResult("\(title): \($0)", line: clause.place.line, notComputable: Self.noRealTable)
    }
  }

  private func broken(_ clause: RelationshipClause) -> [ClauseResult] {
    PlanPair.all(of: clause.variables).map { pair in
      let name = "between \(pair.first), \(pair.second): deliberately not kept"
      let columns = known([pair.first, pair.second]).compactMap { aligned($0, other: nil) }
      let codes = columns.map { CodedVariable($0, groupCount: 8).synthetic }
      let test = IndependenceTest()
      let own = RandomKey(
        seed: key.seed + "\u{0}" + pair.first + "\u{0}" + pair.second, replication: key.replication)
      guard codes.count == 2, let value = test.pValue(codes[0], codes[1], key: own) else {
        return ClauseResult(
          name, line: clause.place.line,
          notComputable: "one is a number of the row, or has the same value in every row")
      }
      return ClauseResult(
        name, line: clause.place.line, measure: "p-value of independence", figure: value,
        limit: ContractCheck.independenceLevel, isFloor: true,
        note: "of \(test.permutationCount) permutations")
    }
  }

  /// A column beside the complete one, or beside itself.
  func aligned(_ place: SimulatedTables.Place, other: Table?) -> AlignedColumn? {
    let (table, schema) = (tables.tables[place.table], tables.schemas[place.table])
    guard let column = table.column(named: place.column) else { return nil }
    let own = Table(columns: [column], rowCount: table.rowCount)
    var first = own
    if let other {
      guard let column = other.column(named: place.column) else { return nil }
      first = Table(columns: [column], rowCount: other.rowCount)
    }
    return try? TableAlignment([first, own], schema: schema).columns.first
  }
}
