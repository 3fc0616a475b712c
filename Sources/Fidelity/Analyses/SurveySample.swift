// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Learners
import Tables

/// For each table how its rows were drawn.
struct SurveySample {
  /// For each table the weight of each row; `nil` where it is missing.
  let weights: [[Double?]]
  /// For each table the units of its rows.
  let units: [SamplingUnits]

  /// Reads the columns of a design; missing strata and clusters are one of their own.
  init(_ design: SurveyDesign, _ tables: AnalysisTables) throws(DataError) {
    if let name = design.weights {
      let column = try tables.column(name)
      guard column.isContinuous else {
        throw DataError(
          "the column of weights holds no numbers", column: name,
          remedy: "Name the column of survey weights.")
      }
      weights = column.sides.map { side in
        side.codes.indices.map { side.codes[$0] == 0 ? nil : side.values[$0] }
      }
      guard weights.allSatisfy({ $0.allSatisfy { ($0 ?? 0) >= 0 } }) else {
        throw DataError(
          "a weight is below 0", column: name, remedy: "Name the column of survey weights.")
      }
    } else {
      weights = tables.rowCounts.map { [Double?](repeating: 1, count: $0) }
    }
    let strata = try design.strata.map { name throws(DataError) in try Self.groups(name, tables) }
    let clusters = try design.clusters.map { name throws(DataError) in
      try Self.groups(name, tables)
    }
    units = tables.rowCounts.enumerated().map { table, count in
      SamplingUnits(
        strata: strata?[table] ?? [Int](repeating: 0, count: count), clusters: clusters?[table])
    }
  }

  /// For each table the number of each row's value.
  private static func groups(
    _ name: String, _ tables: AnalysisTables
  ) throws(DataError) -> [[Int]] {
    try tables.column(name).sides.map { side in
      var known: [UInt64: Int] = [:]
      return side.codes.indices.map { row in
        let code = UInt64(side.codes[row])
        let value = side.values.isEmpty || code == 0 ? code : side.values[row].bitPattern
        if let group = known[value] { return group }
        known[value] = known.count
        return known.count - 1
      }
    }
  }
}
