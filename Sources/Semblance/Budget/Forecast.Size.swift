// SPDX-License-Identifier: Apache-2.0
import JointSynthesis
import Numerics
public import Schemas
public import Tables

extension Forecast {
  /// The size of a run: what its time and memory depend on.
  public struct Size: Hashable, Sendable {
    /// The real rows that are fitted.
    public var realRows: Int
    /// The columns that are learned.
    public var learnedColumns: Int
    /// All columns.
    public var columns: Int
    /// How fine scales are, added up over the columns: 1 for one with a hundred values or more.
    public var scaleCells: Double
    /// How unlike the values on scales are: the share of them that differ, added up over the columns.
    public var variety: Double
    /// The levels of all compared columns together; a column on a scale counts as eleven.
    public var levels: Int
    /// The bytes for each real row of the different texts of columns that have many: made anew by
    /// patterns, or with more levels than bins.
    public var textPerRow: Double
    /// The synthetic rows.
    public var syntheticRows: Int
    /// The most predictors of a variable.
    public var maximumPredictorCount: Int
    /// The rows that are measured; 0 for no measuring.
    public var measuredRows: Int
    /// Whether trees are boosted.
    public var isBoosted: Bool
    /// Whether methods are tried first, and not all columns boosted.
    public var isSearched = false
    /// What the method does besides, if its time is not that of trees.
    public var labour = Labour.none

    /// Work that grows with rows otherwise than trees do.
    public enum Labour: Hashable, Sendable {
      /// None.
      case none
      /// Rounds over classes of rows.
      case classes
      /// Rounds of forests over all rows.
      case rounds
      /// A search for the nearest rows, once or twice.
      case neighbours(searches: Int)
      /// Rounds of training of a network.
      case network

      /// The work of a method, by its name.
      public init(method: String) {
        switch method {
        case JointSynthesizer.mixtureMethod: self = .classes
        case JointSynthesizer.adversarialForestMethod: self = .rounds
        case JointSynthesizer.smoteMethod: self = .neighbours(searches: 1)
        case JointSynthesizer.adasynMethod: self = .neighbours(searches: 2)
        case JointSynthesizer.neuralMethod, JointSynthesizer.autoencoderMethod: self = .network
        default: self = .none
        }
      }
    }

    /// The groups into which measures cut a scale, and one for missing cells.
    private static let scaleGroups = 11
    /// The most levels of a column that count: beyond, only the cells in use cost anything.
    private static let mostLevels = 1000
    /// A column of more levels is one of many texts.
    private static let fewLevels = 100
    /// The rows among which levels are counted.
    private static let countedRows = 1000

    /// Creates a size.
    ///
    /// - Parameters:
    ///   - table: Tells how many levels columns have; without it each has five.
    ///   - isBoosted: Whether the method is boosting.
    public init(
      realRows: Int, schema: Schema, syntheticRows: Int, maximumPredictorCount: Int,
      measuredRows: Int, table: Table? = nil, isBoosted: Bool = false
    ) {
      self.realRows = realRows
      columns = schema.variables.count
      let learned = schema.variables.filter {
        $0.role != .identifier && $0.role != .key && $0.kind != .text
      }
      learnedColumns = learned.count
      (scaleCells, variety) = learned.filter(\.kind.isContinuous).reduce((0, 0)) { sum, variable in
        guard let column = table?.column(named: variable.name), column.count > 0 else {
          return (sum.0 + 0.5, sum.1 + 0.5)
        }
        let (different, rows) = Self.variety(of: column)
        return (
          sum.0 + Double(min(different, Self.fewLevels)) / Double(Self.fewLevels),
          sum.1 + Double(different) / Double(rows)
        )
      }
      var levels = 0
      var bytes = schema.variables.reduce(0) { sum, variable in
        learned.contains(variable) ? sum : sum + Self.textSize(of: variable.name, in: table)
      }
      for variable in learned {
        guard !variable.kind.isContinuous else {
          levels += Self.scaleGroups
          continue
        }
        let count =
          table?.column(named: variable.name).map(Self.levelCount)
          ?? max(5, variable.valueLabels.count)
        if count > Self.fewLevels { bytes += Self.textSize(of: variable.name, in: table) }
        levels += 1 + min(count, Self.mostLevels)
      }
      self.levels = levels
      textPerRow = Double(bytes) / Double(max(table?.rowCount ?? realRows, 1))
      self.syntheticRows = syntheticRows
      self.maximumPredictorCount = maximumPredictorCount
      self.measuredRows = measuredRows
      self.isBoosted = isBoosted
    }

