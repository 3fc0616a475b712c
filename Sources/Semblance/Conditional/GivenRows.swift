// SPDX-License-Identifier: Apache-2.0
import Dictionaries
public import Randomness
import Schemas
public import Synthesis
public import Tables

/// Rows that are given in part, and a model that fills in the rest.
///
/// Each given cell stands in the output as it is given. The others are drawn from the model's distribution
/// given *all* given cells of their row, wherever in the model's order they stand; see `ConditionalRun`
/// for how, and for the effective sample size behind each row.
public struct GivenRows: Sendable {
  /// The most cells that are drawn for candidates, which take some ten seconds of a processor.
  static let mostDraws = 100_000_000

  /// The number of rows that are given.
  public let rowCount: Int
  /// What was noticed about the given cells.
  public let diagnostics: [Diagnostic]
  /// The columns of the file, in its order.
  public let columnNames: [String]
  private let base: any Model
  private let model: any ConditionableModel
  private let path: String
  private let conditions: RowConditions
  private let gapRows: Set<Int>
  /// The given cells of each column, as the model's own columns store them; and which cells are given.
  private let given: [(column: Column, isGiven: [Bool])]
  private let errors: ErrorPlaces

  /// Where rows stand in the file.
  private struct ErrorPlaces: Sendable { let make: @Sendable (Int, String?) -> DataError }

  /// What came of filling in.
  public struct Filled: Sendable {
    /// The rows.
    public var table: Table
    /// How well the draws of each row are founded.
    public var efforts: Efforts
  }

  /// How well rows are founded: the effective sample size of the candidates that each was chosen from.
  public struct Efforts: Sendable, Hashable {
    /// The effective sample size below which a row is said to be low.
    public static let low = 8.0
    /// Rows that needed no choice, since nothing that was drawn bears on what is given.
    public var exactRowCount = 0
    /// Rows that were chosen among weighted candidates.
    public var weightedRowCount = 0
    /// The least effective sample size among these.
    public var lowest: Double?
    /// The median.
    public var median: Double?
    /// How many have a low one.
    public var lowRowCount = 0
    /// How many have given values that the model never makes together.
    public var unseenRowCount = 0
    /// How many keep cells missing, since what is given leaves no value for them.
    public var gapRowCount = 0
  }

  /// Reads a partial table for a model.
  ///
  /// - Parameter path: The file: columns of the model in any order; an empty cell is to be filled in.
  /// - Throws: `DataError`, with file, line and column, for a column or level that the model has not, a
  ///   value of another kind or far outside its range, and cells that contradict each other; and if the
  ///   model can give no chances.
  public init(path: String, model base: any Model, threads: Int = 1) throws(DataError) {
    self.base = base
    self.path = path
    guard let model = base.conditionable else {
      throw DataError(
        "this generator cannot be given cells", file: path,
        remedy: "Fit one with a method of the catalogue.")
    }
    if let refusal = model.refusal {
      throw DataError(
        "\(refusal), so that no cells can be given to it", file: path,
        remedy: "Fit the generator with another method, such as trees.")
    }
    self.model = model
    var reading = try GivenReading(path: path, model: model, threads: threads)
    try reading.settleDerived()
    (conditions, gapRows) = try reading.conditions()
    rowCount = reading.file.table.rowCount
    columnNames = reading.file.table.columnNames
    diagnostics = reading.diagnostics
    given = reading.columns()
    let file = reading.file
    errors = ErrorPlaces { row, column in
      var error = file.error(
        "the cells that are given cannot stand together", row: row, column: column ?? "",
        remedy:
          "Given the other cells, no draw of the generator has this one: correct one of them, "
          + "or leave it empty to have it filled in.")
      if column == nil { error.column = nil }
      return error
    }
  }

  /// Fills in rows of a run.
  ///
  /// - Parameters:
  ///   - rows: The rows of the output; row *i* belongs to given row *i* / `copies`.
  ///   - copies: How many rows there are for each given row.
  /// - Throws: `DataError` for a row whose cells cannot stand together.
  public func filled(
    _ rows: Range<Int>, copies: Int, key: RandomKey, threads: Int,
    progress: ProgressHandler = .silent
  ) throws(DataError) -> Filled {
    let run = ConditionalRun(model, conditions, copies: copies, effort: .ofOneRow)
      .bounded(by: Self.mostDraws)
    let result = run.rows(rows, key: key, threads: threads, progress: progress)
    if let first = result.impossible.first {
      throw errors.make((rows.lowerBound + first.row) / copies, first.variable)
    }
    let own = rows.map { $0 / copies }
    let table = laidOver(
      base.completing(result.table, rows: rows, key: key), own: own)
    var efforts = Efforts(result)
    efforts.gapRowCount = own.count(where: gapRows.contains)
    return Filled(table: table, efforts: efforts)
  }

  /// Rows with the given cells in their places.
  ///
  /// - Parameter own: The given row of each row.
  func laidOver(_ rows: Table, own: [Int]) -> Table {
    var table = rows
    for (column, isGiven) in given {
      let places = own.indices.filter { isGiven[own[$0]] }
      table = table.replacing(
        rows: places,
        by: Table(columns: [column.selecting(rows: places.map { own[$0] })]),
        columns: [column.name])
    }
    return table
  }
}

extension GivenRows.Efforts {
  init(_ result: ConditionalRun.Result) {
    let sizes = result.effectiveCounts.filter { $0.isFinite }.sorted()
    exactRowCount = result.effectiveCounts.count - sizes.count
    weightedRowCount = sizes.count
    lowest = sizes.first
    median = sizes.isEmpty ? nil : sizes[sizes.count / 2]
    lowRowCount = sizes.count { $0 < Self.low }
    unseenRowCount = result.unseen.count
  }
}

extension Model {
  /// The model below that can draw under conditions, if there is one.
  var conditionable: (any ConditionableModel)? {
    if let provided = self as? ProvidedModel { return provided.base.conditionable }
    return self as? any ConditionableModel
  }

  /// Rows that the model below drew, with what this one adds.
  func completing(_ table: Table, rows: Range<Int>, key: RandomKey) -> Table {
    (self as? ProvidedModel)?.providing(table, rows: rows, key: key) ?? table
  }
}
