// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Formulas
import Numerics
import Schemas
import Tables

/// A factor of a model's term as columns of numbers, the same columns in each table.
struct AnalysisFactor {
  /// The most levels of a factor.
  static let maximumLevelCount = 200

  enum Values {
    /// For each table a number a row; `nil` where missing.
    case numbers([[Double?]])
    /// For each table a level a row, from 0; `nil` where missing.
    case levels(names: [String], [[Int?]])
    /// For each table some numbers a row; empty where missing.
    case columns(names: [String], [[[Double]]])
  }

  let name: String
  let values: Values

  /// Reads a factor; throws if it is of no use.
  init(
    _ factor: ModelFormula.Factor, _ tables: AnalysisTables
  ) throws(DataError) {
    switch factor {
    case .column(let column):
      name = column
      let aligned = try tables.column(column)
      values =
        aligned.isContinuous
        ? .numbers(Self.numbers(aligned)) : try Self.levels(aligned, tables.schema)
    case .levels(let column):
      name = column
      values = try Self.levels(try tables.column(column), tables.schema)
    case .polynomial(let column, let degree):
      name = "poly(\(column), \(degree))"
      let aligned = try tables.column(column)
      guard aligned.isContinuous else {
        throw DataError(
          "`poly` takes a number", column: column, remedy: "Use the column as it is.")
      }
      let numbers = Self.numbers(aligned)
      let basis = OrthogonalPolynomials(numbers[0].compactMap { $0 }, degree: degree)
      guard let basis else {
        throw DataError(
          "`poly` of degree \(degree) needs more different values", column: column,
          remedy: "Give a smaller degree.")
      }
      values = .columns(
        names: (1...degree).map(String.init),
        numbers.map { $0.map { value in value.map(basis.values) ?? [] } })
    case .expression(let expression):
      name = expression.description
      values = .numbers(try tables.numbers(expression))
    }
  }

  private static func numbers(_ column: AlignedColumn) -> [[Double?]] {
    column.sides.map { side in
      side.codes.indices.map { side.codes[$0] == 0 ? nil : side.values[$0] }
    }
  }

  /// Levels in the order of the dictionary, or of numbers, or of code points; those of the real table.
  private static func levels(
    _ column: AlignedColumn, _ schema: Schema
  ) throws(DataError) -> Values {
    var names = column.levels
    var codes = column.sides.map { side in side.codes.map { $0 == 0 ? nil : Int($0) - 1 } }
    if column.isContinuous {
      let distinct = Set(column.sides.flatMap(\.presentValues)).sorted()
      names = distinct.map { $0 == $0.rounded() && abs($0) < 1e15 ? String(Int64($0)) : String($0) }
      let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
      codes = column.sides.map { side in
        side.codes.indices.map { side.codes[$0] == 0 ? nil : places[side.values[$0]] }
      }
    }
    guard names.count <= maximumLevelCount else {
      throw DataError(
        "the column has more than \(maximumLevelCount) levels", column: column.name,
        remedy: "Leave it out of the formula, or use its numbers.")
    }
    let declared = schema.variable(named: column.name)?.valueLabels.map(\.code) ?? []
    let order = names.indices.sorted { first, second in
      let (a, b) = (names[first], names[second])
      if let i = declared.firstIndex(of: a), let j = declared.firstIndex(of: b) { return i < j }
      if let x = Double(a), let y = Double(b), x != y { return x < y }
      return a < b
    }
    // What the real table lacks comes last, so that the first level is one that it has.
    var counts = [Int](repeating: 0, count: names.count)
    for case .some(let level) in codes[0] { counts[level] += 1 }
    let isReal = counts.map { $0 > 0 }
    let sorted = order.filter { isReal[$0] } + order.filter { !isReal[$0] }
    var places = [Int](repeating: 0, count: names.count)
    for (place, level) in sorted.enumerated() { places[level] = place }
    // Levels of few real rows are numbered, not named.
    let shown = sorted.enumerated().map { place, level in
      counts[level] >= LevelChart.minimumCount ? names[level] : "rare level \(place + 1)"
    }
    return .levels(
      names: shown, codes.map { $0.map { code in code.map { places[$0] } } })
  }

  /// The number of columns, with all levels or without the first.
  func width(hasAllLevels: Bool) -> Int { names(hasAllLevels: hasAllLevels).count }

  /// The names of its columns.
  func names(hasAllLevels: Bool) -> [String] {
    switch values {
    case .numbers: [name]
    case .levels(let names, _): names.dropFirst(hasAllLevels ? 0 : 1).map { "\(name)[\($0)]" }
    case .columns(let names, _): names.map { "\(name)\($0)" }
    }
  }

  var isCategorical: Bool {
    if case .levels = values { return true }
    return false
  }

  /// The columns of a row that are not 0; `nil` where a cell is missing.
  func entries(_ table: Int, _ row: Int, hasAllLevels: Bool) -> [(column: Int, value: Double)]? {
    switch values {
    case .numbers(let sides): return sides[table][row].map { [(0, $0)] }
    case .levels(_, let sides):
      guard let level = sides[table][row] else { return nil }
      let place = level - (hasAllLevels ? 0 : 1)
      return place < 0 ? [] : [(place, 1)]
    case .columns(_, let sides):
      let list = sides[table][row]
      return list.isEmpty ? nil : list.enumerated().map { ($0.offset, $0.element) }
    }
  }
}