    /// The bytes of the different texts of a column; 0 for a column that holds no texts.
    private static func textSize(of name: String, in table: Table?) -> Int {
      guard case .texts(_, let pool) = table?.column(named: name)?.values else { return 0 }
      return pool.bytes.count
    }

    /// How many values differ among some rows that lie evenly over a column, and how many rows these are.
    private static func variety(of column: Column) -> (different: Int, rows: Int) {
      let step = max(1, column.count / countedRows)
      let rows = Array(stride(from: 0, to: column.count, by: step).prefix(countedRows))
      return (differentCount(of: column, in: rows), rows.count)
    }

    /// The levels of a column, counted among its first rows unless it knows them.
    private static func levelCount(of column: Column) -> Int {
      if case .texts(_, let pool) = column.values { return pool.count }
      return differentCount(of: column, in: Array(0..<min(column.count, countedRows)))
    }

    private static func differentCount(of column: Column, in rows: [Int]) -> Int {
      func count<Value: Hashable>(_ values: [Value]) -> Int { Set(rows.map { values[$0] }).count }
      return switch column.values {
      case .texts(let codes, _): count(codes)
      case .wholeNumbers(let values): count(values)
      case .numbers(let values): count(values)
      case .booleans: 2
      case .dates(let values): count(values)
      case .times(let values), .dateTimes(let values): count(values)
      }
    }

    /// The pairs of a variable and a predictor.
    var predictorPairs: Double {
      (0..<learnedColumns).reduce(0.0) { $0 + Double(min($1, maximumPredictorCount)) }
    }

    /// How much of a learned column, on average, is values on a scale that differ.
    var variedShare: Double { learnedColumns > 0 ? variety / Double(learnedColumns) : 0 }

    /// What costs one amount for columns of few values, and another for columns of values that all differ.
    func mixed(_ few: Double, _ varied: Double) -> Double {
      few + (varied - few) * variedShare
    }

    /// The pairs among which predictors are chosen, where there are more than are used.
    var screenedPairs: Double {
      learnedColumns > maximumPredictorCount
        ? Double(learnedColumns) * Double(learnedColumns - 1) / 2 : 0
    }

    /// The pairs of columns that are measured.
    var measuredPairs: Double { Double(learnedColumns) * Double(learnedColumns - 1) / 2 }

    /// The cells of the tables of all pairs.
    var pairCells: Double { Double(levels) * Double(levels) / 2 }

    /// How much searches for nearest rows have to do, with twins on halves: the cells of all pairs of rows to a
    /// power, since the more rows there are the more of them are ruled out unseen, and the fewer the more
    /// columns there are.
    var searching: Double {
      let real = Double(min(realRows, measuredRows))
      let synthetic = Double(min(syntheticRows, measuredRows))
      let size = min(real / 2, 50_000)
      let queries = min(real / 2, max(1000, 150_000_000 / max(size, 1)))
      let outliers = min(size, 4000)
      let trial = 2 * size * queries + 2 * outliers * size + 0.1 * outliers * queries
      let near = min(real, 4000) * (min(real, 100_000) + 0.05 * synthetic)
      let cells = (2 * trial + near) * Double(learnedColumns)
      guard cells > 0 else { return 0 }
      return ElementaryFunctions.exp(0.6 * ElementaryFunctions.log(cells))
        * ElementaryFunctions.exp(0.75 * ElementaryFunctions.log(Double(learnedColumns) / 30))
    }
  }
}
