// SPDX-License-Identifier: Apache-2.0
import Formulas

/// Tables whose columns follow from one another by formulas and draws: data with a known answer.
///
/// The columns may be written in any order; they are made in the order of their dependencies.
public struct StructuralModel: Sendable {
  /// A column, by the index of its table and its own.
  struct Place: Hashable, Sendable {
    var table: Int
    var column: Int
  }

  /// How a column, or a number of rows, is made.
  enum Maker: Sendable {
    case value(CompiledFormula)
    case draw(CompiledDraw)
    /// The row's number, counted from 1.
    case number
    /// The number of the parent's row.
    case parent
    /// The period, counted from 1.
    case period
  }

  struct Column: Sendable {
    var name: String
    /// The formula as it is written, for the truth.
    var text: String
    var maker: Maker
    var type: FormulaType
    var isHidden = false
    var decimals: Int?
    /// What it is made of.
    var sources: [Place] = []
  }

  /// How many rows a table has.
  enum Size: Sendable {
    case fixed(Int)
    /// So many for each row of the parent.
    case each(Maker)
    /// One for each row of the parent, in each period.
    case panel
  }

  struct Table: Sendable {
    var name: String
    var parent: Int?
    var size: Size
    /// How many periods its rows are repeated over, if they are.
    var periods: Int?
    var columns: [Column] = []
    /// How many periods back its formulas look.
    var lagDepth = 0
  }

  /// What is made, one after the other.
  enum Step: Hashable, Sendable {
    case rows(Int)
    case column(Place)
    /// All columns of a table with periods, period by period.
    case panel(Int, [Int])
  }

  /// Cells that are taken out of a column after everything is made.
  struct Gap: Sendable {
    /// Why cells are missing, by what decides on it.
    enum Kind: String, Sendable, CaseIterable {
      /// Nothing in the data.
      case completelyAtRandom = "MCAR"
      /// What is observed.
      case atRandom = "MAR"
      /// What is not observed.
      case notAtRandom = "MNAR"
    }

    var place: Place
    var probability: CompiledFormula
    var kind: Kind
    var code: String
  }

  /// A question about two worlds that differ in one column.
  struct Effect: Sendable {
    var treatment: Place
    var from: CompiledFormula
    var to: CompiledFormula
    var outcome: Place
    var groups: [CompiledFormula] = []
    var groupNames: [String] = []
  }

  var tables: [Table] = []
  var parameters: [(name: String, value: Expression.Literal)] = []
  var steps: [Step] = []
  var gaps: [Gap] = []
  var effects: [Effect] = []
  /// The scenarios, each a model of its own with the columns it sets; none if there is only the model.
  var scenarios: [(name: String, model: StructuralModel, setting: [Place: CompiledFormula])] = []
  var scope = FormulaScope(tables: [FormulaScope.Table(columns: [])])
  /// The seed the file names, if it does.
  public internal(set) var seed: String?

  /// How many threads make columns; they change nothing.
  var threads = 1

  /// The names of the tables.
  public var tableNames: [String] { tables.map(\.name) }

  /// The most rows of a table.
  static let rowLimit = 100_000_000

  func column(_ place: Place) -> Column { tables[place.table].columns[place.column] }

  /// How a column is called: with its table, unless there is only one.
  func name(of place: Place) -> String {
    let column = column(place).name
    return tables.count == 1 ? column : "\(tables[place.table].name).\(column)"
  }

  func scope(of table: Int) -> FormulaScope {
    var scope = scope
    scope.current = table
    return scope
  }
}
