// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Numerics

/// A key or a target as codes, 0 for missing, which is a level like any other here.
struct KeyColumn: Sendable {
  /// The column's name.
  let name: String
  /// The codes of the real rows.
  let real: [UInt32]
  /// The codes of the synthetic rows.
  let synthetic: [UInt32]
  /// The number of codes.
  let codeCount: Int
  private let levels: [String]
  private let counts: [Int]

  /// The number of groups into which a target on a scale is cut.
  static let groupCount = 20

  /// A key: every value counts as it stands.
  init(key index: Int, _ tables: ComparedTables) {
    self.init(
      tables.columns[index].name, tables.codes[index], tables.codeCounts[index],
      levels: tables.columns[index].levels)
  }

  /// A target: a scale of more than twenty values is cut into twenty groups by real quantiles.
  init(target index: Int, _ tables: ComparedTables) {
    let column = tables.columns[index]
    guard column.isContinuous, tables.codeCounts[index] > Self.groupCount + 1 else {
      self.init(key: index, tables)
      return
    }
    let ascending = column.sides[0].presentValues.sorted()
    let edges = (1..<Self.groupCount).compactMap {
      Quantiles.quantile(Double($0) / Double(Self.groupCount), ofSorted: ascending)
    }
    let codes = column.sides.prefix(2).map { side in
      side.values.indices.map { row -> UInt32 in
        side.codes[row] == 0 ? 0 : UInt32(1 + edges.count { $0 < side.values[row] })
      }
    }
    self.init(column.name, codes, Self.groupCount + 1, levels: [])
  }

  private init(_ name: String, _ codes: [[UInt32]], _ codeCount: Int, levels: [String]) {
    self.name = name
    real = codes[0]
    synthetic = codes[1]
    self.codeCount = codeCount
    self.levels = levels
    var counts = [Int](repeating: 0, count: codeCount)
    for code in codes[0] { counts[Int(code)] += 1 }
    self.counts = counts
  }

  /// What a code is called; a value of fewer real rows than the minimum is not named.
  func label(_ code: UInt32, minimumCount: Int) -> String {
    if code == 0 { return "missing" }
    guard counts[Int(code)] >= minimumCount else { return "a rare level" }
    guard levels.indices.contains(Int(code) - 1) else {
      return codeCount == Self.groupCount + 1 ? "a range of values" : "a certain value"
    }
    return levels[Int(code) - 1]
  }

  /// How many real rows have a code.
  func realCount(_ code: UInt32) -> Int { counts[Int(code)] }
}
