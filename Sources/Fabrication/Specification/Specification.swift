// SPDX-License-Identifier: Apache-2.0
import Formulas
public import Tables

/// Tables to be made from nothing: their rows, how they hang together, and how each column is made.
public struct Specification: Sendable {
  /// How a column is made.
  enum Maker: Sendable {
    case value(CompiledFormula)
    case draw(CompiledDraw)
    case provider(Provider)
    case pattern(PatternSampler)
    /// A pattern whose texts are all different: row *i* has the text of place *σ(i)* of the language.
    case permuted(PatternSampler, count: Int)
    case sequence(start: Int, step: Int)
    /// The row's number among those of one parent.
    case numberWithin(parent: Int, start: Int, step: Int)
    /// A variable of the published tables.
    case published(Int)
    /// An axis of points.
    case point(Points, axis: Int)
    /// JSON.
    case structure(Structure)
    case markov(MarkovChain)
  }

  /// Cells taken out of a column.
  struct Gap: Sendable {
    var reason: MissingReason
    var rate: Double
    var condition: CompiledFormula?
  }

  struct Column: Sendable {
    var name: String
    var maker: Maker
    var type = FormulaType.missing
    /// Where formulas find its values among those of its table.
    var slot = 0
    var decimals: Int?
    /// The most characters of a text; longer ones are cut.
    var longest: Int?
    var gaps: [Gap] = []
    /// Cells made by hand or by a design, by row.
    var given: [Int: GivenValue] = [:]
    /// How scenarios make the column, by the scenario's name.
    var scenarios: [String: Maker] = [:]
  }

  /// That each row of a table belongs to a row of another, or of the same one.
  struct Parent: Sendable {
    /// How formulas call it.
    var name: String
    var table: Int
    /// How many rows belong to each row of the parent; nil where a row chooses its parent.
    var each: Maker?
    /// How likely a row of the parent is chosen.
    var weight: CompiledFormula?
    /// The share of rows without a parent.
    var optional = 0.0
  }

  struct TableSpecification: Sendable {
    /// The name; empty for a lone table.
    var name: String
    var rowCount: Int
    /// Columns that no two rows have alike.
    var key: [String] = []
    var columns: [Column] = []
    var parents: [Parent] = []
    /// The place of its first parent among all links.
    var firstLink = 0
    /// Parents of which no two rows have the same ones.
    var distinctParents: [Int] = []
    /// The rows at the start that are made by hand.
    var handmade = HandmadeRows()
    /// Columns that are drawn together.
    var correlated: [CorrelatedColumns] = []
    /// The population that its published tables describe.
    var published: PublishedPopulation?
  }

  /// What is made one after another.
  enum Step: Sendable, Hashable {
    /// How many rows a table has, and which parents.
    case rows(Int)
    case column(table: Int, Int)
    /// A group of rules: rows that break one of them are drawn again.
    case rules(Int)
  }

  /// The seed it names, if it does.
  public let seed: String?
  let tables: [TableSpecification]
  let steps: [Step]
  let groups: [RuleGroup]

  /// Reads a specification.
  ///
  /// - Parameters:
  ///   - text: The specification.
  ///   - file: Its name, for errors.
  ///   - inputs: Reads the files that the specification names; without it, none is.
  /// - Throws: `DataError` with file, line, column and a suggestion.
  public init(
    yaml text: String, file: String, inputs: SpecificationInputs = SpecificationInputs()
  ) throws(DataError) {
    var reader = SpecificationReader(file: SpecificationFile(name: file), inputs: inputs)
    try reader.read(text)
    seed = reader.seed
    tables = reader.tables
    steps = reader.steps
    groups = reader.groups
  }

  /// Reads a specification that names no files but published tables.
  ///
  /// - Throws: `DataError` with file, line, column and a suggestion.
  public init(
    yaml text: String, file: String, published: @escaping (String) throws(DataError) -> Table
  ) throws(DataError) {
    var inputs = SpecificationInputs()
    inputs.published = published
    try self.init(yaml: text, file: file, inputs: inputs)
  }

  /// The published tables' figures, each with what the population comes to; empty if there are none.
  public var publishedFigures: [PublishedFigure] { tables.flatMap { $0.published?.figures ?? [] } }

  /// Whether it is of one table without a name, whose rows can be made in slices.
  public var isLoneTable: Bool { tables.count == 1 && tables[0].name.isEmpty }

  /// A foreign key: columns of a table that hold the key of a row of another.
  public struct ForeignKey: Hashable, Sendable {
    /// The columns that point.
    public let columns: [String]
    /// The table to which they point.
    public let table: String
    /// The columns to which they point.
    public let targets: [String]

    /// Creates a foreign key.
    public init(columns: [String], table: String, targets: [String]) {
      self.columns = columns
      self.table = table
      self.targets = targets
    }
  }

  /// The key of a table; empty if it has none.
  public func key(of table: String) -> [String] {
    tables.first { $0.name == table }?.key ?? []
  }

  /// The foreign keys of a table: those of its columns that are columns of a parent's key and nothing
  /// else.
  public func foreignKeys(of table: String) -> [ForeignKey] {
    guard let own = tables.first(where: { $0.name == table }) else { return [] }
    return own.parents.compactMap { parent in
      let target = tables[parent.table]
      var columns: [String] = []
      for key in target.key {
        let pointing = own.columns.first { column in
          guard case .value(let formula) = column.maker else { return false }
          return formula.expression.kind == .name([parent.name, key])
        }
        guard let pointing else { return nil }
        columns.append(pointing.name)
      }
      guard !columns.isEmpty else { return nil }
      return ForeignKey(columns: columns, table: target.name, targets: target.key)
    }
  }

  /// The names of the tables; one empty name for a lone table.
  public var tableNames: [String] { tables.map(\.name) }

  /// How many rows the specification asks for in its first table.
  public var rowCount: Int { tables[0].rowCount }

  /// The names of the columns of the first table.
  public var columnNames: [String] { tables[0].columns.map(\.name) }
}
