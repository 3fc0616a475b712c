// SPDX-License-Identifier: Apache-2.0
import Formulas
import Tables

/// A life model whose names and types are known to fit, for the parameters of one period.
struct LifeProgram: Sendable {
  /// How values are made.
  enum Maker: Sendable {
    case value(CompiledFormula)
    case draw(CompiledDraw)

    var type: FormulaType {
      switch self {
      case .value(let formula): formula.type
      case .draw(let draw): draw.type
      }
    }
  }

  /// How a draw of truth values is brought to a table.
  struct Alignment: Sendable {
    var probability: CompiledFormula
    /// The share or the number of the row's cell.
    var target: CompiledFormula
    /// Which cell, counted from 0.
    var cell: CompiledFormula
    var isCount: Bool
  }

  /// A column that is given new values.
  struct Assignment: Sendable {
    var table: Int
    var column: Int
    var maker: Maker
    /// The path of its stream.
    var stream: [String]
    var only: CompiledFormula?
    /// The columns of its own table that it reads.
    var reads: Set<Int>
    var alignment: Alignment?
    var decimals: Int?
    var place: SourcePlace
  }

  struct Birth: Sendable {
    var name: String
    var table: Int
    var of: CompiledFormula?
    var reads: Set<Int>
    var when: Maker
    /// Columns of the new rows, over the scope that has the new rows as its last table.
    var columns: [(column: Int, maker: Maker, stream: [String])]
  }

  struct Move: Sendable {
    var table: Int
    var condition: Maker
    var goal: LifeMove.Goal
    var link: Int
    /// Columns of a new household, as of the new rows of a birth.
    var columns: [(column: Int, maker: Maker, stream: [String])]
    var ordinal: Int
  }

  struct Pairing: Sendable {
    var declared: LifePairing
    var first: CompiledFormula
    var second: CompiledFormula
    var by: CompiledFormula?
    var column: Int
    var ordinal: Int
  }

  enum Step: Sendable {
    case assign(Assignment)
    case remove(table: Int, condition: Maker, stream: [String], place: SourcePlace)
    case births(Birth)
    case move(Move)
    case pair(Pairing)
  }

  var scope = FormulaScope(tables: [FormulaScope.Table(columns: [])])
  /// Columns that hold a value of a period before: the column, its source, and how far back.
  var lags: [(table: Int, column: Int, source: Int, back: Int)] = []
  var start: [Step] = []
  var steps: [Step] = []
}
