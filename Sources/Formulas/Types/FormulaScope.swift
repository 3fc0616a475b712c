// SPDX-License-Identifier: Apache-2.0
public import Schemas
public import Tables

/// What a formula may name: the tables with their columns, how they hang together, and constants.
public struct FormulaScope: Sendable {
  /// A column a formula may name.
  public struct Column: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What its values are.
    public var type: FormulaType

    /// Creates a column.
    public init(name: String, type: FormulaType) {
      self.name = name
      self.type = type
    }
  }

  /// A table a formula may name.
  public struct Table: Hashable, Sendable {
    /// Its name; empty for a lone table.
    public var name: String
    /// Its columns, in the order of the data.
    public var columns: [Column]
    /// The column that says which rows describe one person or thing, where there is one.
    public var entity: String?
    /// The column that orders the rows of an entity in time, where there is one.
    public var time: String?

    /// Creates a table.
    public init(name: String = "", columns: [Column], entity: String? = nil, time: String? = nil) {
      self.name = name
      self.columns = columns
      self.entity = entity
      self.time = time
    }
  }

  /// That each row of one table belongs to a row of another.
  public struct Link: Hashable, Sendable {
    /// The index of the table whose rows belong.
    public var child: Int
    /// The index of the table they belong to.
    public var parent: Int
    /// How formulas of the child call the parent; the parent's own name as a rule.
    public var name: String

    /// Creates a link.
    public init(child: Int, parent: Int, name: String) {
      self.child = child
      self.parent = parent
      self.name = name
    }
  }

  /// The tables.
  public var tables: [Table]
  /// How they hang together.
  public var links: [Link]
  /// The index of the table for whose rows formulas are evaluated.
  public var current: Int
  /// Constants by name; a column of the same name hides them.
  public var parameters: [String: Expression.Literal]
  /// Tables for `table(name, keys…)`, by name.
  public var lookups: [String: LookupTable]

  /// Creates a scope.
  public init(
    tables: [Table], links: [Link] = [], current: Int = 0,
    parameters: [String: Expression.Literal] = [:], lookups: [String: LookupTable] = [:]
  ) {
    precondition(tables.indices.contains(current), "the current table is one of the tables")
    self.tables = tables
    self.links = links
    self.current = current
    self.parameters = parameters
    self.lookups = lookups
  }

  /// The scope of a lone table.
  ///
  /// - Parameters:
  ///   - table: The values, of which only the way they are stored and the distinct texts count.
  ///   - schema: What its columns mean, variable by variable in the order of the columns.
  public init(_ table: Tables.Table, schema: Schema) {
    self.init(tables: [Table(table, schema: schema)])
  }
}

extension FormulaScope.Table {
  /// Describes a table of the data.
  public init(_ table: Tables.Table, schema: Schema) {
    let columns = table.columns.map { column in
      let variable = schema.variable(named: column.name)
      return FormulaScope.Column(
        name: column.name, type: FormulaType(of: column.values, variable: variable))
    }
    let entity = schema.variables.first { $0.role == .entity }?.name
    let time = schema.variables.first { $0.role == .time }?.name
    self.init(name: table.name, columns: columns, entity: entity, time: time)
  }
}

extension FormulaType {
  /// The type of a stored column.
  ///
  /// Codes are categories only where labels are declared for them: a small whole number without
  /// labels can be calculated with.
  public init(of values: ColumnValues, variable: Variable?) {
    let labels = variable?.valueLabels ?? []
    let isOrdered = variable?.kind == .orderedCategory
    func declared() -> FormulaType {
      .category(
        LevelSet(
          codes: labels.map(\.code), labels: labels.map { $0.label["en"] ?? $0.label.values.min() },
          isOrdered: isOrdered, isClosed: true))
    }
    let isCategory = variable?.kind == .category || isOrdered
    switch values {
    case .numbers: self = isCategory && !labels.isEmpty ? declared() : .number
    case .wholeNumbers: self = isCategory && !labels.isEmpty ? declared() : .whole
    case .booleans: self = .boolean
    case .dates: self = .date
    case .times: self = .time
    case .dateTimes: self = .dateTime
    case .texts(_, let pool):
      guard let variable, variable.kind.isCategorical else {
        self = .text
        return
      }
      if !labels.isEmpty {
        self = declared()
      } else {
        // An order that only the data's texts show is not declared anywhere.
        self = .category(LevelSet(codes: pool.texts, isOrdered: false, isClosed: pool.count > 0))
      }
    }
  }
}
